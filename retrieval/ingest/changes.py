"""What a run finds out about each corpus file, compared with what is published."""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from retrieval.errors import LoadError
from retrieval.index.catalog import FileState
from retrieval.ingest.files import CorpusFile
from retrieval.ingest.loader import Loader
from retrieval.model import Document, Passage

_RECENT_NS = 2_000_000_000
"""A file changed this shortly before it was read may change again within the same time stamp."""
_AHEAD = 8
"""Files asked for before the first of them is needed."""


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
    files: Sequence[CorpusFile], published: Mapping[str, FileState], rebuild: bool, loader: Loader
) -> Iterator[Finding]:
    """Compare files with the published ones; load those that may have changed.

    With `rebuild`, every file is loaded again and counts as changed.
    """
    ahead: deque[Finding | _Asked] = deque()
    for file in files:
        ahead.append(_look_at(file, published.get(file.source), rebuild, loader))
        if len(ahead) > _AHEAD:
            yield _finding(ahead.popleft(), loader)
    while ahead:
        yield _finding(ahead.popleft(), loader)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A file that the loader was asked for."""

    file: CorpusFile
    sha256: str
    mtime_ns: int
    was_published: bool


def _look_at(
    file: CorpusFile, before: FileState | None, rebuild: bool, loader: Loader
) -> Finding | _Asked:
    if before and not rebuild and is_unchanged(file, before):
        return Finding(Kind.UNCHANGED, file.source, True, before)
    # The hash first: if the file changes before it is loaded, the next run sees another hash.
    sha256, mtime_ns = _sha256(file), _settled(file)
    if before and not rebuild and before.sha256 == sha256:
        state = FileState(sha256, file.size, mtime_ns, before.passages)
        return Finding(Kind.TOUCHED, file.source, True, state)
    loader.send(file.path, file.source)
    return _Asked(file, sha256, mtime_ns, before is not None)


def _finding(found: Finding | _Asked, loader: Loader) -> Finding:
    if isinstance(found, Finding):
        return found
    file, loaded = found.file, loader.receive()
    if isinstance(loaded, LoadError):
        return Finding(Kind.FAILED, file.source, found.was_published, error=str(loaded))
    document, passages = loaded
    state = FileState(found.sha256, file.size, found.mtime_ns, len(passages))
    kind = Kind.CHANGED if found.was_published else Kind.ADDED
    return Finding(kind, file.source, found.was_published, state, document, passages)


def _sha256(file: CorpusFile) -> str:
    try:
        with file.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""  # loading it says what is wrong


def _settled(file: CorpusFile) -> int:
    """The time stamp to remember, or none that could match, so that the next run looks inside."""
    return file.mtime_ns if time.time_ns() - file.mtime_ns > _RECENT_NS else -1
