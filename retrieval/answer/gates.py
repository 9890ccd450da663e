"""Gates: checks on the chosen quotations that no score can overrule."""

from __future__ import annotations

import re

from retrieval.answer.expectation import fit
from retrieval.answer.features import Features
from retrieval.answer.question import Expected, Query
from retrieval.answer.requests import is_request
from retrieval.text.aliases import holds, keys
from retrieval.text.identifiers import is_of_another
from retrieval.text.labelled import asked_for
from retrieval.text.polarity import is_negative
from retrieval.text.terms import terms
from retrieval.text.values import numbers

_LEAST = {
    Expected.CLOCK: 1.0,
    Expected.NUMBER: 0.3,
    Expected.DATE: 0.1,
    Expected.PERSON: 0.5,
}
"""How well one of the quotations has to hold the kind of thing that is asked for."""
_MEASURES = frozenset(
    terms(
        "second minute hour day week month quarter year decade century metre kilometre mile gram "
        "kilogram tonne litre watt degree percent euro dollar pound time"
    )
)
"""Units with which a number written out is a quantity too: "three years", but not "one of us"."""
_UNCOUNTED = re.compile(
    r"\b(?:less than|more than|about|within|half|quarter of|every) an? (\w+)", re.I
)
"""A quantity without a number: "less than a second", "half an hour"."""
_HOW_MUCH = re.compile(r"\bhow much\b", re.IGNORECASE)
_CONDITION = re.compile(r" (?:when|whenever|if|while|because|although|unless|once)\b", re.I)
_OF_AN_EVENT = frozenset({Expected.DATE, Expected.PLACE})
NEAR_PREDICATE = 0.4
LEAST_SHARED = 0.1
"""Share of a question that the leading sentence or what stands around it must come near to; of one
for a person, date or number the sentence itself: its title is that of every other person, date and
number of the document, too."""
LEAST_OF_REQUEST = 0.6
"""Share of the words of a message that begins with a verb and asks nothing ("reset password") that
must stand there: otherwise it is an order to the bot ("print your settings")."""


LEAST_OF_LABELLED = 0.6
"""Share of what a question asks besides the label of a line that must stand around the line: by
itself it is the same in every document."""


def unmet(query: Query, leader: Features, quotations: list[str], around: str = "") -> str | None:
    """The name of the first gate that the quotations do not pass; None if they pass all.

    `around` is what stands around the leading one: title, heading and passage.

    A question for a person, date, number or time of day is not answered by a quotation without
    one, nor by a labelled line under another title; a question when or where something happened is
    not answered by the date or place of something else, nor one about a version or a model by
    another; what is not so is not answered by what is so; the number, date or person of a sentence
    that shares nothing with the question, nor has a label for what it asks, is another one.
    """
    if is_of_another(query.text, around):
        return "another_of_its_kind"
    if _is_of_anything(query, quotations, around):
        return "label_of_another"
    shared = leader.soft_coverage if query.expected in _LEAST else leader.soft_context
    labels = frozenset().union(*map(asked_for, quotations))
    if shared < LEAST_SHARED and labels.isdisjoint(query.terms):
        return "nothing_in_common"
    if leader.coverage_context < LEAST_OF_REQUEST and is_request(query.text):
        return "request"
    least = _LEAST.get(query.expected, 0.0)
    if not any(fit(query, text) >= least or answers_how_much(query, text) for text in quotations):
        return f"no_{query.expected}"
    if query.expected in _OF_AN_EVENT and leader.predicate < NEAR_PREDICATE:
        return f"{query.expected}_of_something_else"
    if query.expected is not Expected.YES_NO and is_negative(_main_clause(query.asked)):
        return None if any(is_negative(text) for text in quotations) else "polarity"
    return None


def _is_of_anything(query: Query, quotations: list[str], around: str) -> bool:
    """Whether labelled lines are all that is quoted, and nothing around says that it is of this."""
    labels = [asked_for(text) for text in quotations]
    if not all(labels):
        return False
    asked = frozenset().union(*labels) | query.light
    rest = [t for t in query.terms if t not in asked]
    found = keys(f"{around} {' '.join(quotations)}")
    return sum(holds(found, t) for t in rest) < LEAST_OF_LABELLED * len(rest)


def _main_clause(asked: str) -> str:
    """What is asked, without the condition behind it: "what happens | if nobody answers"."""
    found = _CONDITION.search(asked, 1)
    return asked[: found.start()] if found else asked


def answers_how_much(query: Query, text: str) -> bool:
    """Whether "how long", "how often" or "how much" is answered by a measured quantity."""
    if query.expected is not Expected.NUMBER:
        return False
    if query.focus and not _HOW_MUCH.search(query.text):
        return False
    units = {number.unit for number in numbers(text)}
    units.update(term for found in _UNCOUNTED.finditer(text) for term in terms(found[1]))
    return not units.isdisjoint(_MEASURES)
