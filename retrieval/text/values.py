"""Values in a text: quantities with magnitudes and units. Dates stand in `retrieval.text.dates`.

Found by rule, for comparing a question or a claim with a sentence. A value keeps the place where
it stands; two values are compared by what they mean ("1.5 million" is "1,500,000"). Ordinals,
versions, times of day and the parts of dates are no quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

from retrieval.text.dates import MONTHS, Date, agrees, clock_times, dates, has_clock_time
from retrieval.text.spans import Spans
from retrieval.text.terms import STOPWORDS, term

__all__ = [
    "MONTHS",
    "Date",
    "Number",
    "agrees",
    "dates",
    "has_clock_time",
    "numbers",
    "same_value",
]


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity: its value, and the term of its unit or of the noun behind it, if any."""

    value: float
    unit: str | None
    start: int
    end: int


_ONES = {
    word: float(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10.0 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "dozen": 12.0, "mn": 1e6, "bn": 1e9, "tn": 1e12, "k": 1e3, "m": 1e6, "b": 1e9,
}  # fmt: skip
_SPELLED = frozenset(_ONES) | frozenset(_TENS) | frozenset(_SCALES)
_FRACTIONS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_CURRENCIES = {
    "$": "dollar", "usd": "dollar", "€": "euro", "eur": "euro", "£": "pound", "gbp": "pound",
    "¥": "yen", "jpy": "yen", "₺": "lira", "try": "lira", "₹": "rupe", "inr": "rupe",
}  # fmt: skip
_MEASURES = {
    short: term(name)
    for short, name in {
        "%": "percent", "pct": "percent", "km": "kilometers", "m": "meters", "cm": "centimeters",
        "mm": "millimeters", "kg": "kilograms", "g": "grams", "lb": "pounds", "lbs": "pounds",
        "ft": "feet", "mi": "miles", "hrs": "hours", "min": "minutes", "mins": "minutes",
        "sec": "seconds", "secs": "seconds",
    }.items()
}  # fmt: skip
_SMALL = "|".join((*_ONES, *_TENS))
_BIG = "hundred|thousand|million|billion|trillion|dozen"
_DIGITS = re.compile(
    r"(?P<currency>[$€£¥₺₹] ?|\b(?:USD|EUR|GBP|JPY|TRY|INR) )?(?<![\w.,/:])(?<![^\W\d_]-)"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?![.,/:]?\d|(?:st|nd|rd|th)\b)"
    rf"(?:[ -]?(?P<scale>{_BIG}|bn|mn|tn)\b|(?P<attached> ?[kKmMbB])\b)?"
)
_WORDS = re.compile(
    rf"\b(?:(?P<half>half an? |half-)(?P<lone>{_BIG})|(?P<first>{_SMALL}|an?(?= (?:{_BIG})\b)))"
    rf"(?P<rest>(?:(?:[ -]|(?<=d) and |(?<=n) and )(?:{_SMALL}|{_BIG})\b)*)\b"
    r"(?P<ordinal>[ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b(?! of))?"
    rf"(?P<fraction>-(?:{'|'.join(_FRACTIONS)})s?\b|[ ](?:{'|'.join(_FRACTIONS)})s?(?= of\b))?",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"[ -]?(?P<symbol>%|°[CF]?)|[ -]per ?cent\b"
    r"|(?:[ ]of (?:the|these|those|its|their|his|her|our)\b)?"
    r"[ -]?(?P<word>[^\W\d_]+)(?:[ -](?P<next>[^\W\d_]+))?"
)
_RANGE = re.compile(r"(?:-|–|—| to | and | or )[$€£]?")
_PLURALS = frozenset("people men women children feet troops police staff personnel".split())
_NO_UNITS = STOPWORDS | frozenset("strong times said says ago later earlier each per".split())
_NOT_COUNTED = re.compile(r"\b(?:no|any|every|some|each|which|this|that|the|another) $", re.I)
_NOT_UNITS_OF_ONE = frozenset(
    map(term, ("another", "day", "thing", "way", "hand", "side", "time", "part"))
)


@lru_cache(maxsize=4096)
def numbers(text: str) -> tuple[Number, ...]:
    """All quantities of `text` in order; the parts of dates and times are none."""
    taken = Spans()
    for date in dates(text):
        if date.year or date.day:
            taken.take(date.start, date.end)
    for start, end in clock_times(text):
        taken.take(start, end)
    found = [n for n in (*_in_digits(text), *_in_words(text)) if taken.is_free(n.start, n.end)]
    return tuple(_ranges(text, sorted(found, key=lambda number: number.start)))


def _in_digits(text: str) -> Iterator[Number]:
    for match in _DIGITS.finditer(text):
        currency = (match["currency"] or "").strip().casefold()
        plain = float(match["digits"].replace(",", ""))
        scale = _scale(match, text)
        end = match.end("digits") if match["attached"] and scale == 1.0 else match.end()
        unit, unit_end = (_CURRENCIES[currency], end) if currency else _unit(text, end, plain)
        yield Number(plain * scale, unit, match.start(), unit_end)


def _scale(match: re.Match[str], text: str) -> float:
    """What the word or letter behind the digits multiplies them by; "5 m deep" is in metres."""
    if match["scale"]:
        return _SCALES[match["scale"]]
    letter = match["attached"]
    if not letter:
        return 1.0
    counts = letter in ("k", "M") or (letter == "m" and _counts_things(text[match.end() :]))
    return _SCALES[letter.strip().casefold()] if match["currency"] or counts else 1.0


def _counts_things(after: str) -> bool:
    word = re.match(r" ([a-z]+)", after)
    return word is not None and _is_plural(word[1])


def _in_words(text: str) -> Iterator[Number]:
    if _SPELLED.isdisjoint(re.findall(r"[a-z]+", text.lower())):
        return
    for match in _WORDS.finditer(text):
        if match["ordinal"]:
            continue
        value = _spelled(match)
        unit, end = _unit(text, match.end(), value)
        if value != 1.0 or _one_counts(match, text, unit):
            yield Number(value, unit, match.start(), end)


def _spelled(match: re.Match[str]) -> float:
    """The value of number words: "two hundred and five thousand", "half a million"."""
    total = part = 0.0
    for word in re.findall(r"[a-z]+", f"{match['lone'] or match['first']} {match['rest']}".lower()):
        if word in _SCALES:
            part = max(part, 1.0) * _SCALES[word]
            if part >= 1000:
                total, part = total + part, 0.0
        elif word != "and":
            small = 1.0 if word in ("a", "an") else _ONES.get(word) or _TENS.get(word, 0.0)
            joins = part % 100 == 0 or (part % 10 == 0 and part % 100 >= 20 and small < 10)
            part = part + small if joins else part * 100 + small
    value = (total + part) * (0.5 if match["half"] else 1.0)
    fraction = (match["fraction"] or "").strip(" -").casefold()
    if fraction:
        value /= next(n for name, n in _FRACTIONS.items() if fraction.startswith(name))
    return value


def _one_counts(match: re.Match[str], text: str, unit: str | None) -> bool:
    """Whether "one" is a quantity: "one soldier" is, "no one", "one of", "one another" are not."""
    counted = unit is not None and unit not in _NOT_UNITS_OF_ONE
    return counted and not _NOT_COUNTED.search(text[max(0, match.start() - 8) : match.start()])


def _unit(text: str, end: int, value: float) -> tuple[str | None, int]:
    """The term of the unit or counted noun at `end`, and where it ends."""
    match = _UNIT.match(text, end)
    if not match:
        return None, end
    word, following = match["word"], match["next"]
    if not word:
        return ("percent" if "°" not in match.group() else "degre"), match.end()
    if word in _MEASURES:
        return _MEASURES[word], match.end("word")
    if word.casefold() in _NO_UNITS or (value == 1.0 and match.group().startswith(" of")):
        return None, end
    if following and value != 1.0 and not _is_plural(word) and _is_plural(following):
        return term(following), match.end("next")
    return term(word), match.end("word")


def _is_plural(word: str) -> bool:
    if word in _PLURALS:
        return True
    regular = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return regular and word.islower() and word not in _NO_UNITS


def _ranges(text: str, found: list[Number]) -> Iterator[Number]:
    """Numbers with the unit of the range they open: "3-4 days" are days both."""
    for number, following in zip_longest(found, found[1:]):
        if (
            following
            and number.unit is None
            and _RANGE.fullmatch(text[number.end : following.start])
        ):
            yield replace(number, unit=following.unit)
        else:
            yield number


def same_value(one: float, other: float) -> bool:
    """Equal up to rounding in the last place that people write."""
    return abs(one - other) <= 1e-6 * max(1.0, abs(one), abs(other))
