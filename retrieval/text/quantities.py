"""Quantities: whether the numbers of a claim stand in a quotation, of the same things and as exact.

"Up to 40", "at least 40", "over 40" and "about 40" are not 40, but may be carried by a number
that is known better: "over 30 copies" by "36 copies".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from retrieval.text.lacks import Kind, Lack
from retrieval.text.terms import term
from retrieval.text.values import Number, numbers, same_value


class Bound(StrEnum):
    """How a number limits what it counts."""

    EXACT = "exact"
    ABOUT = "about"
    LEAST = "at least"
    OVER = "over"
    MOST = "at most"
    UNDER = "under"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its bound, and the direction word before it ("from", "to", "by")."""

    number: Number
    bound: Bound
    role: str
    text: str


_BEFORE = re.compile(
    r"\b(?:(?P<about>about|around|approximately|roughly|some|circa|ca\.|c\.|an? estimated|estimated"
    r"|close to|nearly|almost|approx\.?)"
    r"|(?P<least>at least|no (?:less|fewer) than|not less than|minimum of)"
    r"|(?P<most>up to|at most|no more than|not more than|maximum of|as (?:many|much) as|within"
    r"|not exceeding)"
    r"|(?P<over>over|more than|above|exceed(?:s|ed|ing)?|greater than|upwards? of|in excess of"
    r"|(?:larger|bigger|longer|older|higher) than|beyond|well over|just over)"
    r"|(?P<under>under|less than|fewer than|below|(?:smaller|shorter|younger|lower) than"
    r"|just under|short of))"
    r"(?: (?:the|an?|just|only|about|around|estimated|age of|total of))*[ ($€£~]*$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?: [\w-]+){0,2}? (?:(?P<least>or (?:more|above|older|higher)|(?:at )?minimum|or over)"
    r"|(?P<most>or (?:less|fewer|below|under|younger)|(?:at )?maximum|at most)"
    r"|(?P<about>or so))\b|(?P<plus>\+)",
    re.IGNORECASE,
)
_ROLE = re.compile(r"\b(?P<role>from|to|by)(?: [^\W\d][\w-]*){0,2}? ?[$€£~(]*$", re.IGNORECASE)
_MEASURES = frozenset(
    map(
        term,
        """percent percentage points dollars euros pounds yen lira rupees francs crowns kilometers
        kilometres miles meters metres centimeters millimeters feet inches yards kilograms grams
        tonnes tons ounces liters litres gallons seconds minutes hours days weeks months years
        decades centuries degrees watts kilowatts megawatts gigawatts volts amperes hertz joules
        bytes kilobytes megabytes gigabytes terabytes acres hectares hp knots mph kph degre nights
        milliseconds point cents""".split(),
    )
)
"""Units that never stand for one another; other nouns may be paraphrased."""
_VERBS_OF_ONE = frozenset(
    "believes sees has had can could will would must may might should knows takes is was".split()
)
_ROUGHLY = 0.05
"""How far a number may be from the one that "about" names."""
_NAMES = {
    "minut": "min", "second": "sec", "hour": "hr", "kilomet": "km", "meter": "m",
    "kilogram": "kg", "degre": "deg", "point": "percentagepoint",
}  # fmt: skip


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers of a text with their bounds."""
    return tuple(_quantity(text, number) for number in numbers(text))


def _quantity(text: str, number: Number) -> Quantity:
    before = text[max(0, number.start - 40) : number.start]
    role = _ROLE.search(before)
    return Quantity(
        number,
        bound_at(text, number.start, number.end),
        role["role"].casefold() if role else "",
        text[number.start : number.end].strip(),
    )


def bound_at(text: str, start: int, end: int) -> Bound:
    """How the words around a number limit it."""
    before, behind = text[max(0, start - 40) : start], text[end:]
    match = _BEFORE.search(before)
    if match:
        return {
            "about": Bound.ABOUT, "least": Bound.LEAST, "most": Bound.MOST,
            "over": Bound.OVER, "under": Bound.UNDER,
        }[str(match.lastgroup)]  # fmt: skip
    match = _BEHIND.match(behind)
    if match:
        return {"least": Bound.LEAST, "plus": Bound.LEAST, "most": Bound.MOST}.get(
            str(match.lastgroup), Bound.ABOUT
        )
    return Bound.EXACT


def quantity(claim: str, quotation: str) -> Lack | None:
    """A number of the claim that the quotation lacks, or has of something else or less exactly."""
    mine = quantities(claim)
    if not mine:
        return None
    theirs = quantities(quotation)
    for one in mine:
        lack = _missing(one, mine, theirs)
        if lack and not (lack.instead == "" and _is_indefinite(one.text, quotation)):
            return lack
    return _repeated(mine, theirs)


def _is_indefinite(text: str, quotation: str) -> bool:
    """Whether "one" counts nothing: "if one believes her", "one witness" beside "a witness"."""
    first, _, behind = text.partition(" ")
    if first.casefold() != "one" or not behind:
        return False
    article = re.compile(rf"\ban? (?:[\w-]+ )?{re.escape(behind)}\b", re.IGNORECASE)
    return behind in _VERBS_OF_ONE or bool(article.search(quotation))


def _repeated(mine: tuple[Quantity, ...], theirs: tuple[Quantity, ...]) -> Lack | None:
    """A number that stands twice in the claim, once of them for another of the quotation."""
    for at, one in enumerate(mine):
        earlier = [own for own in mine[:at] if _equal(own, one)]
        alike = [other for other in theirs if _equal(other, one)]
        free = [
            other
            for other in theirs
            if not any(_equal(other, own) for own in mine)
            and (_unit(other) == _unit(one) or len(theirs) == len(mine))
        ]
        if earlier and len(alike) <= len(earlier) and free:
            return Lack(Kind.NUMBER, one.text, free[0].text, clash=True)
    return None


def _missing(
    one: Quantity, mine: tuple[Quantity, ...], theirs: tuple[Quantity, ...]
) -> Lack | None:
    same = [other for other in theirs if _fits(one, other)]
    bound = [other for other in same if _same_thing(one, other, mine, theirs)]
    if any(_as_exact(one, other) and _same_role(one, other) for other in bound):
        return None
    if bound:
        return Lack(Kind.NUMBER, one.text, _phrase(bound[0]), _turned(one, bound[0]))
    if same and (_unit(one) in _MEASURES or _unit(same[0]) in _MEASURES):
        return Lack(Kind.UNIT, one.text, same[0].text, clash=True)
    rivals = [other for other in theirs if _unit(other) == _unit(one)]
    free = [other for other in rivals if not any(_equal(other, own) for own in mine)]
    if free:
        return Lack(Kind.NUMBER, one.text, free[0].text, clash=True)
    return Lack(Kind.NUMBER, one.text)


def _phrase(one: Quantity) -> str:
    return one.text if one.bound is Bound.EXACT else f"{one.bound} {one.text}"


def _equal(one: Quantity, other: Quantity) -> bool:
    return same_value(one.number.value, other.number.value)


def _fits(claimed: Quantity, stated: Quantity) -> bool:
    """Whether the values agree, as far as the claim's bound leaves room."""
    value, known = claimed.number.value, stated.number.value
    if same_value(value, known):
        return True
    if claimed.bound is Bound.ABOUT:
        return abs(value - known) <= _ROUGHLY * max(value, known)
    if not _both_units(claimed, stated):
        return False
    if claimed.bound in (Bound.LEAST, Bound.OVER):
        return known > value and stated.bound in (Bound.EXACT, Bound.LEAST, Bound.OVER, Bound.ABOUT)
    return claimed.bound is Bound.UNDER and known < value and stated.bound is Bound.EXACT


def _both_units(one: Quantity, other: Quantity) -> bool:
    return _unit(one) is not None and _unit(one) == _unit(other)


def _unit(one: Quantity) -> str | None:
    return one.number.unit


def _same_thing(
    one: Quantity, other: Quantity, mine: tuple[Quantity, ...], theirs: tuple[Quantity, ...]
) -> bool:
    """Whether two equal numbers count one thing, as far as the nouns behind them tell."""
    unit, stated = _unit(one), _unit(other)
    if unit == stated:
        return True
    if stated is None and any(_unit(rival) == unit for rival in theirs):
        return True  # "from 1.1 million to 1.4 million euros"
    if unit in _MEASURES or stated in _MEASURES:
        return unit is None and stated is not None and not _is_measured(one)
    if unit is None or stated is None:
        return True
    counted = any(_unit(rival) == unit and not _equal(rival, one) for rival in theirs)
    named = any(_unit(rival) == stated and not _equal(rival, other) for rival in mine)
    return not counted and not named


def _is_measured(one: Quantity) -> bool:
    return one.text[:1] in "$€£"


_CARRIED = {
    Bound.EXACT: (Bound.EXACT,),
    Bound.ABOUT: (Bound.EXACT, Bound.ABOUT),
    Bound.LEAST: (Bound.EXACT, Bound.LEAST, Bound.OVER),
    Bound.OVER: (Bound.OVER,),
    Bound.MOST: (Bound.EXACT, Bound.MOST, Bound.UNDER),
    Bound.UNDER: (Bound.UNDER,),
}
"""Which bounds of an equal number carry the claim's."""


def _as_exact(claimed: Quantity, stated: Quantity) -> bool:
    return not _equal(claimed, stated) or stated.bound in _CARRIED[claimed.bound]


_RISING = (Bound.LEAST, Bound.OVER)
_FALLING = (Bound.MOST, Bound.UNDER)


def _turned(one: Quantity, other: Quantity) -> bool:
    return (one.bound in _RISING and other.bound in _FALLING) or (
        one.bound in _FALLING and other.bound in _RISING
    )


def _same_role(one: Quantity, other: Quantity) -> bool:
    """ "From 3 to 5" is not "from 5 to 3", and "by 5" is not "to 5"."""
    return not one.role or not other.role or one.role == other.role
