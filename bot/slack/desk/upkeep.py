"""What can be done to the index from Slack; how, the command that serves knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from retrieval.errors import OnrecordError
from retrieval.index.run import Run, Start
from retrieval.ingest.report import IndexReport, Progress
from retrieval.ingest.rollback import RollbackReport

Reindex = Callable[[Callable[[Progress], None], Start], IndexReport]
"""Runs, and tells how far it is; raises `OnrecordError` with what went wrong."""


def _not_here(*_: object) -> NoReturn:
    raise OnrecordError("The index cannot be changed from here.", "Run `onrecord index`.")


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What an admin can have done to the index."""

    reindex: Reindex
    rollback: Callable[[str], RollbackReport]
    """Takes who goes back, in words."""
    running: Callable[[], Run | None] = lambda: None
    """The run in work, wherever it was started."""
    cancel: Callable[[str, str], Run | None] = lambda by, run_id: None
    """Asks the run with this id to end; takes in words who asks."""
    preview: Callable[[], IndexReport] = _not_here
    """What a run would change; raises `OnrecordError`."""
    reindex_removing: Callable[[int], Reindex] = lambda most: _not_here
    """As `reindex`, by a run that may remove so many documents, however large a share they are."""


NO_UPKEEP = Upkeep(_not_here, _not_here)
