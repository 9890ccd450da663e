"""What is published, as a whole: how much, since when, what is missing, what can be restored."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.index.rows import SourceInfo
from retrieval.labels import MAIN


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file that is not in the index, and why; the error says what to do about it."""

    source: str
    error: str
    collection: str = MAIN
    """Label of the collections whose folder it lies in."""


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
