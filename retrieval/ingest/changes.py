"""What a run finds out about each corpus file, compared with what is published."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from retrieval.errors import LoadError
from retrieval.index.catalog import FileState
from retrieval.ingest.files import CorpusFile
from retrieval.ingest.load import load_file
from retrieval.ingest.split import split
from retrieval.model import Document, Passage

_RECENT_NS = 2_000_000_000
"""A file changed this shortly before it was read may change again within the same time stamp."""


class Kind(StrEnum):
    """What a file is to the next generation."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    TOUCHED = "touched"
    """Same content, another time stamp."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One file and what to do about it."""

    kind: Kind
    source: str
    was_published: bool
    state: FileState | None = None
    """Of the file as it was read; None if it failed."""
    document: Document | None = None
    passages: tuple[Passage, ...] = ()
    error: str = ""


def is_unchanged(file: CorpusFile, before: FileState | None) -> bool:
    """Whether size and time stamp say that nobody has written to the file."""
    return before is not None and (before.size, before.mtime_ns) == (file.size, file.mtime_ns)


def findings(
    files: Sequence[CorpusFile], published: Mapping[str, FileState], rebuild: bool
) -> Iterator[Finding]:
    """Compare files with the published ones; read those that may have changed.

    With `rebuild`, every file is read again and counts as changed.
    """
    for file in files:
        before = published.get(file.source)
        if before and not rebuild and is_unchanged(file, before):
            yield Finding(Kind.UNCHANGED, file.source, True, before)
        else:
            yield _read(file, before, rebuild)


def _read(file: CorpusFile, before: FileState | None, rebuild: bool) -> Finding:
    try:
        # The hash first: if the file changes before it is loaded, the next run sees another hash.
        sha256 = _sha256(file)
        if before and not rebuild and before.sha256 == sha256:
            state = FileState(sha256, file.size, _settled(file), before.passages)
            return Finding(Kind.TOUCHED, file.source, True, state)
        document = load_file(file.path, file.source)
    except LoadError as error:
        return Finding(Kind.FAILED, file.source, before is not None, error=str(error))
    passages = split(document)
    state = FileState(sha256, file.size, _settled(file), len(passages))
    kind = Kind.CHANGED if before else Kind.ADDED
    return Finding(kind, file.source, before is not None, state, document, passages)


def _sha256(file: CorpusFile) -> str:
    try:
        with file.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""  # loading it says what is wrong


def _settled(file: CorpusFile) -> int:
    """The time stamp to remember, or none that could match, so that the next run looks inside."""
    return file.mtime_ns if time.time_ns() - file.mtime_ns > _RECENT_NS else -1
