"""Names: runs of capitalised words, with particles between, in texts that use capitals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from retrieval.text.aliases import alias_key, is_country
from retrieval.text.dates import MONTHS
from retrieval.text.terms import fold, is_stopword, terms

_MOST_WORDS = 15
"""Words of a run that are read as one name; a text of capitals only is no name."""
_CAPITAL = "".join(char for char in map(chr, range(0x1FFF)) if char.isupper())
_ABBREVIATED = r"(?:Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Sgt|Prof|Sen|Rep|Gov|Rev|Capt|Mt|Maj|Adm)\."
_WORD = rf"(?:{_ABBREVIATED}|(?:[{_CAPITAL}]\.)+|[{_CAPITAL}][\w'’&-]*)"
_NAME = re.compile(
    rf"(?<![\w'’]){_WORD}"
    r"(?:(?: (?:of|de|da|di|del|du|dos|la|le|van|von|der|den|ter|al|el|bin|ibn|ben|the|and|for|&)"
    rf"){{0,2}} ?{_WORD}){{0,{_MOST_WORDS}}}"
)
_ORGANISATION = re.compile(
    r"\b(?:Ministry|Center|Centre|Council|Union|Party|University|College|School|Company|Corp\w*"
    r"|Inc|Ltd|Bank|Agency|Department|Organi[sz]ation|Association|Committee|Commission|Institute"
    r"|Army|Forces?|Navy|Court|Congress|Parliament|Senate|Government|Directorate|Presidency|Group"
    r"|Church|League|Club|Team|Museum|Society|Foundation|Office|Board|Bureau|Authority|Mechanism"
    r"|Operation|Mountains?|River|Sea|Ocean|Lake|Island|County|City|State|Province|Region|Street"
    r"|Road|Park|Airport|War|Act|Treaty|Award|Prize|Series|Championship|Cup|Olympics"
    r"|Times|Post|News|Press|Journal|Magazine|Police|Ministers|Airlines|Systems|Studios|Records"
    r"|Pictures|Festival|Station|Hospital|Tower|Bridge|Palace|Castle|Hall|Square|Valley|Desert|Bay"
    r"|Strait|Gulf|Peninsula|Empire|Kingdom|Republic|Federation|States|Dynasty|Revolution|Games"
    r"|Bowl|Stadium|Library|Building|Law|Constitution|Amendment|Conference|Summit|Agreement|Pact"
    r"|Convention|Protocol|Program(?:me)?|Project|Service|Network|Television|Battle|Academy)\b"
)
_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|President|Prime|Minister|King|Queen|Prince|Princess|Sir|Lady"
    r"|General|Gen|Admiral|Colonel|Captain|Senator|Judge|Pope|Chancellor|Governor|Mayor"
    r"|Secretary|Director|Chairman|Chief|Professor|Emperor|Sultan|Sheikh|Bishop|Archbishop"
    r"|spokesman|spokesperson|spokeswoman)\b"
)
_TITLE_BEFORE = re.compile(rf"{_TITLE.pattern}\.?,? $")
_PLACE_START = frozenset(
    "new north south east west san santa los las el saint st fort port mount cape the".split()
)
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_CALENDAR = (
    frozenset(MONTHS) | _WEEKDAYS | frozenset("jan feb mar apr aug sep sept oct nov dec".split())
)
_ROMAN = re.compile(r"[IVX]+")
_DIGIT = re.compile(r"\d")
OPENERS = frozenset(
    """also although however though despite during since meanwhile later earlier today yesterday
    recently according following unlike like near besides yes no describe explain name list give
    show tell compare define find summarise summarize please does did""".split()
)
"""Words that begin a sentence with a capital and belong to no name."""


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

    A single capitalised word at the start of a sentence is a name only if it is a country's or can
    be nothing else ("PKK", "Aktürk").
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


_JOINT = re.compile(r" (?P<word>and|for)(?P<the> the)? ")


def _parts(start: int, run: str) -> list[tuple[int, str]]:
    """A run cut behind a country's possessive, and at "and" and "for" outside organisations."""
    owner = re.match(r"[^ ]+['’]s (?=.)", run)
    if owner and is_country(owner.group()):
        return [(start, owner.group().strip()), *_parts(start + owner.end(), run[owner.end() :])]
    joint = _JOINT.search(run)
    if not joint or _is_joined(run[: joint.start()], joint, run[joint.end() :]):
        return [(start, run)]
    return [(start, run[: joint.start()]), *_parts(start + joint.end(), run[joint.end() :])]


def _is_joined(before: str, joint: re.Match[str], after: str) -> bool:
    """ "Center for Research", "Ministry of Health and Welfare", but not "the Union and Türkiye"."""
    if joint["word"] == "for":
        return _ORGANISATION.search(before) is not None
    inside = re.search(rf"{_ORGANISATION.pattern} (?:of|for)\b", before)
    return bool(inside) and not joint["the"] and not is_country(after)


def _trimmed(text: str, start: int, run: str) -> Name | None:
    words = run.split(" ")
    while words and _is_no_part(words[0], text, start):
        start += len(words.pop(0)) + 1
    while words and words[-1][:1].islower():
        words.pop()
    name = re.sub(r"['’]s?$", "", " ".join(words))
    keys = frozenset(terms(name))
    if not keys or (len(words) == 1 and not _stands_alone(text, start, name, keys)):
        return None
    return Name(name, start, start + len(name), keys)


def _is_no_part(word: str, text: str, start: int) -> bool:
    return is_stopword(word) or (fold(word) in OPENERS and _opens_sentence(text, start))


def _stands_alone(text: str, start: int, word: str, keys: frozenset[str]) -> bool:
    if fold(word).rstrip(".") in _CALENDAR:
        return False
    return (
        not _opens_sentence(text, start)
        or _is_shaped_like_a_name(word)
        or any(alias_key(key) for key in keys)
    )


def _is_shaped_like_a_name(word: str) -> bool:
    """Whether a word can only be a name: a further capital, a digit, a letter with a mark."""
    return not word.isascii() or any(char.isupper() or char.isdigit() for char in word[1:])


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 8) : start].rstrip()
    return not before or before[-1] in ".!?\"“”:»)]'*-•"


def is_person(name: Name, text: str) -> bool:
    """Whether a name looks like a person's: two words or a title, and no organisation's word."""
    if _ORGANISATION.search(name.text) or is_country(name.text):
        return False
    if _TITLE.search(name.text) or _TITLE_BEFORE.search(text[max(0, name.start - 24) : name.start]):
        return True
    words = name.text.split()
    return len(words) in (2, 3) and all(map(_may_be_a_persons, words))


def _may_be_a_persons(word: str) -> bool:
    if word.isupper() and len(word) > 1 and "." not in word:
        return _ROMAN.fullmatch(word) is not None
    folded = fold(word).rstrip(".")
    return word != "&" and not _DIGIT.search(word) and folded not in _PLACE_START | _WEEKDAYS
