"""Dates and times of day in a text, as far as the text states them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from retrieval.text.spans import Spans


@dataclass(frozen=True, slots=True)
class Date:
    """A date as far as the text states it; all parts None for a relative one ("last week").

    `years` is how many years it covers, from `year` on: ten for "the 1990s". Years before Christ
    are negative.
    """

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int
    years: int = 1


MONTHS = (
    "january february march april may june july august september october november december".split()
)
_SHORT = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?"
    r"|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d:])"
_YEAR = r"(?P<year>(?:1\d|20)\d\d)"
_MEASURED = (
    r"(?:km|kg|kilomet(?:er|re)s?|hectares|acres|miles?|meters?|metres?|feet|ft|people|persons|men|women|children|soldiers|troops"
    r"|workers|employees|members|students|users|residents|inhabitants|years|months|weeks|days|hours"
    r"|minutes|seconds|dollars|euros|pounds|lira|words|pages|items|copies|votes|points|tons|tonnes"
    r"|times|percent|per cent|calories|watts|megawatts|square|cubic|degrees|others|or more)"
)
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<year>[12]\d{3})-(?P<number>0[1-9]|1[0-2])(?:-(?P<day>[0-3]\d))?(?![\d-])",
        r"\b(?P<one>[0-3]?\d)(?P<mark>[/.])(?P<two>[0-3]?\d)(?P=mark)(?P<year>(?:1\d|20)\d\d)\b",
        rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:(?: ?,)? {_YEAR}\b)?",
        rf"\b{_MONTH} (?:the )?{_DAY}(?:(?: ?,)? {_YEAR}\b)?",
        rf"\b{_MONTH}(?:,| of)? {_YEAR}\b",
        r"\b(?P<bc>\d{1,4}) B\.?C\.?(?:E\b\.?)?|\b(?P<ad>\d{1,4}) (?:AD|A\.D\.|CE)(?!\w)"
        r"|\bAD (?P<anno>\d{1,4})\b",
        r"\b(?P<decade>(?:1\d|20)\d0)(?: ?['’])?s\b|(?:\bthe |['’])(?P<short>[2-9]0)['’]?s\b",
        r"\b(?P<century>\d{1,2})(?:st|nd|rd|th)[ -]centur(?:y|ies)\b",
        r"\b(?P<season>(?:1\d|20)\d\d)[-–/]\d\d\b(?![-/]?\d)",
        r"\b(?:by|in|until|year|from|to|through) (?P<year>21\d\d)\b(?![.,]\d)",
        r"(?<![\d.,$€£¥₺])(?<!\bover )(?<!\bthan )(?<!\bnearly )(?<!\balmost )(?<!\bleast )"
        r"(?<!\bsome )(?<!\bapproximately )(?<!\broughly )(?<!\bunder )"
        rf"\b{_YEAR}\b(?![.,:]\d|-\w+-|[%°]"
        rf"| ?(?:%|{_MEASURED}\b))",
    )
)  # fmt: skip
_WITHOUT_MONTH = tuple(p for p in _DATES if "month" not in p.groupindex)
_LONE_MONTH = re.compile(
    r"\b(?P<before>(?:in|since|until|by|of|last|this|next|early|late|mid|from|to|during|between"
    rf"|and|every)[ -])?{_MONTH}(?P<after> [A-Z])?",
    re.IGNORECASE,
)
_AMBIGUOUS = frozenset({"may", "march", "mar", "dec", "jan", "sep", "oct"})
_RELATIVE = re.compile(
    r"\b(?:(?:on|by|until|since|next|last|this|every|early|late) )?(?:Mon|Tues|Wednes|Thurs|Fri"
    r"|Satur|Sun)days?\b"
    r"|\b(?:yesterday|today|tomorrow|tonight)\b"
    r"|\b(?:(?:earlier|later) (?:this|that)|last|next|this|past|previous|following|recent|coming)"
    r" (?:week|month|year|decade|century|weeks|months|years|decades|centuries|spring|summer|autumn"
    r"|fall|winter)\b"
    r"|\b(?:before|after|by|until|in|during) (?:the )?(?:spring|summer|autumn|winter)\b"
    r"|\b(?:\d+|[a-z]+) (?:days?|weeks?|months?|years?|decades?|centuries) (?:ago|later|earlier)\b"
    r"|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth"
    r"|twenty-first) century\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?\b"
    r"|\b(?:[01]?\d|2[0-3])\.[0-5]\d(?= ?(?:Uhr|[ap]\.?m\b))"
    r"|\b(?<![.,])\d{1,2} ?(?:[ap]\.m\.|[ap]m\b)|\b(?:noon|midnight|o['’]clock)\b"
    r"|\bhalf past \w+|\bquarter (?:to|past) \w+|\b[0-2]\d[0-5]\d (?:hours|hrs|GMT|UTC)\b",
    re.IGNORECASE,
)
_MONTH_HINT = re.compile("jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE)
_RELATIVE_HINT = re.compile(
    "day|week|month|year|decade|centur|spring|summer|autumn|winter|fall|tomorrow|tonight",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
"""What a text without dates lacks: most sentences are done with these three."""


@lru_cache(maxsize=4096)
def dates(text: str) -> tuple[Date, ...]:
    """All dates of `text` in order; the longest reading of each place."""
    taken = Spans()
    found = [
        date for date in (*_stated(text), *_relative(text)) if taken.take(date.start, date.end)
    ]
    return tuple(sorted(found, key=lambda date: date.start))


def _stated(text: str) -> Iterator[Date]:
    """Dates with a day, a month or a year, the longest readings first."""
    has_month = _MONTH_HINT.search(text)
    if _DIGIT.search(text):
        for pattern in _DATES if has_month else _WITHOUT_MONTH:
            for match in pattern.finditer(text):
                if _is_meant(match, text):
                    yield _date(match)
    if has_month:
        for match in _LONE_MONTH.finditer(text):
            if _names_month(match):
                yield _date(match, "month")


def _relative(text: str) -> Iterator[Date]:
    if _RELATIVE_HINT.search(text):
        for match in _RELATIVE.finditer(text):
            yield Date(None, None, None, *match.span())


def _is_meant(match: re.Match[str], text: str) -> bool:
    """Whether "may 5" and "march 5" in small letters are dates: behind a preposition, or dated."""
    parts = match.groupdict()
    month = parts.get("month")
    if not month or month not in ("may", "march", "mar") or parts.get("year"):
        return True
    return bool(
        re.search(
            r"\b(?:on|by|since|until|of|from|before|after) $",
            text[max(0, match.start() - 8) : match.start()],
        )
    )


def _names_month(match: re.Match[str]) -> bool:
    """Whether a month without day and year is one, not a verb, a first name or a shortened word."""
    month = match["month"]
    full = month.casefold() in MONTHS
    if match["before"]:
        return full and not (month in ("may", "march") and match["before"] == "and ")
    lone = month[0].isupper() and month.casefold() not in _AMBIGUOUS
    return full and lone and not (match["after"] or "")[1:].isupper()


def _date(match: re.Match[str], last: str | int = 0) -> Date:
    parts = {name: text for name, text in match.groupdict().items() if text}
    year, years = _year(parts)
    month = int(parts["number"]) if "number" in parts else None
    if "month" in parts:
        month = _SHORT[parts["month"][:3].casefold()]
    day = int(parts["day"]) if "day" in parts else None
    if "one" in parts:
        month, day = _written_in_figures(int(parts["one"]), int(parts["two"]))
    return Date(year, month, day, match.start(), match.end(last), years)


def _year(parts: dict[str, str]) -> tuple[int | None, int]:
    """The first year and the number of years that a match covers."""
    if "decade" in parts:
        return int(parts["decade"]), 10 if parts["decade"][2] != "0" else 100
    if "short" in parts:
        return 1900 + int(parts["short"]), 10
    if "century" in parts:
        return (int(parts["century"]) - 1) * 100, 101
    if "season" in parts:
        return int(parts["season"]), 2
    if "bc" in parts:
        return -int(parts["bc"]), 1
    year = parts.get("year") or parts.get("ad") or parts.get("anno")
    return (int(year) if year else None), 1


def _written_in_figures(one: int, two: int) -> tuple[int | None, int | None]:
    """Month and day of "22/04"; neither of "05/04", which reads in two ways."""
    if one > 12 >= two:
        return two, one
    if two > 12 >= one:
        return one, two
    return None, None


def clock_times(text: str) -> list[tuple[int, int]]:
    """Spans of the times of day in the text."""
    return [match.span() for match in _CLOCK.finditer(text)]


def has_clock_time(text: str) -> bool:
    """Whether a time of day stands in the text."""
    return _CLOCK.search(text) is not None


def agrees(asked: Date, stated: Date) -> bool | None:
    """Whether two dates can be the same day; None where they share no part to compare."""
    verdicts = [
        a == b
        for a, b in ((asked.month, stated.month), (asked.day, stated.day))
        if a is not None and b is not None
    ]
    if asked.year is not None and stated.year is not None:
        last_asked, last_stated = asked.year + asked.years, stated.year + stated.years
        verdicts.append(asked.year < last_stated and stated.year < last_asked)
    return all(verdicts) if verdicts else None
