"""Gates: checks on the chosen quotations that no score can overrule."""

from __future__ import annotations

from retrieval.answer.expectation import fit
from retrieval.answer.features import Features
from retrieval.answer.question import Expected, Query

_LEAST = {
    Expected.CLOCK: 1.0,
    Expected.NUMBER: 0.1,
    Expected.DATE: 0.1,
    Expected.PERSON: 0.5,
}
"""How well one of the quotations has to hold the kind of thing that is asked for."""
NEAR_PREDICATE = 0.5


def unmet(query: Query, leader: Features, quotations: list[str]) -> str | None:
    """The name of the first gate that the quotations do not pass; None if they pass all.

    A question for a person, date, number or time of day is not answered by a quotation without
    one; a question when something happened is not answered by the date of something else.
    """
    least = _LEAST.get(query.expected, 0.0)
    if not any(fit(query, text) >= least for text in quotations):
        return f"no_{query.expected}"
    if query.expected is Expected.DATE and leader.predicate < NEAR_PREDICATE:
        return "date_of_something_else"
    return None
