"""Aliases: names that mean the same, known from a table of countries.

"Turkey", "Türkiye" and "Turkish" name one country; in reports its seat of government speaks for
it ("Ankara says"). An alias lets a question find a text; a quotation always keeps its own words.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from retrieval.text.terms import terms

_TABLE = Path(__file__).with_name("countries.txt")


@cache
def _names() -> dict[tuple[str, ...], str]:
    """Terms of a name -> the country's key; seats of government included."""
    found: dict[tuple[str, ...], str] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        country, *others = line.split(";")
        key = "country:" + "-".join(terms(country))
        for name in [country, *(n for field in others for n in field.split(",") if n)]:
            found[tuple(terms(name))] = key
    return found


@cache
def _single() -> dict[str, str]:
    return {name[0]: key for name, key in _names().items() if len(name) == 1}


@cache
def _siblings() -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for name, key in _names().items():
        groups.setdefault(key, set()).update(name)
    return {
        name[0]: frozenset(groups[key] - {name[0]})
        for name, key in _names().items()
        if len(name) == 1
    }


def alias_key(term_: str) -> str | None:
    """The country that a single term names, as a key; None for any other term."""
    return _single().get(term_)


def expansions(term_: str) -> frozenset[str]:
    """Other terms under which the same thing may stand in a text, for lexical search."""
    return _siblings().get(term_, frozenset())


@lru_cache(maxsize=32_768)
def keys(text: str) -> frozenset[str]:
    """The terms of a text, and the keys of the countries that they name."""
    found = frozenset(terms(text))
    return found | {key for t in found if (key := alias_key(t))}


def holds(keys_: frozenset[str], term_: str) -> bool:
    """Whether a term stands in a text with these keys, as it is or under an alias."""
    return term_ in keys_ or _single().get(term_, "") in keys_
