"""What a run finds out about each corpus file, compared with what is published."""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum

from retrieval.errors import LoadError
from retrieval.index.catalog import FileState
from retrieval.ingest.files import CorpusFile
from retrieval.ingest.loader import Loader
from retrieval.labels import MAIN, label
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
    collection: str = MAIN
    """Label of the collections whose folder a failed file lies in."""


def is_unchanged(file: CorpusFile, before: FileState | None) -> bool:
    """Whether nobody has written to the file, as size and time stamp say, or moved its folder."""
    if before is None or (before.size, before.mtime_ns) != (file.size, file.mtime_ns):
        return False
    return before.collection == _label(file, before.named)


def findings(
    files: Sequence[CorpusFile],
    published: Mapping[str, FileState],
    rebuild: bool,
    loader: Loader,
    collections: Collection[str] = (),
) -> Iterator[Finding]:
    """Compare files with the published ones; load those that may have changed.

    With `rebuild`, every file is loaded again and counts as changed. A document may name any of
    `collections`, besides that of its folder.
    """
    known = {MAIN, *collections}
    ahead: deque[Finding | _Asked] = deque()
    for file in files:
        before = published.get(file.source)
        # What is in a collection that is no more is in none: loading it says so.
        again = rebuild or (before is not None and before.named not in {None, *known})
        ahead.append(_look_at(file, before, again, loader))
        if len(ahead) > _AHEAD:
            yield _finding(ahead.popleft(), loader, known)
    while ahead:
        yield _finding(ahead.popleft(), loader, known)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A file that the loader was asked for."""

    file: CorpusFile
    sha256: str
    mtime_ns: int
    was_published: bool


def _look_at(
    file: CorpusFile, before: FileState | None, again: bool, loader: Loader
) -> Finding | _Asked:
    if before and not again and is_unchanged(file, before):
        return Finding(Kind.UNCHANGED, file.source, True, before)
    # The hash first: if the file changes before it is loaded, the next run sees another hash.
    sha256, mtime_ns = _sha256(file), _settled(file)
    is_same = before is not None and before.sha256 == sha256
    if before and is_same and not again and before.collection == _label(file, before.named):
        state = replace(before, size=file.size, mtime_ns=mtime_ns)
        return Finding(Kind.TOUCHED, file.source, True, state)
    loader.send(file.path, file.source)
    return _Asked(file, sha256, mtime_ns, before is not None)


def _finding(found: Finding | _Asked, loader: Loader, known: set[str]) -> Finding:
    if isinstance(found, Finding):
        return found
    file, loaded = found.file, loader.receive()
    if not isinstance(loaded, LoadError):
        document, passages = loaded
        error = _unknown_collection(document.named, known)
        if error is None:
            return _loaded(found, document, passages)
        loaded = error
    where = label(file.collections)
    return Finding(
        Kind.FAILED, file.source, found.was_published, error=str(loaded), collection=where
    )


def _loaded(found: _Asked, document: Document, passages: tuple[Passage, ...]) -> Finding:
    file, where = found.file, _label(found.file, document.named)
    state = FileState(
        *(found.sha256, file.size, found.mtime_ns, len(passages), document.named, where)
    )
    kind = Kind.CHANGED if found.was_published else Kind.ADDED
    placed = replace(document, collection=where)
    return Finding(kind, file.source, found.was_published, state, placed, passages)


def _unknown_collection(named: str | None, known: set[str]) -> LoadError | None:
    """What is wrong with a document that names a collection which there is not."""
    if named is None or named in known:
        return None
    close = get_close_matches(named, known, n=1)
    return LoadError(
        f"Its front matter names the collection “{named}”, and there is none.",
        f"Did you mean {close[0]}?"
        if close
        else "Define it in the collections file, or remove the line.",
    )


def _label(file: CorpusFile, named: str | None) -> str:
    return label(file.collections if named is None else {*file.collections, named})


def _sha256(file: CorpusFile) -> str:
    try:
        with file.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""  # loading it says what is wrong


def _settled(file: CorpusFile) -> int:
    """The time stamp to remember, or none that could match, so that the next run looks inside."""
    return file.mtime_ns if time.time_ns() - file.mtime_ns > _RECENT_NS else -1
