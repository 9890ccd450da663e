"""Find the files of a corpus folder, and name what had to be left out."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from retrieval.errors import LoadError, UsageError
from retrieval.ingest.load import SUPPORTED_SUFFIXES
from retrieval.ingest.places import NO_FOLDERS, Folders, Places
from retrieval.labels import MAIN

CANARIES = "canaries.jsonl"
"""Directly in the corpus folder: questions with their outcomes, never a document."""

_PASSED_OVER = (".", "~$")
"""How hidden files begin, and those that Word keeps beside a document while it is open."""
_SUFFIXES = tuple(SUPPORTED_SUFFIXES)
_Above = tuple[tuple[int, int], ...]


class CorpusFile(NamedTuple):
    """A file that can be loaded, as it stood when the folder was listed.

    There is one for each document, in every run: so it is a tuple, and makes no path unasked.
    """

    folder: Path
    source: str
    """Path relative to the corpus folder, with forward slashes."""
    size: int
    mtime_ns: int
    collections: frozenset[str] = frozenset({MAIN})
    """Those whose folder it lies in."""

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.folder / self.source.rpartition("/")[2]


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
        files=tuple(sorted(walk.files, key=attrgetter("source"))),
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
            with os.scandir(path) as found:
                entries = sorted(found, key=attrgetter("name"))
        except OSError as error:
            self._fail(source or ".", error, inside)
            return
        identity = (status.st_dev, status.st_ino)
        if identity in above:
            self.failures.append(UnreadablePath(source, _loop(), inside))
            return
        self._entries(entries, path, f"{source}/" if source else "", (*above, identity), inside)

    def _entries(
        self,
        entries: Iterable[os.DirEntry[str]],
        folder: Path,
        prefix: str,
        above: _Above,
        inside: frozenset[str],
    ) -> None:
        for entry in entries:
            name = entry.name
            if name.startswith(_PASSED_OVER):
                continue
            source, placed = f"{prefix}{name}", inside
            if entry.is_symlink() or entry.is_dir(follow_symlinks=False):  # asks the system nothing
                placed = self.places.inside(folder / name, inside)
            try:
                source.encode()
                if entry.is_dir():
                    self.folder(folder / name, source, above, placed)
                else:
                    self._file(folder, source, entry.stat(), placed)
            except UnicodeEncodeError:
                printable = source.encode(errors="backslashreplace").decode()
                self.failures.append(UnreadablePath(printable, _unprintable_name(), placed))
            except OSError as error:
                self._fail(source, error, placed)

    def _file(
        self, folder: Path, source: str, status: os.stat_result, inside: frozenset[str]
    ) -> None:
        if source == CANARIES:
            return
        if not S_ISREG(status.st_mode) or not source.lower().endswith(_SUFFIXES):
            self.unsupported.append(source)
        else:
            size, mtime_ns = status.st_size, status.st_mtime_ns
            self.files.append(CorpusFile(folder, source, size, mtime_ns, inside))

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
