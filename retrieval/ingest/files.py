"""Find the files of a corpus folder, and name what had to be left out."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from retrieval.errors import LoadError, UsageError
from retrieval.ingest.load import SUPPORTED_SUFFIXES
from retrieval.ingest.places import NO_FOLDERS, Folders, Places
from retrieval.labels import MAIN

CANARIES = "canaries.jsonl"
"""Directly in the corpus folder: questions with their outcomes, never a document."""

_PASSED_OVER = (".", "~$")
"""How hidden files begin, and those that Word keeps beside a document while it is open."""
_Above = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A file that can be loaded, as it stood when the folder was listed."""

    path: Path
    source: str
    """Path relative to the corpus folder, with forward slashes."""
    size: int
    mtime_ns: int
    collections: frozenset[str] = frozenset({MAIN})
    """Those whose folder it lies in."""


@dataclass(frozen=True, slots=True)
class UnreadablePath:
    """A file or folder that was found but cannot be read."""

    source: str
    error: LoadError
    collections: frozenset[str] = frozenset({MAIN})


@dataclass(frozen=True, slots=True)
class CorpusListing:
    """What a corpus folder holds, each part in order of `source`."""

    files: tuple[CorpusFile, ...]
    failures: tuple[UnreadablePath, ...]
    unsupported: tuple[str, ...]
    """Files whose format is not read; hidden files are not mentioned."""


def find_files(corpus_dir: Path, folders: Folders = NO_FOLDERS) -> CorpusListing:
    """List the documents below `corpus_dir` and in the folders that collections have elsewhere.

    Hidden files and folders are passed over.
    """
    if not corpus_dir.is_dir():
        what = "is not a folder" if corpus_dir.exists() else "does not exist"
        raise UsageError(
            f"The corpus folder {corpus_dir} {what}.",
            "Set ONRECORD_CORPUS_DIR (or --corpus) to the folder that holds your documents.",
        )
    walk = _Walk(Places.of(corpus_dir, folders))
    for prefix, root in walk.places.roots:
        walk.folder(root, prefix, (), walk.places.first(root))
    return CorpusListing(
        files=tuple(sorted(walk.files, key=lambda file: file.source)),
        failures=tuple(sorted(walk.failures, key=lambda failure: failure.source)),
        unsupported=tuple(sorted(walk.unsupported)),
    )


@dataclass(slots=True)
class _Walk:
    places: Places
    files: list[CorpusFile] = field(default_factory=list)
    failures: list[UnreadablePath] = field(default_factory=list)
    unsupported: list[str] = field(default_factory=list)

    def folder(self, path: Path, source: str, above: _Above, inside: frozenset[str]) -> None:
        """List one folder. `above` identifies the folders that lead here, to notice a loop."""
        try:
            status = path.stat()
            with os.scandir(path) as found:  # sorting paths takes five times as long
                names = sorted(entry.name for entry in found)
        except OSError as error:
            self._fail(source or ".", error, inside)
            return
        identity = (status.st_dev, status.st_ino)
        if identity in above:
            self.failures.append(UnreadablePath(source, _loop(), inside))
            return
        for name in names:
            if not name.startswith(_PASSED_OVER):
                entry, below = path / name, f"{source}/{name}" if source else name
                self._entry(entry, below, (*above, identity), self.places.inside(entry, inside))

    def _entry(self, path: Path, source: str, above: _Above, inside: frozenset[str]) -> None:
        try:
            source.encode()
            status = path.stat()
        except UnicodeEncodeError:
            printable = source.encode(errors="backslashreplace").decode()
            self.failures.append(UnreadablePath(printable, _unprintable_name(), inside))
        except OSError as error:
            self._fail(source, error, inside)
        else:
            if S_ISDIR(status.st_mode):
                self.folder(path, source, above, inside)
            elif source == CANARIES:
                return
            elif not S_ISREG(status.st_mode) or path.suffix.lower() not in SUPPORTED_SUFFIXES:
                self.unsupported.append(source)
            else:
                size, mtime_ns = status.st_size, status.st_mtime_ns
                self.files.append(CorpusFile(path, source, size, mtime_ns, inside))

    def _fail(self, source: str, error: OSError, inside: frozenset[str]) -> None:
        reason = error.strerror or type(error).__name__
        self.failures.append(
            UnreadablePath(
                source,
                LoadError(
                    f"It cannot be read: {reason}.",
                    "Check the permissions, or remove the link if it leads nowhere.",
                ),
                inside,
            )
        )


def _loop() -> LoadError:
    return LoadError(
        "This folder leads back to a folder that holds it.",
        "Remove the link; its documents are indexed where they really are.",
    )


def _unprintable_name() -> LoadError:
    return LoadError("The file name is not valid UTF-8.", "Rename the file.")
