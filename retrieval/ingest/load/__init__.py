"""Loaders: one module a format, each from bytes to a `Document`."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, cast

from retrieval.errors import LoadError, UnreadableError
from retrieval.model import Document

MAX_BYTES = 50_000_000
"""Larger files are refused: nobody writes a 50 MB text by hand."""

_FORMATS = MappingProxyType(
    {
        ".txt": "text",
        ".md": "markdown",
        ".html": "html",
        ".htm": "html",
        ".pdf": "pdf",
        ".docx": "docx",
    }
)
SUPPORTED_SUFFIXES = frozenset(_FORMATS)


class _Load(Protocol):
    def __call__(self, data: bytes, source: str) -> Document: ...


def load_file(path: Path, source: str, *, max_bytes: int = MAX_BYTES) -> Document:
    """Load a file as the document `source`; raises `LoadError` with reason and remedy."""
    name = _FORMATS.get(path.suffix.lower())
    if name is None:
        raise LoadError(
            f"Files ending in {path.suffix or 'nothing'} are not read.",
            f"Convert it to one of {', '.join(sorted(SUPPORTED_SUFFIXES))}.",
        )
    data = _read(path, max_bytes)
    if not data.strip():
        raise _nothing_in_it()
    document = _loader(name)(data, source)
    if not document.blocks:
        raise _nothing_in_it()
    if len(document.text) > max_bytes:
        raise LoadError(
            f"It unpacks to {len(document.text) / 1e6:.0f} million characters of text.",
            "Split it into smaller documents.",
        )
    return document


def _loader(name: str) -> _Load:
    """The loader of a format, imported when it is needed: parsers are slow to import."""
    module = import_module(f"{__name__}.{name}")
    return cast(_Load, getattr(module, f"load_{name}"))


def _read(path: Path, max_bytes: int) -> bytes:
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise LoadError(
                f"The file is too large: {size / 1e6:.0f} MB, at most {max_bytes / 1e6:.0f} MB.",
                "Split it into smaller documents.",
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableError(
            "The file disappeared while the corpus was read.", "Index again."
        ) from error
    except OSError as error:
        raise UnreadableError(
            f"The file cannot be read: {error.strerror or type(error).__name__}.",
            "Check its permissions.",
        ) from error


def _nothing_in_it() -> LoadError:
    return LoadError(
        "There is no text in it.", "Add text, or move the file out of the corpus folder."
    )
