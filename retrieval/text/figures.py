"""Figures that are no quantities: ordinals, times of day, versions and numbers in names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from retrieval.text.dates import dates
from retrieval.text.lacks import Kind, Lack
from retrieval.text.spans import Spans
from retrieval.text.terms import term
from retrieval.text.values import numbers

_ORDINALS = {
    word: str(value)
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "
        "twentieth".split(),
        1,
    )
}
_FIGURE = re.compile(
    rf"(?P<ordinal>\b\d+(?:st|nd|rd|th)\b|\b(?:{'|'.join(_ORDINALS)})\b)"
    r"|(?<![\w.])(?P<clock>\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\b)"
    r"|\b[\w.:/-]*\d[\w.:/-]*\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"[ -](?P<noun>[^\W\d_]+)")
_PLAIN = re.compile(r"[\w.:/-]*\w")
_HINT = re.compile(r"\d|th\b|first|second|third", re.IGNORECASE)
_VAGUE = frozenset({"o1", "o2"})
"""The first and the second may be told in other words; they need a rival at the same noun."""


_ABOUT = re.compile(r"\b(?:about|around|approximately|circa|roughly) $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in normal form and as written, the term of the noun behind it, whether "about"."""

    normal: str
    written: str
    noun: str
    about: bool

    def is_ordinal(self) -> bool:
        """Whether it says which one of several."""
        return self.normal[0] == "o"


@lru_cache(maxsize=4096)
def figures(text: str) -> tuple[Figure, ...]:
    """The figures of a text in order."""
    if not _HINT.search(text):
        return ()
    taken = Spans()
    for number in numbers(text):
        taken.take(number.start, number.end)
    for date in dates(text):
        if date.year or date.month or date.day:
            taken.take(date.start, date.end)
    return tuple(
        _figure(match, text) for match in _FIGURE.finditer(text) if taken.is_free(*match.span())
    )


def _figure(match: re.Match[str], text: str) -> Figure:
    noun = _BEHIND.match(text, match.end())
    about = _ABOUT.search(text[: match.start()]) is not None
    return Figure(_normal(match), match.group(), term(noun["noun"]) if noun else "", about)


def _normal(match: re.Match[str]) -> str:
    written = match.group().casefold()
    if match["ordinal"]:
        return "o" + _ORDINALS.get(written, re.sub(r"\D", "", written))
    if match["clock"]:
        hour, _, minute = (
            re.sub(r"[^\d:.]", "", written).strip(".").replace(".", ":").partition(":")
        )
        return f"{int(hour) % 12 + 12 * ('p' in written)}:{minute or '00'}"
    clock = re.fullmatch(r"0?(\d{1,2}):(\d\d)", written)
    return f"{clock[1]}:{clock[2]}" if clock else written.strip(".:-/")


def figure(claim: str, quotation: str) -> Lack | None:
    """An ordinal, time or other figure of the claim that the quotation lacks, or has as "about"."""
    mine = figures(claim)
    if not mine:
        return None
    free = list(figures(quotation))
    for one in mine:
        found = next((other for other in free if other.normal == one.normal), None)
        if found is None:
            lack = _missing(one, free, quotation)
            if lack:
                return lack
            continue
        free.remove(found)
        if found.about and not one.about:
            return Lack(Kind.NUMBER, one.written, f"about {found.written}")
    return None


def _missing(one: Figure, free: list[Figure], quotation: str) -> Lack | None:
    """The lack of a figure that no free one of the quotation matches."""
    every = figures(quotation)
    if any(other.normal == one.normal for other in every):
        rival = next((other.written for other in free if _is_rival(one, other)), "")
        return Lack(Kind.NUMBER, one.written, rival, clash=True) if rival else None
    if not one.is_ordinal() and one.written.casefold() in _PLAIN.findall(quotation.casefold()):
        return None
    rival = next((other.written for other in every if _is_rival(one, other)), "")
    if rival or one.normal not in _VAGUE:
        return Lack(Kind.NUMBER, one.written, rival, clash=bool(rival))
    return None


def _is_rival(one: Figure, other: Figure) -> bool:
    return one.noun == other.noun and one.is_ordinal() == other.is_ordinal()
