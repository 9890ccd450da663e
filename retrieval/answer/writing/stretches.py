"""Stretches: a quotation cut where its clauses may end, and which values stand in which piece."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from retrieval.text.dates import dates
from retrieval.text.names import names
from retrieval.text.pairing import Token, tokens
from retrieval.text.values import numbers

NAMED, COUNTED, DATED = "name", "number", "date"
_CUT = re.compile(
    r"[;:—–]|, |(?<=[.!?])\s|\b(?:and|but|or|while|whereas|who|which|whose|where|when|after|before"
    r"|because|although|though|since|until|than)\b"
)
_FIGURES = re.compile(r"\W*[\w.,]+")


@dataclass(frozen=True, slots=True)
class Value:
    """A name, number or date, by the content words that it consists of, and its stretch."""

    kind: str
    places: frozenset[int]
    stretch: int
    start: int
    end: int


@lru_cache(maxsize=2048)
def stretches_of(text: str) -> tuple[int, ...]:
    """The stretch of the text in which each content word stands."""
    cuts = [match.start() for match in _CUT.finditer(text)]
    return tuple(sum(cut <= token.start for cut in cuts) for token in tokens(text))


@lru_cache(maxsize=2048)
def values_of(text: str) -> tuple[Value, ...]:
    """The names, numbers and dates of a text, by kind."""
    found, stretches = tokens(text), stretches_of(text)
    return tuple(
        Value(kind, places, stretches[min(places)], start, end)
        for kind, spans in _spans(text)
        for start, end in spans
        if (places := _inside(found, start, end))
    )


def _spans(text: str) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    yield NAMED, [(n.start, n.end) for n in names(text)]
    yield COUNTED, [(n.start, _first_end(text, n.start, n.end)) for n in numbers(text)]
    yield DATED, [(d.start, d.end) for d in dates(text) if d.year or d.month or d.day]


def _first_end(text: str, start: int, end: int) -> int:
    """The end of the number itself, without what it counts."""
    figures = _FIGURES.match(text, start, end)
    return figures.end() if figures else end


def _inside(found: tuple[Token, ...], start: int, end: int) -> frozenset[int]:
    return frozenset(at for at, token in enumerate(found) if start <= token.start < end)
