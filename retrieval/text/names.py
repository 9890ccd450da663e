"""Names: runs of capitalised words, with particles between, in texts that use capitals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from retrieval.text.aliases import alias_key
from retrieval.text.terms import STOPWORDS, fold, terms
from retrieval.text.values import MONTHS

_NAME = re.compile(
    r"(?:[A-ZÀ-ÖØ-ÞĀ-ž][\w'’&-]*|[A-Z]\.)"
    r"(?:(?: (?:of|de|da|di|del|la|van|von|der|al|bin|ibn|the|and|for)){0,2}"
    r" ?(?:[A-ZÀ-ÖØ-ÞĀ-ž][\w'’&-]*|[A-Z]\.))*"
)
_ORGANISATION = re.compile(
    r"\b(?:Ministry|Center|Centre|Council|Union|Party|University|College|School|Company|Corp\w*"
    r"|Inc|Ltd|Bank|Agency|Department|Organi[sz]ation|Association|Committee|Commission|Institute"
    r"|Army|Forces?|Navy|Court|Congress|Parliament|Senate|Government|Directorate|Presidency|Group"
    r"|Church|League|Club|Team|Museum|Society|Foundation|Office|Board|Bureau|Authority|Mechanism"
    r"|Operation|Mountains?|River|Sea|Ocean|Lake|Island|County|City|State|Province|Region|Street"
    r"|Road|Park|Airport|War|Act|Treaty|Award|Prize|Series|Championship|Cup|Olympics)\b"
)
_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|President|Prime|Minister|King|Queen|Prince|Princess|Sir|Lord|Lady"
    r"|General|Gen|Admiral|Colonel|Captain|Senator|Judge|Pope|Saint|St|Chancellor|Governor|Mayor"
    r"|Secretary|Director|Chairman|Chief|Professor|Emperor|Sultan|Sheikh|Bishop|Archbishop"
    r"|spokesman|spokesperson|spokeswoman)\b"
)


_MONTH_STARTS = frozenset({"jan", "feb", "apr", "aug", "sep", "oct", "nov", "dec"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, its place, and the terms of its words."""

    text: str
    start: int
    end: int
    terms: frozenset[str]


@lru_cache(maxsize=8192)
def names(text: str) -> tuple[Name, ...]:
    """The names of `text` in order; none in text written without lower-case letters.

    A single capitalised word at the start of a sentence is a name only if it is a country's.
    """
    if not any(char.islower() for char in text):
        return ()
    found = []
    for match in _NAME.finditer(text):
        for start, part in _parts(match.start(), match.group()):
            name = _trimmed(text, start, part)
            if name:
                found.append(name)
    return tuple(found)


def _parts(start: int, run: str) -> list[tuple[int, str]]:
    """A run cut at "and" and "for", unless they belong to an organisation's name."""
    joint = re.search(r" (?:and|for)(?: the)? ", run)
    if not joint or _ORGANISATION.search(run[: joint.start()]):
        return [(start, run)]
    return [(start, run[: joint.start()]), *_parts(start + joint.end(), run[joint.end() :])]


def _trimmed(text: str, start: int, run: str) -> Name | None:
    words = run.split(" ")
    while words and fold(words[0]) in STOPWORDS:
        start += len(words.pop(0)) + 1
    while words and words[-1][:1].islower():
        words.pop()
    name = " ".join(words)
    keys = frozenset(terms(name))
    if not keys or (len(words) == 1 and not _stands_alone(text, start, name, keys)):
        return None
    return Name(name, start, start + len(name), keys)


def _stands_alone(text: str, start: int, word: str, keys: frozenset[str]) -> bool:
    if _is_calendar(word):
        return False
    return not _opens_sentence(text, start) or any(alias_key(key) for key in keys)


def _is_calendar(word: str) -> bool:
    folded = fold(word).rstrip(".")
    return folded.endswith("day") or folded in MONTHS or folded in _MONTH_STARTS


def _opens_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip()
    return not before or before[-1] in ".!?\"“”:»)]'"


def is_person(name: Name, text: str) -> bool:
    """Whether a name looks like a person's: two words or a title, and no organisation's word."""
    if _ORGANISATION.search(name.text):
        return False
    if _TITLE.search(text[max(0, name.start - 24) : name.end]):
        return True
    return len(name.text.split()) in (2, 3)
