"""Rates: 8,400 euros a month are not 8,400 euros a year."""

from __future__ import annotations

import re

from retrieval.text.lacks import Kind, Lack
from retrieval.text.values import numbers, same_value

_PERIODS = {
    "second": "second", "minute": "minute", "hour": "hour", "hourly": "hour", "day": "day",
    "daily": "day", "night": "night", "nightly": "night", "week": "week", "weekly": "week",
    "month": "month", "monthly": "month", "quarter": "quarter", "quarterly": "quarter",
    "year": "year", "yearly": "year", "annual": "year", "annually": "year", "annum": "year",
}  # fmt: skip
_BEHIND = re.compile(
    r"(?: [\w-]+){0,2}? ?(?:(?:\b(?:an?|per|each|every)|/) ?(?P<noun>[a-z]+)|(?P<word>\w+ly)\b)",
    re.I,
)


def rate(claim: str, quotation: str) -> Lack | None:
    """A number of the claim for another length of time than in the quotation, or for none there."""
    for one in numbers(claim):
        mine = _period(claim, one.end)
        if mine is None:
            continue
        theirs = [
            _period(quotation, other.end)
            for other in numbers(quotation)
            if same_value(one.value, other.value)
        ]
        if not theirs or mine in theirs:
            continue
        other_period = next(filter(None, theirs), None)
        if other_period or mine not in _mentioned(quotation):
            written = claim[one.start : one.end]
            return Lack(Kind.UNIT, f"{written} a {mine}", other_period or "", bool(other_period))
    return None


def _period(text: str, end: int) -> str | None:
    """The length of time that a number is for, where the words behind it say so."""
    found = _BEHIND.match(text, end)
    return _PERIODS.get((found["noun"] or found["word"]).lower()) if found else None


def _mentioned(text: str) -> set[str]:
    words = re.findall(r"[a-z]+", text.lower())
    return {_PERIODS[word] for word in words if word in _PERIODS}
