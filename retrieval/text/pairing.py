"""Pairing: the words of a claim beside the same words of a quotation.

A check compares what governs a word in the claim ("not", "may", "all") with what governs the same
word in the quotation. Words are the same if their terms are; of several places the one with the
most neighbours in common is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from retrieval.text.terms import fold, is_stopword, term, words

_WINDOW = 3
"""Neighbours on each side that tell two places of one word apart."""
_REACH = 3
"""Content words behind a cue that it may govern."""
_STOPS = re.compile(r"[;:?!—]|\.(?=\s|$)|\b(?:but|because|although|though|whereas|while)\b")
_ADVERB = re.compile(r"\w{3,}ly")


@dataclass(frozen=True, slots=True)
class Token:
    """A content word: as written, its term and its place."""

    word: str
    term: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that governs others: its class, its place, and what it governs.

    `scope` holds positions of content words, the nearest first.
    """

    kind: str
    text: str
    start: int
    end: int
    scope: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """The content words of both texts, and which word of the claim is which of the quotation."""

    claim: tuple[Token, ...]
    quotation: tuple[Token, ...]
    links: dict[int, int]
    back: dict[int, int]


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """The content words of a text in order."""
    return tuple(
        Token(word, term(word), start, end)
        for start, end in words(text)
        if not is_stopword(word := text[start:end])
    )


@lru_cache(maxsize=1024)
def paired(claim: str, quotation: str) -> Pair:
    """Pair the words of a claim with those of a quotation, each with one at most."""
    left, right = tokens(claim), tokens(quotation)
    here, there = _places(left), _places(right)
    links: dict[int, int] = {}
    for word, own in here.items():
        others = there.get(word)
        if others is None:
            continue
        if len(own) == len(others) == 1:
            links[own[0]] = others[0]
        else:
            links.update(_matched_places(own, others, left, right))
    return Pair(left, right, links, {there: here for here, there in links.items()})


def _places(found: tuple[Token, ...]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for at, token in enumerate(found):
        places.setdefault(token.term, []).append(at)
    return places


def _matched_places(
    own: list[int], others: list[int], left: tuple[Token, ...], right: tuple[Token, ...]
) -> dict[int, int]:
    """Places of one word on both sides, those with the most neighbours in common first."""
    around = {at: neighbours(left, at, _WINDOW) for at in own}
    beside = {at: neighbours(right, at, _WINDOW) for at in others}
    ranked = sorted(
        ((n, m) for n in own for m in others),
        key=lambda both: (-len(around[both[0]] & beside[both[1]]), abs(both[0] - both[1])),
    )
    links: dict[int, int] = {}
    for n, m in ranked:
        if n not in links and m not in links.values():
            links[n] = m
    return links


def neighbours(tokens_: tuple[Token, ...], at: int, reach: int) -> set[str]:
    """The terms next to a place, without its own."""
    own = tokens_[at].term
    near = tokens_[max(0, at - reach) : at + reach + 1]
    return {token.term for token in near if token.term != own}


def matched(
    pair: Pair, mine: Sequence[Cue], theirs: Sequence[Cue]
) -> tuple[list[tuple[Cue, Cue]], list[Cue], list[Cue]]:
    """Cues that govern the same words, each with one at most, and those left over on both sides.

    Cues with the same words and the same next word are matched first.
    """
    found: list[tuple[Cue, Cue]] = []
    left, right = list(mine), list(theirs)
    for alike in (_is_same, _is_at_one_word, _overlap):
        for one in tuple(left):
            other = next((cue for cue in right if alike(pair, one, cue)), None)
            if other:
                found.append((one, other))
                left.remove(one)
                right.remove(other)
    return found, left, right


def _is_same(pair: Pair, one: Cue, other: Cue) -> bool:
    return one.text.casefold() == other.text.casefold() and _is_at_one_word(pair, one, other)


def _is_at_one_word(pair: Pair, one: Cue, other: Cue) -> bool:
    return bool(one.scope and other.scope) and pair.links.get(one.scope[0]) == other.scope[0]


def _overlap(pair: Pair, one: Cue, other: Cue) -> bool:
    return any(pair.links.get(at) in other.scope for at in one.scope)


def cues(text: str, pattern: re.Pattern[str]) -> tuple[Cue, ...]:
    """The cues of a text; each named group of the pattern is a class of cues."""
    found = [m for m in pattern.finditer(text) if m.lastgroup]
    return tuple(_cue(text, match, found) for match in found)


def _cue(text: str, match: re.Match[str], others: Iterable[re.Match[str]]) -> Cue:
    stop = _STOPS.search(text, match.end())
    end = stop.start() if stop else len(text)
    blocked = [other.span() for other in others]
    scope = tuple(_governed(text, match.end(), end, blocked))[:_REACH]
    if not scope:
        before = [at for at, token in enumerate(tokens(text)) if token.end <= match.start()]
        scope = tuple(before[-1:])
    return Cue(match.lastgroup or "", match.group().strip(), match.start(), match.end(), scope)


def _governed(text: str, start: int, end: int, blocked: list[tuple[int, int]]) -> Iterator[int]:
    """Content words behind a cue, without adverbs in between and parts of other cues."""
    seen = False
    for at, token in enumerate(tokens(text)):
        if token.start < start or any(a <= token.start < b for a, b in blocked):
            continue
        if token.start >= end:
            return
        if not seen and _ADVERB.fullmatch(fold(token.word)):
            continue
        seen = True
        yield at
