"""What is published, as a whole: how much, since when, what is missing, what can be restored."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.index.rows import SourceInfo
from retrieval.labels import MAIN

PERSISTS = 3
"""Runs in a row after which a failure is not a passing one."""


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file that is not in the index, and why; the error says what to do about it."""

    source: str
    error: str
    collection: str = MAIN
    """Label of the collections whose folder it lies in."""
    runs: int = 1
    """In how many runs in a row, up to the last."""

    @property
    def persists(self) -> bool:
        """Whether it has failed so often that somebody has to look after it."""
        return self.runs >= PERSISTS


@dataclass(frozen=True, slots=True)
class CorpusStatus:
    """The published generation."""

    generation: int
    published_at: str
    """ISO date and time, UTC."""
    documents: int
    passages: int
    sources: tuple[SourceInfo, ...]
    """Every document, by source."""
    failed: tuple[FailedFile, ...]
    """What the last run over the documents could not read, by source."""
    previous: int | None
    """The generation that a rollback would restore; None if none is kept."""
