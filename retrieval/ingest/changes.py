"""What a run finds out about each corpus file, compared with what is published."""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum

from retrieval.errors import LoadError, UnreadableError
from retrieval.index.published import Failure, FileState, Published
from retrieval.ingest.files import CorpusFile, UnreadablePath
from retrieval.ingest.loader import Loader
from retrieval.labels import MAIN, label
from retrieval.model import Document, Passage

_RECENT_NS = 2_000_000_000
"""A file changed this shortly before it was read may change again within the same time stamp."""
UNREAD = FileState("", -1, -1, 0)
"""The state of a file that is tried again whatever becomes of it."""
_AHEAD = 8
"""Files asked for before the first of them is needed."""


class Kind(StrEnum):
    """What a file is to the next generation."""

    ADDED = "added"
    CHANGED = "changed"
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
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A file that the loader was asked for; its state is without passages yet."""

    file: CorpusFile
    was_published: bool
    state: FileState


@dataclass(frozen=True, slots=True)
class Suspects:
    """The files of a corpus, without those that nothing speaks against."""

    untouched: int
    """How many files are as they were published, as far as size, time stamp and folder tell."""
    passages: int
    """How many passages those have."""
    files: list[CorpusFile]
    """All others, in order."""


class Comparison:
    """Compares files with what is published, and loads those that may have changed.

    With `rebuild`, every file is loaded again and counts as changed. A document may name any of
    `collections`, besides that of its folder. A file that could not be read is tried again when it,
    or the code that loads, has changed; with `retry_failed`, always.
    """

    def __init__(
        self,
        published: Published,
        loader: Loader,
        *,
        collections: Collection[str] = (),
        rebuild: bool = False,
        retry_failed: bool = False,
    ) -> None:
        self._files = published.files
        self._failures = published.failures
        self._loader = loader
        self._known = {MAIN, *collections}
        self._rebuild = rebuild
        self._retry = rebuild or retry_failed

    def suspects(self, files: Iterable[CorpusFile]) -> Suspects:
        """Set aside the files that are untouched: of a large corpus, most are in most runs."""
        published = {} if self._rebuild else self._files
        known, untouched, passages, rest = self._known, 0, 0, []
        for file in files:
            before = published.get(file.source)
            if (
                before is not None
                and before.mtime_ns == file.mtime_ns
                and before.size == file.size
                and (before.named is None or before.named in known)
                and before.collection == _label(file, before)
            ):
                untouched += 1
                passages += before.passages
            else:
                rest.append(file)
        return Suspects(untouched, passages, rest)

    def findings(self, suspects: Iterable[CorpusFile]) -> Iterator[Finding]:
        """What each of these files is to the next generation, in order."""
        ahead: deque[Finding | _Asked] = deque()
        for file in suspects:
            ahead.append(self._look_at(file))
            if len(ahead) > _AHEAD:
                yield self._finding(ahead.popleft())
        while ahead:
            yield self._finding(ahead.popleft())

    def is_to_be_read(self, suspect: CorpusFile) -> bool:
        """Whether a file has to be looked into: it did not fail just as it is."""
        failed = self._failed_before(suspect.source)
        return not (failed and _is_untouched(suspect, failed.file))

    def failure(
        self, file: CorpusFile | UnreadablePath, error: LoadError, state: FileState = UNREAD
    ) -> Failure:
        """The failure of a file, counted; without its state it is tried again every time."""
        before = self._failures.get(file.source)
        runs = before.runs + 1 if before else 1
        known = UNREAD if isinstance(error, UnreadableError) else state
        return Failure(str(error), known, self._loader.version, label(file.collections), runs)

    def _look_at(self, file: CorpusFile) -> Finding | _Asked:
        before, failed = self._before(file), self._failed_before(file.source)
        if failed and _is_untouched(file, failed.file):
            return self._failed_again(file, failed, failed.file)
        # The hash first: if the file changes before it is loaded, the next run sees another hash.
        state = FileState(_sha256(file), file.size, _settled(file), 0)
        if before and before.sha256 == state.sha256 and before.collection == _label(file, before):
            state = before._replace(size=state.size, mtime_ns=state.mtime_ns)
            return Finding(Kind.TOUCHED, file.source, True, state)
        if failed and failed.file.sha256 == state.sha256:
            return self._failed_again(file, failed, state)
        self._loader.send(file.path, file.source)
        return _Asked(file, file.source in self._files, state)

    def _before(self, file: CorpusFile) -> FileState | None:
        """The file as it was published, unless it has to be loaded again in any case."""
        before = None if self._rebuild else self._files.get(file.source)
        # What is in a collection that is no more is in none: loading it says so.
        known = before is not None and (before.named is None or before.named in self._known)
        return before if known else None

    def _failed_before(self, source: str) -> Failure | None:
        """The failure that will come again if the file is the same, if there is one."""
        failed = None if self._retry else self._failures.get(source)
        comes_again = failed and failed.file != UNREAD and failed.loader == self._loader.version
        return failed if comes_again else None

    def _failed_again(self, file: CorpusFile, failed: Failure, state: FileState) -> Finding:
        where, runs = label(file.collections), failed.runs + 1
        again = replace(failed, file=state, collection=where, runs=runs)
        return Finding(Kind.FAILED, file.source, file.source in self._files, failure=again)

    def _finding(self, found: Finding | _Asked) -> Finding:
        if isinstance(found, Finding):
            return found
        file, loaded = found.file, self._loader.receive()
        if isinstance(loaded, LoadError):
            return self._failed(found, self.failure(file, loaded, found.state))
        document, passages = loaded
        error = _unknown_collection(document.named, self._known)
        if error:
            return self._failed(found, self.failure(file, error))
        state = found.state._replace(passages=len(passages), named=document.named)
        state = state._replace(collection=_label(file, state))
        placed = replace(document, collection=state.collection)
        kind = Kind.CHANGED if found.was_published else Kind.ADDED
        return Finding(kind, file.source, found.was_published, state, placed, passages)

    def _failed(self, found: _Asked, failure: Failure) -> Finding:
        return Finding(Kind.FAILED, found.file.source, found.was_published, failure=failure)


def _is_untouched(file: CorpusFile, before: FileState) -> bool:
    """Whether size and time stamp say that nobody has written to the file."""
    return (before.size, before.mtime_ns) == (file.size, file.mtime_ns)


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


def _label(file: CorpusFile, state: FileState) -> str:
    return label(file.collections if state.named is None else {*file.collections, state.named})


def _sha256(file: CorpusFile) -> str:
    try:
        with file.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""  # loading it says what is wrong


def _settled(file: CorpusFile) -> int:
    """The time stamp to remember, or none that could match, so that the next run looks inside."""
    return file.mtime_ns if time.time_ns() - file.mtime_ns > _RECENT_NS else -1
