"""Loaders: one module a format, each from bytes to a `Document`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from retrieval.errors import LoadError
from retrieval.ingest.load.docx import load_docx
from retrieval.ingest.load.html import load_html
from retrieval.ingest.load.markdown import load_markdown
from retrieval.ingest.load.pdf import load_pdf
from retrieval.ingest.load.text import load_text
from retrieval.model import Document

MAX_BYTES = 50_000_000
"""Larger files are refused: nobody writes a 50 MB text by hand."""

_LOADERS: Mapping[str, Callable[[bytes, str], Document]] = MappingProxyType(
    {
        ".txt": load_text,
        ".md": load_markdown,
        ".html": load_html,
        ".htm": load_html,
        ".pdf": load_pdf,
        ".docx": load_docx,
    }
)
SUPPORTED_SUFFIXES = frozenset(_LOADERS)


def load_file(path: Path, source: str, *, max_bytes: int = MAX_BYTES) -> Document:
    """Load a file as the document `source`; raises `LoadError` with reason and remedy."""
    loader = _LOADERS.get(path.suffix.lower())
    if loader is None:
        raise LoadError(
            f"Files ending in {path.suffix or 'nothing'} are not read.",
            f"Convert it to one of {', '.join(sorted(SUPPORTED_SUFFIXES))}.",
        )
    data = _read(path, max_bytes)
    if not data.strip():
        raise _nothing_in_it()
    document = loader(data, source)
    if not document.blocks:
        raise _nothing_in_it()
    return document


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
        raise LoadError(
            "The file disappeared while the corpus was read.", "Index again."
        ) from error
    except OSError as error:
        raise LoadError(
            f"The file cannot be read: {error.strerror or type(error).__name__}.",
            "Check its permissions.",
        ) from error


def _nothing_in_it() -> LoadError:
    return LoadError(
        "There is no text in it.", "Add text, or move the file out of the corpus folder."
    )
