"""Edits of values: one number, bound, date, name, role or unit of a sentence made another."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

MONTHS = (
    "January February March April May June July August September October November December".split()
)
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTH = "|".join(MONTHS)
_SMALL = "two three four five six seven eight nine ten eleven twelve".split()

Edit = Callable[[str, random.Random, Sequence[str]], Iterator[str]]
"""Sentence, randomness and a stock of names -> copies with one part changed."""

_NUMBER = re.compile(
    r"(?<![\w.,/:$€£°-])(?<!No\. )(?P<n>\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d+)?)"
    rf"(?![\w/:–°-]|[.,]\d|(?:st|nd|rd|th)\b| (?:{_MONTH}|AD|BC|CE|BCE|a\.m|p\.m|am|pm)\b)"
)
_MONTH_BEFORE = re.compile(rf"(?:{_MONTH})(?: the)? $")
_SPELLED = re.compile(rf"(?<![-\w])(?P<n>{'|'.join(_SMALL)})(?= (?:[a-z]+ )?[a-z]{{3,}}s\b)")
_RISING = re.compile(r"\b(?:at least|over|more than|above|exceed\w*|minimum of|older than) $", re.I)
_FALLING = re.compile(
    r"\b(?:at most|up to|under|below|less than|fewer than|maximum of|within|no more than"
    r"|as (?:much|many) as|short of) $",
    re.I,
)
_YEAR = re.compile(
    r"(?<=\b[Ii]n )(?P<y>1[5-9]\d\d|20[012]\d)\b(?![-–/'’s])"
    r"|(?<=\bsince )(?P<s>1[5-9]\d\d|20[012]\d)\b(?![-–/'’s])"
    rf"|(?:(?:{_MONTH}) )(?P<m>1[5-9]\d\d|20[012]\d)\b"
)
_DATED = re.compile(rf"\b(?P<month>{_MONTH}) (?P<day>\d{{1,2}})\b(?!\d|st|nd|rd|th)")
_DAYED = re.compile(rf"\b(?P<day>\d{{1,2}}) (?P<month>{_MONTH})\b")
_WEEKDAY = re.compile(rf"\b(?P<d>{'|'.join(_WEEKDAYS)})\b(?! [A-Z])")
_NAME = re.compile(
    r"(?<=[a-z,] )(?P<name>[A-Z][a-zà-ÿ]{2,}(?: [A-Z][a-zà-ÿ]{2,}){0,2})(?![\w’'-]| [A-Z(])"
)
_NO_NAMES = frozenset(
    (*MONTHS, *_WEEKDAYS, *(f"{day}s" for day in _WEEKDAYS), *(month[:3] for month in MONTHS))
) | frozenset("Sept Mr Mrs Miss Yours The This That His Her God Internet".split())
_TITLES = re.compile(r"\b(?:Mr|Mrs|Dr|President|King|Queen|Prince|Saint|Lord|Sir|River|Lake) $")
_UNITS = {
    "kilometres": "miles", "kilometers": "miles", "km": "miles", "miles": "kilometres",
    "metres": "feet", "meters": "feet", "feet": "metres", "m": "km", "percent": "dollars",
    "kilograms": "tonnes", "tons": "kilograms", "tonnes": "kilograms", "kg": "tonnes",
    "years": "months", "months": "weeks", "weeks": "months", "days": "weeks", "hours": "minutes",
    "minutes": "hours", "seconds": "minutes", "million": "billion", "billion": "million",
    "thousand": "million", "acres": "square miles", "inches": "metres", "degrees": "metres",
    "euros": "dollars", "dollars": "euros", "pounds": "dollars", "decades": "years",
    "centuries": "decades", "trillion": "billion", "hundred": "thousand",
}  # fmt: skip
_UNIT = re.compile(
    rf"(?<=[\d.,]\d |.\d\d| \d )(?P<u>{'|'.join(_UNITS)})\b(?! old\b| of age)"
    rf"|(?<=\b(?:two|ten|six) )(?P<t>{'|'.join(_UNITS)})\b"
)
_BOUNDED = re.compile(
    r"\b(?:over|than|to|least|most|excess of|under|above|below)\b[^a-z]{0,6}[\d.,]+ $"
)
"""Behind a bound, another magnitude may be carried by the true one."""
_BOUNDS = {
    "at least": "at most", "more than": "less than", "over": "under", "up to": "over",
    "less than": "more than", "fewer than": "more than", "about": "exactly",
    "approximately": "exactly", "around": "exactly", "nearly": "over", "almost": "over",
}  # fmt: skip
_BOUND = re.compile(rf"\b(?P<b>{'|'.join(_BOUNDS)}) (?=\d|two |three |ten |half )")


def spans(found: Iterable[re.Match[str]]) -> Iterator[tuple[int, int, str]]:
    """The one named group of each match that took part."""
    for match in found:
        group = next(name for name, value in match.groupdict().items() if value)
        yield (*match.span(group), match[group])


def put(text: str, start: int, end: int, new: str) -> str:
    """A text with another stretch in the place of one."""
    return text[:start] + new + text[end:]


def number(text: str, rng: random.Random, _: Sequence[str]) -> Iterator[str]:
    """Another number in the same place; larger than a lower bound, smaller than an upper one."""
    for start, end, old in spans(_NUMBER.finditer(text)):
        before = text[:start]
        low = _FALLING.search(before) and float(old.replace(",", "")) < 4
        if not _MONTH_BEFORE.search(before) and not low:
            yield put(text, start, end, _other(old, before, rng))
    for start, end, old in spans(_SPELLED.finditer(text)):
        if _RISING.search(text[:start]) or _FALLING.search(text[:start]):
            continue
        yield put(text, start, end, rng.choice([word for word in _SMALL if word != old]))


def _other(old: str, before: str, rng: random.Random) -> str:
    value = float(old.replace(",", ""))
    up = not _FALLING.search(before) and (bool(_RISING.search(before)) or rng.random() < 0.5)
    new = value * rng.choice((1.5, 2, 3)) + 1 if up or value < 2 else value * rng.choice((0.3, 0.5))
    if "." in old:
        return f"{new:.{len(old.split('.')[1])}f}"
    return f"{round(new):,}" if "," in old else str(round(new))


def bound(text: str, rng: random.Random, _: Sequence[str]) -> Iterator[str]:
    """ "At most" for "at least", "exactly" for "about"."""
    for start, end, old in spans(_BOUND.finditer(text)):
        yield put(text, start, end, _BOUNDS[old])


def date(text: str, rng: random.Random, _: Sequence[str]) -> Iterator[str]:
    """Another year, month, day or weekday."""
    for start, end, old in spans(_YEAR.finditer(text)):
        yield put(text, start, end, str(int(old) + rng.choice((-20, -3, -2, -1, 1, 2, 5))))
    for match in (*_DATED.finditer(text), *_DAYED.finditer(text)):
        month = rng.choice([name for name in MONTHS if name != match["month"]])
        day = int(match["day"])
        yield put(text, *match.span("month"), month)
        yield put(text, *match.span("day"), str(day + 3 if day < 14 else day - 5))
    for start, end, old in spans(_WEEKDAY.finditer(text)):
        yield put(text, start, end, rng.choice([day for day in _WEEKDAYS if day != old]))


def names_of(text: str) -> Iterator[tuple[int, int, str]]:
    """Names that stand inside a sentence, with their places."""
    for start, end, old in spans(_NAME.finditer(text)):
        if _NO_NAMES.isdisjoint(old.split()) and not _TITLES.search(text[:start]):
            yield start, end, old


def name(text: str, rng: random.Random, stock: Sequence[str]) -> Iterator[str]:
    """A name from elsewhere, of as many words, none of which stands in the sentence."""
    for start, end, old in names_of(text):
        for _ in range(8):
            new = rng.choice(stock) if stock else old
            alike = any(word[:4] in text for word in new.split())
            if len(new.split()) == len(old.split()) and not alike:
                yield put(text, start, end, new)
                break


_DEED = re.compile(
    r"\b(?P<a>[A-Z][a-z]{2,}) (?P<verb>(?:defeated|attacked|invaded|criticized|criticised|bought"
    r"|acquired|sued|killed|appointed|accused|beat|replaced|followed|succeeded|taught|led|told"
    r"|conquered|founded|supported|opposed|influenced|owns|owned|joined|praised|visited|warned"
    r"|sold|helped|hired|called|invited|ruled|controlled|annexed|left|rejected|challenged)"
    r"(?: (?:the|in|by|to))?) (?P<b>[A-Z][a-z]{2,})\b(?! [A-Z]|[’'])"
)


def roles(text: str, rng: random.Random, _: Sequence[str]) -> Iterator[str]:
    """Who did it to whom, turned round."""
    for match in _DEED.finditer(text):
        if match["a"] != match["b"] and not {match["a"], match["b"]} & _NO_NAMES:
            turned = f"{match['b']} {match['verb']} {match['a']}"
            yield put(text, *match.span(), turned)


def unit(text: str, rng: random.Random, _: Sequence[str]) -> Iterator[str]:
    """Another unit or magnitude behind a number."""
    for start, end, old in spans(_UNIT.finditer(text)):
        if not _BOUNDED.search(text[:start]):
            yield put(text, start, end, _UNITS[old])
    for match in re.finditer(r"(?<=\d)%", text):
        yield put(text, *match.span(), " percentage points")
    for match in re.finditer(r"(?<![A-Z])[$€£](?=\d)", text):
        yield put(text, *match.span(), "€" if match.group() == "$" else "$")
