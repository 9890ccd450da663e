"""Small changes that make a true sentence say something else: the judges' adversarial practice.

Each change touches one thing: a number, a year, a name, a unit, the polarity, the commitment, a
quantity word, an opposite. No language model is needed, and the result is as natural as the
original, so that nothing but reading tells the two apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from random import Random

from retrieval.text.names import Name, is_person, names
from retrieval.text.values import dates, numbers

Change = Callable[[str, Random], str | None]

_UNITS = (
    "kilometres miles metres feet inches", "kilograms pounds tonnes grams", "hours minutes days "
    "weeks months years decades centuries", "dollars euros pounds yen francs", "litres gallons",
)  # fmt: skip
_WEAKER = (
    (" will ", " may "), (" is ", " may be "), (" are ", " may be "), (" was ", " may have been "),
    (" were ", " may have been "), (" has ", " may have "), (" can ", " might "),
    (" did ", " planned to "),
)  # fmt: skip
_QUANTITIES = (
    ("all ", "some "), ("every ", "some "), ("most ", "a few "), ("many ", "few "), ("only ", ""),
    ("always ", "sometimes "), ("usually ", "rarely "), ("at least ", "at most "),
    ("more than ", "less than "), ("over ", "under "), ("both ", "neither of the "),
    ("first ", "last "), ("largest ", "smallest "), ("highest ", "lowest "), ("oldest ", "newest "),
    ("before ", "after "), ("more ", "less "), ("higher ", "lower "), ("larger ", "smaller "),
    ("increased ", "decreased "), ("north", "south"), ("east", "west"), ("major ", "minor "),
    ("early ", "late "), ("won ", "lost "), ("began ", "ended "), ("public ", "private "),
)  # fmt: skip
_NEGATE = re.compile(r" (is|are|was|were|has|have|had|can|could|will|would|should|may|must)(?= )")
_NEGATED = re.compile(r" (?:not|never)(?= )|n['’]t\b")


class Names:
    """Names to put in the place of others, by whether they are people's."""

    def __init__(self, texts: Iterable[str]) -> None:
        people: dict[str, None] = {}
        others: dict[str, None] = {}
        for text in texts:
            for name in names(text):
                (people if is_person(name, text) else others)[name.text] = None
        self._pools = {True: list(people), False: list(others)}

    def another(self, name: Name, text: str, random: Random) -> str | None:
        """A name of the same kind and about the same length that the text does not hold."""
        pool = self._pools[is_person(name, text)]
        words = name.text.count(" ")
        for _ in range(20):
            other = random.choice(pool)
            if other.count(" ") == words and other not in text and name.text not in other:
                return other
        return None


def change_name(text: str, random: Random, pool: Names, among: str | None = None) -> str | None:
    """Put another name in the place of one; with `among` only of one that it holds."""
    found = [n for n in names(text) if n.start and (among is None or n.text in among)]
    if not found:
        return None
    name = random.choice(found)
    other = pool.another(name, text, random)
    return other and text[: name.start] + other + text[name.end :]


def change_number(text: str, random: Random) -> str | None:
    """Another number in the place of one in digits, of the same length or nearly."""
    inside = [(d.start, d.end) for d in dates(text)]
    found = [
        m for n in numbers(text) if not any(a <= n.start < b for a, b in inside)
        for m in [re.compile(r"\d[\d,.]*\d|\d").search(text, n.start, n.end)] if m
    ]  # fmt: skip
    if not found:
        return None
    match = random.choice(found)
    return text[: match.start()] + _other_digits(match.group(), random) + text[match.end() :]


def change_date(text: str, random: Random) -> str | None:
    """Another year, month or day."""
    found = [(d.start, d.end) for d in dates(text) if d.year or d.month]
    if not found:
        return None
    start, end = random.choice(found)
    stated = text[start:end]
    months = [m for m in _MONTHS if m in stated]
    if months and random.random() < 0.4:
        other = random.choice([m for m in _MONTHS if m not in months])
        return text[:start] + stated.replace(months[0], other) + text[end:]
    match = re.search(r"\d+", stated)
    if not match:
        return None
    digits = match.group()
    year = int(digits) + random.choice((-30, -10, -4, -2, -1, 1, 2, 3, 10, 20))
    other = str(year) if len(digits) == 4 else _other_digits(digits, random)
    return text[:start] + stated[: match.start()] + other + stated[match.end() :] + text[end:]


def change_unit(text: str, random: Random) -> str | None:
    """Another unit of the same dimension."""
    for row in random.sample(_UNITS, len(_UNITS)):
        units = row.split()
        match = re.search(rf"(?<=\d )({'|'.join(units)})\b", text)
        if match:
            other = random.choice([u for u in units if u != match.group()])
            return text[: match.start()] + other + text[match.end() :]
    return None


def negate(text: str, random: Random) -> str | None:
    """Put in a negation, or take one away."""
    stated = _NEGATED.search(text)
    if stated:
        return text[: stated.start()] + text[stated.end() :] if stated.group()[0] == " " else None
    found = list(_NEGATE.finditer(text))
    if not found:
        return None
    match = found[0]
    word = (
        " never" if match.group(1) in ("has", "have", "had") and random.random() < 0.5 else " not"
    )
    return text[: match.end()] + word + text[match.end() :]


def weaken(text: str, random: Random) -> str | None:
    """Say less than that it is so."""
    for firm, weak in random.sample(_WEAKER, len(_WEAKER)):
        if firm in text:
            return text.replace(firm, weak, 1)
    return None


def change_quantity(text: str, random: Random) -> str | None:
    """Another quantity word, comparison or opposite."""
    for one, other in random.sample(_QUANTITIES, len(_QUANTITIES)):
        for here, there in random.sample(((one, other), (other, one)), 2):
            match = here and re.search(rf"(?<![\w-]){re.escape(here)}", text)
            if match and (there or match.start()):
                return text[: match.start()] + there + text[match.end() :]
    return None


def _other_digits(digits: str, random: Random) -> str:
    """Digits of the same shape with another value."""
    places = [i for i, c in enumerate(digits) if c.isdigit()]
    at = random.choice(places[:2])
    first = at == places[0] and len(places) > 1
    choices = [d for d in "0123456789"[first:] if d != digits[at]]
    return digits[:at] + random.choice(choices) + digits[at + 1 :]


_MONTHS = (
    "January February March April May June July August September October November December".split()
)
