"""What an indexing run tells: progress while it runs, a report when it has ended."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from retrieval.index.catalog import Published
from retrieval.index.run import Progress as Progress
from retrieval.index.status import FailedFile
from retrieval.ingest.changes import Finding, Kind, is_unchanged
from retrieval.ingest.files import CorpusListing
from retrieval.labels import label


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
        progress: Callable[[Progress], None] | None,
        rebuild: bool = False,
    ) -> None:
        self._started = time.monotonic()
        self._unread = {
            file.source: file.size
            for file in listing.files
            if rebuild or not is_unchanged(file, before.files.get(file.source))
        }
        self._bytes = Counter(left=sum(self._unread.values()))
        self._total = len(listing.files)
        self._progress = progress
        self._kinds: Counter[Kind] = Counter()
        self._passages = self._new_passages = 0
        self._gone = set(before.files)
        self.failed = [
            FailedFile(f.source, str(f.error), label(f.collections)) for f in listing.failures
        ]

    @property
    def bytes_to_read(self) -> int:
        """Size of the files that have to be read and have not been."""
        return self._bytes["left"]

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
            self._new_passages += len(finding.passages)
            self._gone.discard(finding.source)
        else:
            self.failed.append(FailedFile(finding.source, finding.error, finding.collection))
        size = self._unread.pop(finding.source, 0)
        self._bytes.update(read=size, left=-size)
        if self._progress:
            self._progress(self._reached(finding.source))

    def _reached(self, source: str) -> Progress:
        elapsed_s, done = time.monotonic() - self._started, self._kinds.total()
        read, left = self._bytes["read"], self._bytes["left"]
        return Progress(
            *(done, self._total, self._passages, source),
            passages_per_s=self._new_passages / elapsed_s if elapsed_s else 0.0,
            # By bytes to be read: what has not changed is passed over in no time.
            left_s=elapsed_s / read * left if read and left else None,
        )

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
