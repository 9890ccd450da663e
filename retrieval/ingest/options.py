"""What a run may do, and how hard it tries."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.ingest.loader import TIMEOUT_S
from retrieval.ingest.removals import MOST_REMOVED


@dataclass(frozen=True, slots=True)
class RunOptions:
    """Options of one indexing run; the defaults are those of a run that nobody watches."""

    read_timeout_s: int = TIMEOUT_S
    """How long reading one file may take."""
    most_removed: float = MOST_REMOVED
    """Share of the published documents that may be removed."""
    allow_removals: int = 0
    """How many documents may be removed though they are a larger share: as many as somebody saw."""
    retry_failed: bool = False
    """Whether files that could not be read are tried again though nothing has changed."""
