"""Values in a text: numbers with magnitudes and units, and dates.

Found by rule, for comparing a question or a claim with a sentence. A value keeps the place where
it stands; two values are compared by what they mean ("1.5 million" is "1,500,000").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from retrieval.text.terms import term


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity: its value, and the term of its unit or of the noun behind it, if any."""

    value: float
    unit: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Date:
    """A date as far as the text states it; all parts None for a relative one ("last week")."""

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int


_SMALL = {
    word: float(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
} | {
    word: 10.0 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety hundred".split(), start=2
    )
}
_MAGNITUDES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "dozen": 12.0, "m": 1e6, "bn": 1e9, "k": 1e3,
}  # fmt: skip
MONTHS = (
    "january february march april may june july august september october november december".split()
)
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|March|Apr(?:il|\.)?|May|June?|July?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_YEAR = r"(?:1[0-9]|20)\d\d"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?P<year>{_YEAR})-(?P<month_number>[01]\d)-(?P<day>[0-3]\d)\b",
        rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? (?P<year>{_YEAR}))?\b",
        rf"\b{_MONTH} (?:the )?(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\d)(?:,? (?P<year>{_YEAR}))?\b",
        rf"\b{_MONTH}(?:,| of)? (?P<year>{_YEAR})\b",
        rf"(?<![\d.,$€£])\b(?P<year>{_YEAR})\b(?![.,]\d|\s?(?:km|miles?|people|percent|%))",
        rf"\b(?P<year>{_YEAR})s\b",
        rf"\b(?:in|since|until|by|of|last|this|next|early|late|mid|from|to|during) {_MONTH}\b",
    )
)
_RELATIVE = re.compile(
    r"\b(?:(?:on|by|until|since|next|last|this|every|early|late) )?(?:Mon|Tues|Wednes|Thurs|Fri"
    r"|Satur|Sun)day\b"
    r"|\b(?:yesterday|today|tomorrow|tonight)\b"
    r"|\b(?:(?:earlier|later) (?:this|that)|last|next|this|past|previous|following|recent|coming)"
    r" (?:week|month|year|decade|century|weeks|months|years|decades|centuries|spring|summer|autumn"
    r"|fall|winter)\b"
    r"|\b(?:before|after|by|until|in|during) (?:the )?(?:spring|summer|autumn|winter)\b"
    r"|\b(?:\d+|[a-z]+) (?:days?|weeks?|months?|years?|decades?|centuries) (?:ago|later|earlier)\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)[ -]century\b"
    r"|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth)"
    r" century\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b(?:[01]?\d|2[0-3])[:.][0-5]\d\b|\b\d{1,2} ?[ap]\.?m\b|\b(?:noon|midnight)\b",
                    re.IGNORECASE)  # fmt: skip
_NUMBER = re.compile(
    r"(?P<currency>[$€£¥₺] ?)?(?<![\w.])(?P<digits>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:[ -]?(?P<magnitude>hundred|thousand|million|billion|trillion|dozen|bn|m|k)\b)?"
    r"(?:[ -]?(?P<unit>%|°[CF]?|[^\W\d_]+))?",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"\b(?P<word>" + "|".join(_SMALL) + r"|a(?= (?:hundred|thousand|million|billion|dozen)))"
    r"\b(?:[ -](?P<second>one|two|three|four|five|six|seven|eight|nine)\b)?"
    r"(?: (?P<magnitude>hundred|thousand|million|billion|trillion|dozen)\b)?"
    r"(?: (?P<unit>[^\W\d_]+))?",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def dates(text: str) -> tuple[Date, ...]:
    """All dates of `text` in order; the longest reading of each place."""
    found: list[Date] = []
    taken: list[tuple[int, int]] = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            found.append(_date(match))
    for match in _RELATIVE.finditer(text):
        if not any(match.start() < end and start < match.end() for start, end in taken):
            found.append(Date(None, None, None, *match.span()))
    return tuple(sorted(found, key=lambda date: date.start))


def _date(match: re.Match[str]) -> Date:
    parts = match.groupdict()
    month = int(parts["month_number"]) if parts.get("month_number") else None
    if parts.get("month"):
        month = next(
            n for n, name in enumerate(MONTHS, 1) if name[:3] == parts["month"][:3].casefold()
        )
    return Date(
        int(parts["year"]) if parts.get("year") else None,
        month,
        int(parts["day"]) if parts.get("day") else None,
        *match.span(),
    )


@lru_cache(maxsize=4096)
def numbers(text: str) -> tuple[Number, ...]:
    """All quantities of `text` in order; the parts of dates are none."""
    spans = [(date.start, date.end) for date in dates(text) if date.year or date.day]
    found = []
    for match in _NUMBER.finditer(text):
        if not any(start <= match.start("digits") < end for start, end in spans):
            value = float(match["digits"].replace(",", ""))
            found.append(_number(match, value, "currency" if match["currency"] else None))
    for match in _WORDS.finditer(text):
        value = _SMALL.get(match["word"].casefold(), 1.0)
        value += _SMALL.get((match["second"] or "").casefold(), 0.0)
        found.append(_number(match, value, None))
    return tuple(sorted(found, key=lambda number: number.start))


def _number(match: re.Match[str], value: float, unit: str | None) -> Number:
    value *= _MAGNITUDES.get((match["magnitude"] or "").casefold(), 1.0)
    unit = unit or (term(match["unit"]) if match["unit"] else None)
    return Number(value, unit, *match.span())


def has_clock_time(text: str) -> bool:
    """Whether a time of day stands in the text."""
    return _CLOCK.search(text) is not None


def same_value(one: float, other: float) -> bool:
    """Equal up to rounding in the last place that people write."""
    return abs(one - other) <= 1e-6 * max(1.0, abs(one), abs(other))


def agrees(asked: Date, stated: Date) -> bool | None:
    """Whether two dates can be the same day; None where they share no part to compare."""
    shared = [
        (a, b)
        for a, b in (
            (asked.year, stated.year),
            (asked.month, stated.month),
            (asked.day, stated.day),
        )
        if a is not None and b is not None
    ]
    return all(a == b for a, b in shared) if shared else None
