"""Days: what span of days a date covers, and whether the dates of a claim stand in a quotation.

A claim may say less of a date than the quotation ("May 2021" for "3 May 2021"), never more. Given
the date of the document, "yesterday" or "last week" become days as well.
"""

from __future__ import annotations

import calendar
import datetime
import re
from datetime import timedelta

from retrieval.text.dates import Date, agrees, dates
from retrieval.text.lacks import Kind, Lack
from retrieval.text.quantities import bound_at, quantities

Span = tuple[datetime.date, datetime.date]

_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})s?\b", re.IGNORECASE)
_LITTLE = re.compile(r"^(?:(?:before|after|on|by|until|since|in|during|the|earlier|later|every) )+")
_SCALE = re.compile(r"^(?:hundred|thousand|million|billion|\d{3,}) (?=\w+ (?:ago|later|earlier))")
"""The end of a large number, which is compared as a number."""
_AGO = re.compile(r"(?P<count>\d+|an?|one|two|three|four|five|six) (?P<unit>day|week)s? ago")
_COUNTS = {"a": 1, "an": 1} | {
    word: count
    for count, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), 1
    )
}
_RELATION = re.compile(
    r"\b(?P<relation>before|until|till|prior to|by|after|since|from|following)"
    r"(?: (?:the|early|late|mid|about|around|end of|beginning of|year))*[ -]$",
    re.IGNORECASE,
)
_OWN_RELATION = re.compile(r"(?P<relation>before|after|until|by|since)\b", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:about|around|approximately|circa|ca\.|c\.|roughly) $", re.IGNORECASE)
_EARLIER = frozenset({"before", "prior to"})
_LATER = frozenset({"after", "following"})


def stated_span(date: Date) -> Span | None:
    """The first and the last day that a date with a year covers."""
    if date.year is None or not 1 <= date.year < 9000:
        return None
    if date.month is None:
        return datetime.date(date.year, 1, 1), datetime.date(date.year + date.years - 1, 12, 31)
    last = calendar.monthrange(date.year, date.month)[1]
    if date.day is None:
        return datetime.date(date.year, date.month, 1), datetime.date(date.year, date.month, last)
    if not 1 <= date.day <= last:
        return None
    return (datetime.date(date.year, date.month, date.day),) * 2


def relative_span(words: str, on: datetime.date) -> Span | None:
    """The days that relative words mean in a document of a day; None if they are not known."""
    plain = _LITTLE.sub("", words.casefold())
    shift = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}.get(plain)
    if shift is not None:
        return (on + timedelta(shift),) * 2
    ago = _AGO.fullmatch(plain)
    if ago:
        count = _COUNTS.get(ago["count"]) or int(ago["count"])
        day = on - timedelta(count * (7 if ago["unit"] == "week" else 1))
        return _week(day) if ago["unit"] == "week" else (day, day)
    weekday = _WEEKDAY.search(plain)
    if weekday:
        return _on_weekday(plain, _WEEKDAYS.index(weekday[1]), on)
    which, _, unit = plain.partition(" ")
    step = {"last": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}.get(which)
    return None if step is None else _period(unit, step, on)


def _on_weekday(plain: str, weekday: int, on: datetime.date) -> Span:
    """The weekday before the document, or behind it with "next"; "last" is not today."""
    back = (on.weekday() - weekday) % 7
    if plain.startswith("next"):
        day = on + timedelta(7 - back)
    else:
        day = on - timedelta(7 if back == 0 and plain.startswith("last") else back)
    return day, day


def _week(day: datetime.date) -> Span:
    monday = day - timedelta(day.weekday())
    return monday, monday + timedelta(6)


def _period(unit: str, step: int, on: datetime.date) -> Span | None:
    if unit == "week":
        return _week(on + timedelta(7 * step))
    if unit == "month":
        at = on.year * 12 + on.month - 1 + step
        return stated_span(Date(at // 12, at % 12 + 1, None, 0, 0))
    if unit == "year":
        return stated_span(Date(on.year + step, None, None, 0, 0))
    return None


def date(claim: str, quotation: str, context: str = "", on: str | None = None) -> Lack | None:
    """A date of the claim that the quotation does not carry, or places otherwise in time."""
    mine = dates(claim)
    if not mine:
        return None
    today = datetime.date.fromisoformat(on[:10]) if on else None
    own, around = dates(quotation), dates(context)
    for one in mine:
        found = _carrying(one, claim, own, quotation, around, today)
        lacks = [
            _turned(one, claim, other, quotation) or _vague(one, claim, other, quotation)
            for other in found
        ]
        if lacks and None not in lacks:
            return lacks[0]
        if not (
            found
            or _is_number(one, claim, quotation)
            or _context_carries(one, claim, own, around, context, today)
        ):
            return _lack(one, claim, own, quotation)
    return _repeated(mine, own, claim, quotation)


def _is_number(one: Date, claim: str, quotation: str) -> bool:
    """Whether a "year" is a number that the quotation writes as one: "1764 pupils"."""
    words = claim[one.start : one.end]
    bound = bound_at(claim, one.start, one.end)
    return words.isdigit() and any(
        found.number.value == float(words) and found.bound is bound
        for found in quantities(quotation)
    )


def _vague(one: Date, claim: str, other: Date, quotation: str) -> Lack | None:
    """ "In 1900" for "around 1900"."""
    mine = _ABOUT.search(claim[: one.start])
    theirs = _ABOUT.search(quotation[: other.start])
    if theirs and not mine and one.years == other.years:
        return Lack(Kind.DATE, claim[one.start : one.end], theirs.group().strip())
    return None


def _repeated(
    mine: tuple[Date, ...], own: tuple[Date, ...], claim: str, quotation: str
) -> Lack | None:
    """A date that stands twice in the claim, once of them for another of the quotation."""
    words = [_bare(claim[one.start : one.end]) for one in mine]
    written = [_bare(quotation[one.start : one.end]) for one in own]
    free = [text for text in written if text not in words]
    for text in words:
        if free and words.count(text) > written.count(text) > 0 and len(words) >= len(written):
            return Lack(Kind.DATE, text, free[0], clash=True)
    return None


def _context_carries(
    one: Date, claim: str, own: tuple[Date, ...], around: tuple[Date, ...], context: str,
    today: datetime.date | None,
) -> bool:  # fmt: skip
    """Whether title or heading date the quotation, which has no other date for it."""
    if any(agrees(one, other) is False for other in own):
        return False
    return bool(_carrying(one, claim, around, context, (), today))


def _carrying(
    one: Date, claim: str, stated: tuple[Date, ...], text: str, around: tuple[Date, ...],
    today: datetime.date | None,
) -> list[Date]:  # fmt: skip
    """The dates that say at least what one of the claim says."""
    words = claim[one.start : one.end]
    return [
        other
        for other in stated
        if _carries(one, words, other, text[other.start : other.end], around, today)
    ]


def _carries(
    one: Date,
    words: str,
    other: Date,
    written: str,
    around: tuple[Date, ...],
    today: datetime.date | None,
) -> bool:
    if _is_relative(one):
        if _bare(words) == _bare(written):
            return True
        return today is not None and _resolved(one, words, other, written, today)
    if _is_relative(other):
        return today is not None and _resolved(one, words, other, written, today)
    if (one.month, one.day) != (None, None) and one.month is None:
        return words == written
    return _parts_carry(one, other, around, today)


def _parts_carry(
    one: Date, other: Date, around: tuple[Date, ...], today: datetime.date | None
) -> bool:
    """Whether each part that the claim states is stated, and the same."""
    if (one.month and one.month != other.month) or (one.day and one.day != other.day):
        return False
    if one.year is None:
        return bool(one.month or one.day or one == other)
    if other.year is None:
        years = {d.year for d in around if d.year and d.years == 1} | {today.year if today else 0}
        return one.year in years
    return one.year <= other.year and other.year + other.years <= one.year + one.years


def _is_relative(one: Date) -> bool:
    return one.year is None and one.month is None and one.day is None


def _bare(words: str) -> str:
    """Relative words without small words before them and with their numbers in digits."""
    plain = _SCALE.sub("", _LITTLE.sub("", words.casefold())).rstrip("s").split(" ")
    return " ".join(str(_COUNTS.get(word, word)) for word in plain)


def _resolved(one: Date, words: str, other: Date, written: str, today: datetime.date) -> bool:
    mine = _span(one, words, today)
    theirs = _span(other, written, today)
    return bool(mine and theirs and mine[0] <= theirs[0] and theirs[1] <= mine[1])


def _span(one: Date, words: str, today: datetime.date) -> Span | None:
    if _is_relative(one):
        return relative_span(words, today)
    dated = one if one.year else Date(today.year, one.month, one.day, one.start, one.end)
    return stated_span(dated)


def _lack(one: Date, claim: str, own: tuple[Date, ...], quotation: str) -> Lack:
    words = claim[one.start : one.end]
    rivals = [d for d in own if agrees(one, d) is False]
    if _is_relative(one):
        rivals = [d for d in own if _is_relative(d)]
    if not rivals:
        return Lack(Kind.DATE, words)
    return Lack(Kind.DATE, words, quotation[rivals[0].start : rivals[0].end], clash=True)


def _turned(one: Date, claim: str, other: Date, quotation: str) -> Lack | None:
    """ "Before 1984" for "after 1984", or a relation that the claim drops or adds."""
    mine, theirs = _relation(claim, one), _relation(quotation, other)
    sides = [(mine in side, theirs in side) for side in (_EARLIER, _LATER)]
    if all(here == there for here, there in sides):
        return None
    clash = any(here for here, _ in sides) and any(there for _, there in sides)
    return Lack(Kind.COMPARATIVE, mine or claim[one.start : one.end], theirs, clash)


def _relation(text: str, one: Date) -> str:
    """The word that places a date in time; "before the winter" has its own."""
    match = _OWN_RELATION.match(text, one.start) or _RELATION.search(
        text[max(0, one.start - 40) : one.start]
    )
    return match["relation"].casefold() if match else ""
