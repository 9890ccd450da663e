"""Frozen: the numbered quotations that a chat model may write from, fixed before it is asked.

Each is what would be quoted in its place: a sentence with those it leans on, read again from the
catalog. Nothing that the model returns can add to them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from retrieval.answer.citation import cite
from retrieval.answer.compose import Placed, quotable
from retrieval.answer.evidence import Window, context_text
from retrieval.answer.judge import Judged
from retrieval.index.reader import Snapshot
from retrieval.model import Citation
from retrieval.text.terms import words

MOST_QUOTATIONS = 8
FLOOR = 0.25
"""Share of the best sentence's probability below which a sentence is no evidence."""
MOST_CHARS = 1_500
"""Characters of a quotation that a model is shown; a longer one is left out, never cut."""
_FEWEST_WORDS = 3
"""Words of a quotation that can be written about; "Yes." says nothing by itself."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """One numbered quotation: its sentences as citations, and what frames them without being said.

    `leads` marks those on which it was decided that the question is answered.
    """

    number: int
    citations: tuple[Citation, ...]
    context: str
    """Title and heading."""
    leads: bool

    @property
    def text(self) -> str:
        """All its sentences, as a reader would read them."""
        return " ".join(citation.quote for citation in self.citations)

    @property
    def date(self) -> str | None:
        """The date of its document."""
        return self.citations[0].date


def freeze(
    snapshot: Snapshot, chosen: Collection[Citation], ranked: Sequence[Judged]
) -> tuple[Quotation, ...]:
    """The quotations chosen to answer and the next best above the floor, at most eight, from 1.

    Raises `QuotationError` if a document no longer says what was found in it.
    """
    found: list[Quotation] = []
    seen: set[Placed] = set()
    for judged in ranked:
        is_low = judged.probability < FLOOR * ranked[0].probability
        if is_low or len(found) == MOST_QUOTATIONS:
            break
        window = judged.scored.window
        places = quotable(snapshot, window)
        if not places or seen.issuperset(places):
            continue
        quotation = _quotation(snapshot, window, places, len(found) + 1, chosen)
        if len(quotation.text) <= MOST_CHARS and len(words(quotation.text)) >= _FEWEST_WORDS:
            found.append(quotation)
            seen.update(places)
    return tuple(found)


def _quotation(
    snapshot: Snapshot,
    window: Window,
    places: Sequence[Placed],
    number: int,
    chosen: Collection[Citation],
) -> Quotation:
    citations = tuple(cite(snapshot, passage, sentence) for passage, sentence in places)
    return Quotation(
        number,
        citations,
        context_text(window),
        leads=all(citation in chosen for citation in citations),
    )
