"""Designations: a kind or a name with the code that tells one such thing from its siblings.

"Heron 200", "contract 4711", "Grade 6", "Building C", "the third floor": with another code it is
another thing, of which the same need not hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from retrieval.text.dates import MONTHS, clock_times, dates
from retrieval.text.names import OPENERS
from retrieval.text.spans import Spans
from retrieval.text.terms import fold, is_stopword, term

_KINDS = frozenset(
    map(
        term,
        """grade level tier class category type model series version release edition issue volume
        chapter section article clause paragraph appendix annex schedule exhibit part phase stage
        step room floor storey building block hall house wing unit flat apartment suite office gate
        platform terminal pier dock berth bay track line route bus tram train flight road motorway
        zone area region district ward sector site plant depot warehouse branch station store shop
        factory lot plot parcel contract agreement lease policy order invoice
        ticket case file form permit licence account budget project programme work package team
        group squad shift crew course module lesson unit exam season episode round week
        sprint batch sample trial study cohort arm patient machine engine pump valve reactor boiler
        server node rack port channel figure table rule regulation directive option plan scenario
        proposal motion resolution amendment bill act war""".split(),
    )
)  # fmt: skip
"""Common nouns of which one is told from another by a number or a letter."""
_NUMBERED = re.compile(
    r"\b(?:invoice|contract|agreement|order|ticket|case|file|form|flat|apartment|room|account|lot"
    r"|permit|licence|lease)(?: (?:no\.?|number|nr\.?))? #?$",
    re.IGNORECASE,
)
"""Kinds whose numbers look like years now and then, and never are."""
_NUMERALS = {
    word: str(value)
    for value, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), 1
    )
}
_ORDINALS = {
    word: str(value)
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
        .split(), 1
    )
}  # fmt: skip
_ROMAN = {
    word: str(value)
    for value, word in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), 1)
}
_CODE = r"(?:\d{1,3}(?:\.\d{1,3})+|\d{1,6}[A-Za-z]?|[A-Z]-?\d{1,5}|[IVX]{1,4}|[A-Z])"
_END = r"(?![\w%°€$£]|[.,:/]\d| ?[%€$£])"
_JOINT = r"(?:, and |, | and | or | to |[–-])"
_ONE = re.compile(
    r"\b(?P<head>[^\W\d_][^\W\d_’'-]*)(?: (?:no\.?|number|nr\.?))? #?"
    rf"(?P<code>{_CODE}|{'|'.join(_NUMERALS)}){_END}"
)
_SEVERAL = re.compile(rf"\b(?P<head>[^\W\d_]+s) (?P<codes>{_CODE}(?:{_JOINT}{_CODE})+){_END}")
_NTH = re.compile(
    rf"\b(?P<nth>{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th)) (?P<head>[^\W\d_]+)", re.IGNORECASE
)
_RANGE = re.compile(r"(\d+) ?(?:to|–|-) ?(\d+)")
_CALENDAR = frozenset((*MONTHS, *(month[:3] for month in MONTHS), "sept"))
_QUALIFYING = frozenset(
    """nearly almost around roughly approximately exactly barely another under over least most
    up page pages""".split()
)
_COUNTED = re.compile(
    r" (?:percent|per cent|euros?|dollars?|pounds?|seconds?|minutes?|hours?|days?|weeks?|months?"
    r"|years?|people|members|times|points|million|billion|thousand|k?m|kg|tonnes?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Designation:
    """The term of a kind or name, the codes of it that are named, and the place of all."""

    head: str
    codes: frozenset[str]
    start: int
    end: int


def is_same(one: Designation, other: Designation) -> bool:
    """Whether two designations can be of one thing."""
    return one.head == other.head and not one.codes.isdisjoint(other.codes)


@lru_cache(maxsize=8192)
def designations(text: str) -> tuple[Designation, ...]:
    """The designations of a text in order; dates and times of day are none."""
    taken = Spans()
    for date in dates(text):
        is_number = date.month is None and _NUMBERED.search(text[: date.start])
        if (date.year or date.day) and not is_number:
            taken.take(date.start, date.end)
    for start, end in clock_times(text):
        taken.take(start, end)
    found = [one for one in (*_behind(text), *_before(text)) if taken.take(one.start, one.end)]
    return tuple(sorted(found, key=lambda one: one.start))


def _behind(text: str) -> Iterator[Designation]:
    """ "Grade 6", "Heron 200", "rooms 3 and 4"."""
    for match in _SEVERAL.finditer(text):
        if term(match["head"]) in _KINDS:
            yield Designation(term(match["head"]), _codes(match["codes"]), *match.span())
    for match in _ONE.finditer(text):
        head, code = match["head"], match["code"]
        is_coded = code[0].isdigit() or code in _ROMAN
        if (term(head) in _KINDS or (is_coded and _is_named(head))) and not _COUNTED.match(
            text, match.end()
        ):
            yield Designation(term(head), frozenset({_plain(code)}), *match.span())


def _before(text: str) -> Iterator[Designation]:
    """ "The third floor"."""
    for match in _NTH.finditer(text):
        if term(match["head"]) in _KINDS:
            nth = fold(match["nth"])
            code = _ORDINALS.get(nth) or re.sub(r"\D", "", nth)
            yield Designation(term(match["head"]), frozenset({code}), match.start(), match.end())


def _is_named(word: str) -> bool:
    plain = fold(word)
    is_word = is_stopword(word) or plain in OPENERS | _CALENDAR | _QUALIFYING
    return word[0].isupper() and len(word) > 1 and not is_word and not plain.endswith("ly")


def _codes(written: str) -> frozenset[str]:
    """The codes of a list or a range."""
    found = {_plain(code) for code in re.findall(_CODE, written)}
    for start, end in _RANGE.findall(written):
        found.update(map(str, range(int(start), min(int(end), int(start) + 100) + 1)))
    return frozenset(found)


def _plain(code: str) -> str:
    """A code in one form: "III", "three" and "3" are one."""
    return _ROMAN.get(code) or _NUMERALS.get(code) or fold(code)
