"""Distribution: each figure goes with its own words.

In "45 euros at home and 60 euros abroad" it is the words behind it, in "fell by 14% and rose by 2%"
the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from retrieval.text.lacks import Kind, Lack
from retrieval.text.pairing import Pair, Token, paired
from retrieval.text.values import Number, numbers, same_value
from retrieval.text.verbs import base_of

_NEAR = 5
"""Characters between a figure and the verb that it goes with: " by "."""
_ENDS = re.compile(r"[;!?]|\.(?=\s|$)")
_JOINED = re.compile(
    r"(?:,|\b(?:and|but|or|against|versus|up from|down from)) (?:(?:only|just|about|around|over"
    r"|under|some|nearly|almost|another|at most|at least|up to|more than|less than|by|to) )*$"
)
"""Directly before a figure, so that what stands between the two goes with the first."""
_Stretch = tuple[int, int]


def distribution(claim: str, quotation: str) -> Lack | None:
    """A figure of the claim with the words that the quotation says of another one of its kind."""
    theirs = numbers(quotation)
    mine = numbers(claim)
    if len(theirs) < 2 or not mine:
        return None
    pair = paired(claim, quotation)
    return _behind(pair, claim, quotation, mine, theirs) or _before(pair, claim, mine, theirs)


def _behind(
    pair: Pair, claim: str, quotation: str, mine: Sequence[Number], theirs: Sequence[Number]
) -> Lack | None:
    """A figure with the words behind another one."""
    for row in _rows(quotation, theirs):
        others = [(n, s) for n, s in row if not any(_is_same(one, n) for one in mine)]
        for one in mine:
            own = [_places(pair, s) for number, s in row if _is_same(one, number)]
            if len(own) != 1 or not own[0] or not own[0].isdisjoint(pair.back):
                continue
            if any(not _places(pair, stretch).isdisjoint(pair.back) for _, stretch in others):
                rival = others[0][0]
                written = quotation[rival.start : rival.end]
                return Lack(Kind.NUMBER, claim[one.start : one.end], written, clash=True)
    return None


def _before(
    pair: Pair, claim: str, mine: Sequence[Number], theirs: Sequence[Number]
) -> Lack | None:
    """A figure behind the verb that stands before another one."""
    heads = {number: _head(pair.quotation, number) for number in theirs}
    for one in mine:
        head = _head(pair.claim, one)
        linked = None if head is None else pair.links.get(head)
        own = [at for number, at in heads.items() if _is_same(one, number)]
        rival = next(
            (
                n
                for n, at in heads.items()
                if at is not None and at == linked and n.unit == one.unit
            ),
            None,
        )
        if rival is None or linked in own or _is_same(one, rival):
            continue
        if own and all(at is not None and at not in pair.back for at in own):
            return Lack(
                Kind.NUMBER, claim[one.start : one.end], pair.quotation[linked or 0].word, True
            )
    return None


def _head(tokens_: Sequence[Token], number: Number) -> int | None:
    """The verb directly before a figure: "fell by 14%"."""
    before = [at for at, token in enumerate(tokens_) if token.end <= number.start]
    if not before or number.start - tokens_[before[-1]].end > _NEAR:
        return None
    return before[-1] if base_of(tokens_[before[-1]].word.lower()) else None


def _rows(text: str, found: Sequence[Number]) -> list[list[tuple[Number, _Stretch]]]:
    """Figures of one unit in one sentence, each with the stretch of text up to the next figure."""
    rows: list[list[tuple[Number, _Stretch]]] = []
    previous: Number | None = None
    for number, following in pairwise([*found, None]):
        assert number is not None
        end = _ENDS.search(text, number.end)
        stop = min(end.start() if end else len(text), following.start if following else len(text))
        is_new = (
            previous is None
            or previous.unit != number.unit
            or _ENDS.search(text, previous.end, number.start) is not None
            or not _JOINED.search(text[previous.end : number.start])
        )
        if is_new:
            rows.append([])
        rows[-1].append((number, (number.end, stop)))
        previous = number
    return [row for row in rows if len(row) > 1]


def _is_same(one: Number, other: Number) -> bool:
    return one.unit == other.unit and same_value(one.value, other.value)


def _places(pair: Pair, stretch: _Stretch) -> set[int]:
    """Which content words of the quotation stand in a stretch of it."""
    return {at for at, t in enumerate(pair.quotation) if stretch[0] <= t.start < stretch[1]}
