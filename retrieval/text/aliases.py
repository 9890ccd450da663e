"""Aliases: names that mean the same, known from a table of countries.

"Turkey", "Türkiye" and "Turkish" name one country; in reports its seat of government speaks for
it ("Ankara says"). An alias lets a question find a text; a quotation always keeps its own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

from retrieval.text.terms import spelled_terms, terms

_TABLE = Path(__file__).with_name("countries.txt")
_COMMON_NOUNS = frozenset(terms("china polish turkey swede"))
"""Words that name a country only with a capital."""
_SHARED = frozenset(terms("north south new"))
"""Words of names that say too little by themselves to stand for a country."""


@cache
def _names() -> dict[tuple[str, ...], str]:
    """Terms of a name -> the country's key; seats of government included."""
    found: dict[tuple[str, ...], str] = {}
    for country, others in _rows():
        for name in (country, *others):
            found.setdefault(tuple(terms(name)), _key(country))
    return found


def _rows() -> Iterator[tuple[str, list[str]]]:
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            country, *others = line.split(";")
            yield country, [name for field in others for name in field.split(",") if name]


def _key(country: str) -> str:
    return "country:" + "-".join(terms(country))


@cache
def _single() -> dict[str, str]:
    return {name[0]: key for name, key in _names().items() if len(name) == 1}


@cache
def _longer() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Names of several words by their first term."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, key in _names().items():
        if len(name) > 1:
            found.setdefault(name[0], []).append((name, key))
    return found


@cache
def _official() -> dict[str, frozenset[str]]:
    """Key -> the terms of the country's own name, if it has several words ("united", "states")."""
    names_ = {_key(country): terms(country) for country, _ in _rows()}
    return {key: frozenset(name) - _SHARED for key, name in names_.items() if len(name) > 1}


@cache
def _siblings() -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {key: set(name) for key, name in _official().items()}
    for name, key in _single().items():
        groups.setdefault(key, set()).add(name)
    return {name: frozenset(groups[key] - {name}) for name, key in _single().items()}


@cache
def _seats() -> frozenset[str]:
    """Single terms of seats of government."""
    seats = (line.split(";")[3:] for line in _TABLE.read_text(encoding="utf-8").splitlines())
    found = (terms(name) for row in seats for field in row for name in field.split(","))
    return frozenset(name[0] for name in found if len(name) == 1)


def is_seat(term_: str) -> bool:
    """Whether a term names a seat of government, which speaks for a country but is only a part."""
    return term_ in _seats()


def alias_key(term_: str) -> str | None:
    """The country that a single term names, as a key; None for any other term."""
    return _single().get(term_)


def is_country(name: str) -> bool:
    """Whether a whole name is a country's, its people's or its seat of government's."""
    return tuple(terms(name)) in _names()


def expansions(term_: str) -> frozenset[str]:
    """Other terms under which the same thing may stand in a text, for lexical search."""
    return _siblings().get(term_, frozenset())


@lru_cache(maxsize=32_768)
def keys(text: str) -> frozenset[str]:
    """The terms of a text, and the keys of the countries that they name.

    A country called by a short name also brings the words of its own name: "U.S.", "United States".
    """
    spelled = spelled_terms(text)
    found = {t for t, _ in spelled}
    named = {_single()[t] for t in found & _single().keys() if _is_named(t, spelled)}
    for first in found & _longer().keys():
        named |= _longer_names(first, [t for t, _ in spelled])
    return frozenset(found.union(named, *(_official().get(key, ()) for key in named)))


def _is_named(term_: str, spelled: Sequence[tuple[str, str]]) -> bool:
    """Whether a term stands for its country; "turkey" and "china" only with a capital."""
    if term_ not in _COMMON_NOUNS:
        return True
    return any(word[0].isupper() for t, word in spelled if t == term_)


def _longer_names(first: str, found: Sequence[str]) -> set[str]:
    """Keys of the names of several words that begin with a term and stand in the text."""
    return {
        key
        for at, t in enumerate(found)
        if t == first
        for name, key in _longer()[first]
        if tuple(found[at : at + len(name)]) == name
    }


def holds(keys_: frozenset[str], term_: str) -> bool:
    """Whether a term stands in a text with these keys, as it is or under an alias."""
    return term_ in keys_ or _single().get(term_, "") in keys_
