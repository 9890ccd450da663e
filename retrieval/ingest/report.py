"""What an indexing run tells: progress while it runs, a report when it has ended."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from retrieval.index.published import Failure, Published
from retrieval.index.run import Progress as Progress
from retrieval.index.status import FailedFile
from retrieval.ingest.changes import Comparison, Finding, Kind
from retrieval.ingest.files import CorpusFile, CorpusListing


@dataclass(frozen=True, slots=True)
class Renamed:
    """A document whose file has another path now, and the very same content."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Which documents differ, in order; one that was renamed stands in `renamed` alone."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a run has done, or would do: numbers are of documents, except `passages`.

    A document that was published and cannot be read any more is both removed and failed: its
    quotations might no longer stand in the file. One that was renamed is both removed and added;
    `changes` names it as what it is.
    """

    generation: int
    """The published generation; 0 if there is none."""
    sources: int
    passages: int
    added: int
    changed: int
    removed: int
    unchanged: int
    failed: tuple[FailedFile, ...]
    elapsed_s: float
    changes: Changes = Changes()
    removes_too_many: bool = False
    """Whether the run, of which this is the preview, has to be allowed to remove so many."""

    @property
    def has_changed(self) -> bool:
        """Whether a new generation holds other documents than the one before."""
        return bool(self.added or self.changed or self.removed)


class Tally:
    """Counts what was found about each file, and tells about progress."""

    def __init__(
        self,
        listing: CorpusListing,
        before: Published,
        comparison: Comparison,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self._started = time.monotonic()
        self._suspects = comparison.suspects(listing.files)
        files = self._suspects.files
        self._unread = {f.source: f.size for f in files if comparison.is_to_be_read(f)}
        self._bytes = Counter(left=sum(self._unread.values()))
        self._total = len(listing.files)
        self._progress = progress
        self._kinds: Counter[Kind] = Counter()
        self._passages, self._new_passages = self._suspects.passages, 0
        self._published = before.files
        self._gone = before.files.keys() - {file.source for file in listing.files}
        self._added: dict[str, str] = {}
        self._changed: list[str] = []
        self.failures: dict[str, Failure] = {
            path.source: comparison.failure(path, path.error) for path in listing.failures
        }
        """What could not be read, by source."""
        if self._suspects.untouched and progress:
            progress(self._reached((files or listing.files)[0].source))

    @property
    def suspects(self) -> list[CorpusFile]:
        """The files that have to be dealt with one by one."""
        return self._suspects.files

    @property
    def bytes_to_read(self) -> int:
        """Size of the files that have to be read and have not been."""
        return self._bytes["left"]

    @property
    def sources(self) -> int:
        """Documents of the next generation."""
        return self._done - self._kinds[Kind.FAILED]

    @property
    def gone(self) -> list[str]:
        """Published documents that the next generation does not hold under their names."""
        return sorted(self._gone)

    @property
    def differs(self) -> bool:
        """Whether the next generation holds anything else than the published one."""
        return bool(self._gone or self._added or self._changed)

    def count(self, finding: Finding) -> None:
        """Count a file that was dealt with."""
        source, state = finding.source, finding.state
        self._kinds[finding.kind] += 1
        if state:
            self._passages += state.passages
            self._new_passages += len(finding.passages)
        if finding.failure:
            self.failures[source] = finding.failure
            if finding.was_published:
                self._gone.add(source)
        if finding.kind is Kind.ADDED and state:
            self._added[source] = state.sha256
        elif finding.kind is Kind.CHANGED:
            self._changed.append(source)
        size = self._unread.pop(source, 0)
        self._bytes["read"] += size
        self._bytes["left"] -= size
        if self._progress:
            self._progress(self._reached(source))

    @property
    def _done(self) -> int:
        """Files that were dealt with."""
        return self._suspects.untouched + self._kinds.total()

    def _reached(self, source: str) -> Progress:
        elapsed_s, done = time.monotonic() - self._started, self._done
        read, left = self._bytes["read"], self._bytes["left"]
        return Progress(
            *(done, self._total, self._passages, source),
            passages_per_s=self._new_passages / elapsed_s if elapsed_s else 0.0,
            # By bytes to be read: what has not changed is passed over in no time.
            left_s=elapsed_s / read * left if read and left else None,
        )

    def changes(self) -> Changes:
        """What differs by name, when all files were counted."""
        left: dict[str, list[str]] = {}
        for source in reversed(self.gone):
            left.setdefault(self._published[source].sha256, []).append(source)
        renamed = [
            Renamed(left[sha256].pop(), source)
            for source, sha256 in sorted(self._added.items())
            if left.get(sha256)
        ]
        before, after = {r.before for r in renamed}, {r.after for r in renamed}
        return Changes(
            added=tuple(sorted(self._added.keys() - after)),
            changed=tuple(sorted(self._changed)),
            renamed=tuple(renamed),
            removed=tuple(sorted(self._gone - before)),
        )

    def report(self, generation: int, *, removes_too_many: bool = False) -> IndexReport:
        """Report when all files were counted."""
        failed = (
            FailedFile(source, failure.error, failure.collection, failure.runs)
            for source, failure in sorted(self.failures.items())
        )
        return IndexReport(
            generation=generation,
            sources=self.sources,
            passages=self._passages,
            added=len(self._added),
            changed=len(self._changed),
            removed=len(self._gone),
            unchanged=self._suspects.untouched + self._kinds[Kind.TOUCHED],
            failed=tuple(failed),
            elapsed_s=time.monotonic() - self._started,
            changes=self.changes(),
            removes_too_many=removes_too_many,
        )
