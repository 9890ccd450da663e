"""Exchange: a number or a date of the quotation is not put in the place of another one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from retrieval.answer.writing.stretches import (
    COUNTED,
    DATED,
    NAMED,
    Value,
    stretches_of,
    values_of,
)
from retrieval.text.pairing import Pair, Token, paired
from retrieval.text.wording import DETERMINERS

_NEAR = 2
"""Content words on each side of a value that may tell whose it is."""
_JOINT = re.compile(
    r"\W*(?:,|;|and|or|as well as|nor|between|versus|&)\W*"
    r"(?:the |an? |its |their |by |in |of )?",
    re.IGNORECASE,
)
"""What stands between the items of a list, or between two that do a thing together."""
_RANGE = re.compile(r"\W*(?:to|through|until|till|-|–|—|and)?\W*", re.IGNORECASE)


def exchanged(text: str, quoted: str) -> str | None:
    """A number or date in the place of another: away from its clause, or before its turn."""
    pair = paired(text, quoted)
    if sum(value.kind != NAMED for value in values_of(quoted)) < 2:
        return None
    for kind in (COUNTED, DATED):
        free = [value for value in values_of(quoted) if value.kind == kind]
        placed: list[tuple[Value, Value]] = []
        for value in (value for value in values_of(text) if value.kind == kind):
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


def transposed(text: str, quoted: str) -> str | None:
    """Two words that stand in each other's place, while all beside them stands as it did.

    "The film is based on the novel" for "the novel is based on the film"; the items of a list may
    change places.
    """
    pair = paired(text, quoted)
    for at, there in pair.links.items():
        other = pair.back.get(_place(pair, at))
        if other is None or other <= at or _place(pair, other) != there:
            continue
        mine = _between(text, pair.claim, at, other)
        theirs = _between(quoted, pair.quotation, pair.links[other], there)
        if mine == theirs and not _is_listed(text, pair.claim, at, other):
            words = [pair.claim[place].word for place in (at, other)]
            return f"{words[0]!r} and {words[1]!r} in each other's place"
    return _turned_about(pair, text, quoted)


def _place(pair: Pair, at: int) -> int:
    """The place of the quotation between the words that a word stands between; -1 without any."""
    before = pair.links.get(at - 1) if at else -1
    behind = pair.links.get(at + 1) if at + 1 < len(pair.claim) else len(pair.quotation)
    if before is None or behind is None or behind != before + 2 or before + 1 == pair.links[at]:
        return -1
    return before + 1


def _turned_about(pair: Pair, text: str, quoted: str) -> str | None:
    """Two neighbours in each other's place with the same small words between them."""
    for at in range(len(pair.claim) - 1):
        here, there = pair.links.get(at), pair.links.get(at + 1)
        if here is None or there is None or here != there + 1:
            continue
        mine = text[pair.claim[at].end : pair.claim[at + 1].start].casefold()
        theirs = quoted[pair.quotation[there].end : pair.quotation[here].start].casefold()
        if mine == theirs and mine.strip() and not _JOINT.fullmatch(mine):
            return f"{pair.claim[at].word!r} and {pair.claim[at + 1].word!r} turned about"
    return None


def _between(text: str, found: Sequence[Token], first: int, last: int) -> list[list[str]]:
    """The small words between each two content words, without articles: a passive has others."""
    gaps = (text[found[n].end : found[n + 1].start] for n in range(first, last))
    return [[w for w in gap.casefold().split() if w not in DETERMINERS] for gap in gaps]


def _is_listed(text: str, found: Sequence[Token], first: int, last: int) -> bool:
    """Whether nothing but other items and what joins them stands between two words."""
    gaps = [text[found[n].end : found[n + 1].start] for n in range(first, last)]
    return any(map(_JOINT.fullmatch, gaps)) and all(
        _JOINT.fullmatch(gap) or gap == " " for gap in gaps
    )


def _equal(pair: Pair, value: Value, theirs: list[Value]) -> list[Value]:
    """The values of the quotation that are this one, the one that it is paired with first."""
    mine = _terms(pair.claim, value.places)
    linked = {pair.links.get(at) for at in value.places}
    equal = [other for other in theirs if mine <= _terms(pair.quotation, other.places)]
    return sorted(equal, key=lambda other: linked.isdisjoint(other.places))


def _is_at_home(pair: Pair, quoted: str, value: Value, same: Value) -> bool:
    """Whether the words next to a value are of its clause of the quotation, not of another's."""
    home = _home(quoted, same)
    near = _next_to(pair, quoted, value)
    is_inside = any(pair.links.get(at) in home for at in near)
    if home and not is_inside and not _stands_alike(pair, value, same):
        return False
    mine, beside = _terms(pair.quotation, home), _terms(pair.claim, near)
    for other in values_of(quoted):
        if other.kind == same.kind and other is not same:
            theirs = _terms(pair.quotation, _home(quoted, other))
            if beside & (theirs - mine) and not beside & (mine - theirs):
                return False
    return True


def _stands_alike(pair: Pair, value: Value, same: Value) -> bool:
    """Whether a value stands between the same two words, or ends with the same one."""
    before, behind = min(value.places) - 1, max(value.places) + 1
    if before not in pair.links or pair.links[before] != min(same.places) - 1:
        return False
    last, end = len(pair.claim), max(same.places) + 1
    return pair.links.get(behind) == end if behind < last else end == len(pair.quotation)


def _terms(found: tuple[Token, ...], places: Iterable[int]) -> set[str]:
    return {found[at].term for at in places}


def _next_to(pair: Pair, quoted: str, value: Value) -> set[int]:
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
    return {at for value in values_of(quoted) if value.kind != NAMED for at in value.places}


def _home(quoted: str, value: Value) -> set[int]:
    """The content words of a value's clause, or of the next to it where it has none."""
    stretches = stretches_of(quoted)
    inside = _inside_values(quoted)
    for stretch in (value.stretch, value.stretch - 1, value.stretch + 1):
        home = {at for at, s in enumerate(stretches) if s == stretch} - inside
        if home:
            return home
    return set()


def _is_turned(
    pair: Pair, quoted: str, left: tuple[Value, Value], right: tuple[Value, Value]
) -> bool:
    """Whether two values have changed places without the words beside them."""
    keeps = _keeps_company(pair, *left) and _keeps_company(pair, *right)
    return not keeps or _is_range(pair, quoted, min(right[1].places), min(left[1].places))


def _keeps_company(pair: Pair, value: Value, same: Value) -> bool:
    """Whether the word before or behind a value is the same in both texts."""
    before, behind = min(value.places) - 1, max(value.places) + 1
    return (before in pair.links and pair.links[before] == min(same.places) - 1) or (
        behind in pair.links and pair.links[behind] == max(same.places) + 1
    )


def _is_range(pair: Pair, quoted: str, first: int, second: int) -> bool:
    """Whether two values of the quotation are the ends of a range."""
    between = quoted[pair.quotation[first].end : pair.quotation[second].start]
    return second == first + 1 and bool(_RANGE.fullmatch(between)) and "and" not in between
