"""What the desk asks of the documents."""

from __future__ import annotations

from typing import Protocol, Self

from retrieval.answer.opened import Opened
from retrieval.index.status import CorpusStatus
from retrieval.labels import Permitted
from retrieval.model import Answer, Citation, Refusal


class Documents(Protocol):
    """The published documents, or those that somebody may see."""

    def within(self, permitted: Permitted) -> Self:
        """The same for whoever may see these collections only."""
        ...

    def cleared(self, result: Answer | Refusal) -> Answer | Refusal | None:
        """What may be shown here of a result that was made for others; None if nothing of it."""
        ...

    def open(self, citation: Citation) -> Opened:
        """Open a citation at its place."""
        ...

    def status(self) -> CorpusStatus:
        """What is published, and what failed."""
        ...

    def suggestions(self) -> tuple[str, ...]:
        """Questions that the documents answer."""
        ...
