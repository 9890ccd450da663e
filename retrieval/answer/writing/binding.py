"""Binding: what belongs together in the quotation is not put together otherwise.

A sentence whose words all stand in the quotation may still be none of its statements: the subject
of one clause with the verb of another, two figures in each other's place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from retrieval.text.dates import dates
from retrieval.text.names import names
from retrieval.text.pairing import Pair, Token, paired, tokens
from retrieval.text.values import numbers

_CUT = re.compile(
    r"[;:—–]|, |(?<=[.!?])\s|\b(?:and|but|or|while|whereas|who|which|whose|where|when|after|before"
    r"|because|although|though|since|until|than)\b"
)
_NAMED, _COUNTED, _DATED = "name", "number", "date"
_NEAR = 2
"""Content words on each side of a value that may tell whose it is."""
_RANGE = re.compile(r"\W*(?:to|through|until|till|-|–|—|and)?\W*", re.IGNORECASE)
_FIGURES = re.compile(r"\W*[\w.,]+")
_OWNER = re.compile(r"(?:['’]s|s['’])$")
_SPACE = re.compile(r"['’]?[ ]")
_OF = re.compile(r"\b(?:of|by|for|in|at|to|from|with) (?:the |a |an )?$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+(?:[-–/]\d+)+")


@dataclass(frozen=True, slots=True)
class _Value:
    """A name, number or date, by the content words that it consists of, and its stretch."""

    kind: str
    places: frozenset[int]
    stretch: int
    start: int
    end: int


@lru_cache(maxsize=2048)
def _stretches(text: str) -> tuple[int, ...]:
    """The stretch of the text in which each content word stands."""
    cuts = [match.start() for match in _CUT.finditer(text)]
    return tuple(sum(cut <= token.start for cut in cuts) for token in tokens(text))


@lru_cache(maxsize=2048)
def _values(text: str) -> tuple[_Value, ...]:
    found, stretches = tokens(text), _stretches(text)
    return tuple(
        _Value(kind, places, stretches[min(places)], start, end)
        for kind, spans in _spans(text)
        for start, end in spans
        if (places := _inside(found, start, end))
    )


def _spans(text: str) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    yield _NAMED, [(n.start, n.end) for n in names(text)]
    yield _COUNTED, [(n.start, _first_end(text, n.start, n.end)) for n in numbers(text)]
    yield _DATED, [(d.start, d.end) for d in dates(text) if d.year or d.month or d.day]


def _first_end(text: str, start: int, end: int) -> int:
    """The end of the number itself, without what it counts."""
    figures = _FIGURES.match(text, start, end)
    return figures.end() if figures else end


def _inside(found: tuple[Token, ...], start: int, end: int) -> frozenset[int]:
    return frozenset(at for at, token in enumerate(found) if start <= token.start < end)


def crossed(text: str, quoted: str) -> str | None:
    """A value of one stretch of the quotation beside words of another that has its own."""
    pair = paired(text, quoted)
    stretches, values = _stretches(quoted), _values(quoted)
    used = set(pair.back)
    plain = used - {at for value in values for at in value.places}
    taken = {stretches[at] for at in plain}
    for kind in (_NAMED, _COUNTED, _DATED):
        alike = [value for value in values if value.kind == kind]
        mine = [value for value in alike if not used.isdisjoint(value.places)]
        for stretch in taken:
            own = [value for value in alike if value.stretch == stretch]
            if not own or any(value in mine for value in own) or not mine:
                continue
            words = [at for at in plain if stretches[at] == stretch]
            if 2 * len(words) > len(plain):
                theirs = " ".join(pair.quotation[at].word for at in sorted(own[0].places))
                return f"another {kind} in the place of {theirs!r}"
    return None


def exchanged(text: str, quoted: str) -> str | None:
    """A number or date in the place of another: away from its clause, or before its turn."""
    pair = paired(text, quoted)
    if sum(value.kind != _NAMED for value in _values(quoted)) < 2:
        return None
    for kind in (_COUNTED, _DATED):
        free = [value for value in _values(quoted) if value.kind == kind]
        placed: list[tuple[_Value, _Value]] = []
        for value in (value for value in _values(text) if value.kind == kind):
            equal = _equal(pair, value, free)
            at_home = next((o for o in equal if _is_at_home(pair, quoted, value, o)), None)
            if equal and at_home is None:
                return f"{text[value.start : value.end]!r} in the place of another {kind}"
            if at_home is not None:
                free.remove(at_home)
                placed.append((value, at_home))
        for left, right in pairwise(placed):
            if left[1].start > right[1].start and _is_turned(pair, quoted, left, right):
                words = [text[value.start : value.end] for value, _ in (left, right)]
                return f"{words[0]!r} and {words[1]!r} in each other's place"
    return None


def _equal(pair: Pair, value: _Value, theirs: list[_Value]) -> list[_Value]:
    """The values of the quotation that are this one, the one that it is paired with first."""
    mine = _terms(pair.claim, value.places)
    linked = {pair.links.get(at) for at in value.places}
    equal = [other for other in theirs if mine <= _terms(pair.quotation, other.places)]
    return sorted(equal, key=lambda other: linked.isdisjoint(other.places))


def _is_at_home(pair: Pair, quoted: str, value: _Value, same: _Value) -> bool:
    """Whether the words next to a value are of its clause of the quotation, not of another's."""
    home = _home(quoted, same)
    near = _next_to(pair, quoted, value)
    is_inside = any(pair.links.get(at) in home for at in near)
    if home and not is_inside and not _stands_alike(pair, value, same):
        return False
    mine, beside = _terms(pair.quotation, home), _terms(pair.claim, near)
    for other in _values(quoted):
        if other.kind == same.kind and other is not same:
            theirs = _terms(pair.quotation, _home(quoted, other))
            if beside & (theirs - mine) and not beside & (mine - theirs):
                return False
    return True


def _stands_alike(pair: Pair, value: _Value, same: _Value) -> bool:
    """Whether a value stands between the same two words, or ends with the same one."""
    before, behind = min(value.places) - 1, max(value.places) + 1
    if before not in pair.links or pair.links[before] != min(same.places) - 1:
        return False
    last, end = len(pair.claim), max(same.places) + 1
    return pair.links.get(behind) == end if behind < last else end == len(pair.quotation)


def _terms(found: tuple[Token, ...], places: Iterable[int]) -> set[str]:
    return {found[at].term for at in places}


def _next_to(pair: Pair, quoted: str, value: _Value) -> set[int]:
    """The content words of the sentence next to a value, past other values."""
    inside = _inside_values(quoted)
    near: set[int] = set()
    for step in (-1, 1):
        at = min(value.places) if step < 0 else max(value.places)
        found = 0
        while found < _NEAR and 0 <= (at := at + step) < len(pair.claim):
            if pair.links.get(at) not in inside:
                found += 1
                near.add(at)
    return near


def _inside_values(quoted: str) -> set[int]:
    """The places of the numbers and dates of the quotation."""
    return {at for value in _values(quoted) if value.kind != _NAMED for at in value.places}


def _home(quoted: str, value: _Value) -> set[int]:
    """The content words of a value's clause, or of the next to it where it has none."""
    stretches = _stretches(quoted)
    inside = _inside_values(quoted)
    for stretch in (value.stretch, value.stretch - 1, value.stretch + 1):
        home = {at for at, s in enumerate(stretches) if s == stretch} - inside
        if home:
            return home
    return set()


def _is_turned(
    pair: Pair, quoted: str, left: tuple[_Value, _Value], right: tuple[_Value, _Value]
) -> bool:
    """Whether two values have changed places without the words beside them."""
    keeps = _keeps_company(pair, *left) and _keeps_company(pair, *right)
    return not keeps or _is_range(pair, quoted, min(right[1].places), min(left[1].places))


def _keeps_company(pair: Pair, value: _Value, same: _Value) -> bool:
    """Whether the word before or behind a value is the same in both texts."""
    before, behind = min(value.places) - 1, max(value.places) + 1
    return (before in pair.links and pair.links[before] == min(same.places) - 1) or (
        behind in pair.links and pair.links[behind] == max(same.places) + 1
    )


def _is_range(pair: Pair, quoted: str, first: int, second: int) -> bool:
    """Whether two values of the quotation are the ends of a range."""
    between = quoted[pair.quotation[first].end : pair.quotation[second].start]
    return second == first + 1 and bool(_RANGE.fullmatch(between)) and "and" not in between


def beheaded(text: str, quoted: str) -> str | None:
    """A word whose head the sentence leaves out: "the film" for "the film's budget"."""
    pair = paired(text, quoted)
    for at, there in pair.links.items():
        own, theirs = pair.claim[at], pair.quotation[there]
        if _OWNER.search(theirs.word) and not _OWNER.search(own.word):
            head = there + 1
            is_head = head < len(pair.quotation) and _SPACE.fullmatch(
                quoted[theirs.end : pair.quotation[head].start]
            )
            if is_head and head not in pair.back and not _belongs(text, own):
                return f"{own.word!r} for {quoted[theirs.start : pair.quotation[head].end]!r}"
    return None


def _belongs(text: str, token: Token) -> bool:
    """Whether a word of the sentence belongs to another one itself: "the budget of the film"."""
    return _OF.search(text[: token.start]) is not None


def joined(text: str, quoted: str) -> str | None:
    """A row of figures ("2006-07", "3-1") that does not stand so in the quotation."""
    stated = {_dashed(found) for found in _DIGITS.findall(quoted)}
    for found in _DIGITS.findall(text):
        if _dashed(found) not in stated:
            return f"the figures {found!r}"
    return None


def _dashed(figures: str) -> str:
    return figures.replace("–", "-")
