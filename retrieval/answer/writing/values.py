"""Values: the numbers of a written sentence are those of its quotation, and none that follow.

"Over 30" follows from 36 and "over 133 million" from 133 billion; a claim that is checked may say
so, a sentence that is posted as what a document says may not.
"""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.text.dates import Date, agrees, dates
from retrieval.text.values import numbers, same_value

_ENDS = frozenset("from since until till before after by".split())
"""Words that say which end of a time a date is."""


def unequal(text: str, quoted: str) -> str | None:
    """A number that the quotation does not hold as it is."""
    stated = numbers(quoted)
    for one in numbers(text):
        if not any(same_value(one.value, other.value) for other in stated):
            return f"the number {text[one.start : one.end].strip()!r}"
    return None


def displaced(text: str, quoted: str) -> str | None:
    """A date behind "from", "until" and the like, where the quotation has another one there."""
    theirs = list(_led(quoted))
    for word, date in _led(text):
        there = [other for led_by, other in theirs if led_by == word]
        if there and all(agrees(date, other) is False for other in there):
            return f"another date behind {word!r}"
    return None


def _led(text: str) -> Iterator[tuple[str, Date]]:
    """Dates with the word that says which end of a time they are."""
    for date in dates(text):
        word = text[: date.start].split()[-1:]
        if word and word[0].casefold() in _ENDS:
            yield word[0].casefold(), date
