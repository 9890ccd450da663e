"""What an indexing run tells: progress while it runs, a report when it has ended."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from retrieval.index.catalog import Published
from retrieval.index.status import FailedFile
from retrieval.ingest.changes import Finding, Kind
from retrieval.ingest.files import CorpusListing


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come."""

    done_files: int
    total_files: int
    passages: int
    source: str
    """The file that was dealt with last."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a run has done, or would do: numbers are of documents, except `passages`.

    A document that was published and cannot be read any more is both removed and failed: its
    quotations might no longer stand in the file.
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


class Tally:
    """Counts what was found about each file, and tells about progress."""

    def __init__(
        self,
        listing: CorpusListing,
        before: Published,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self._started = time.monotonic()
        self._total = len(listing.files)
        self._progress = progress
        self._kinds: Counter[Kind] = Counter()
        self._passages = 0
        self._gone = set(before.files)
        self.failed = [FailedFile(f.source, str(f.error)) for f in listing.failures]

    @property
    def sources(self) -> int:
        """Documents of the next generation."""
        return self._kinds.total() - self._kinds[Kind.FAILED]

    @property
    def removed(self) -> list[str]:
        """Published documents that the next generation does not hold."""
        return sorted(self._gone)

    @property
    def differs(self) -> bool:
        """Whether the next generation holds anything else than the published one."""
        return bool(self._gone or self._kinds[Kind.ADDED] or self._kinds[Kind.CHANGED])

    def count(self, finding: Finding) -> None:
        """Count a file that was dealt with."""
        self._kinds[finding.kind] += 1
        if finding.state:
            self._passages += finding.state.passages
            self._gone.discard(finding.source)
        else:
            self.failed.append(FailedFile(finding.source, finding.error))
        if self._progress:
            done = self._kinds.total()
            self._progress(Progress(done, self._total, self._passages, finding.source))

    def report(self, generation: int) -> IndexReport:
        """Report when all files were counted."""
        return IndexReport(
            generation=generation,
            sources=self.sources,
            passages=self._passages,
            added=self._kinds[Kind.ADDED],
            changed=self._kinds[Kind.CHANGED],
            removed=len(self._gone),
            unchanged=self._kinds[Kind.UNCHANGED] + self._kinds[Kind.TOUCHED],
            failed=tuple(sorted(self.failed, key=lambda file: file.source)),
            elapsed_s=time.monotonic() - self._started,
        )
