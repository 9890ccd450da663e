"""Differences: sentences of two documents that say the same of two things, but for what differs.

How two things differ is seldom written down. What is written are two sentences of one form under
two titles: "25 days of leave" in the policy of one year and "28 days of leave" in that of the next.
Such pairs are found by their words and shown; no score says that they answer, their form does.
"""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.answer.compose import Placed, quotable
from retrieval.answer.evidence import Window, context_text, gives_orders, windows
from retrieval.answer.question import Query
from retrieval.answer.search import Hit, search
from retrieval.index.reader import Snapshot
from retrieval.text.aliases import holds, keys
from retrieval.text.terms import terms

MOST_PAIRS = 4
LEAST_ALIKE = 0.5
"""Share of the shorter sentence's words that both have, from which two say the same of two."""
_SEARCHED = 12
_OF_DIFFERENCE = frozenset(
    terms(
        "differ difference different compare compared change changes rule rules policy policies "
        "version edition way between"
    )
)


def differences(
    snapshot: Snapshot, query: Query, sides: tuple[str, str]
) -> tuple[list[Placed], list[Placed]] | None:
    """What is said of either thing, pair by pair; None where no two sentences are such a pair."""
    one, other = (frozenset(terms(side)) for side in sides)
    if not one - other or not other - one:
        return None
    about = [
        t for t in query.terms if t not in one | other | _OF_DIFFERENCE and t not in query.light
    ]
    found = _found(snapshot, query, sides)
    mine = [w for w in found if _is_of(w, one, other - one, about)]
    theirs = [w for w in found if _is_of(w, other, one - other, about)]
    left: list[Placed] = []
    right: list[Placed] = []
    for a, b in _pairs(mine, theirs, one | other):
        here, there = quotable(snapshot, a), quotable(snapshot, b)
        if not here or not there:
            continue
        left.extend(place for place in here if place not in left)
        right.extend(place for place in there if place not in right)
    return (left, right) if left and right else None


def _found(snapshot: Snapshot, query: Query, sides: tuple[str, str]) -> list[Window]:
    """The sentences of the passages that search finds for either thing."""
    hits: dict[int, Hit] = {}
    for side in sides:
        about = " ".join(w for w in query.words if w not in sides)
        for hit in search(snapshot, f"{about} {side}", _SEARCHED):
            hits.setdefault(hit.passage_id, hit)
    return [w for w in windows(snapshot, list(hits.values())) if not gives_orders(w)]


def _is_of(
    window: Window, thing: frozenset[str], others: frozenset[str], about: Sequence[str]
) -> bool:
    """Whether a sentence speaks of one thing, not of the other, and of what is asked."""
    around = keys(f"{window.sentence.text} {context_text(window)}")
    return all(holds(around, t) for t in (*thing, *about)) and not any(
        holds(around, t) for t in others
    )


def _pairs(
    mine: Sequence[Window], theirs: Sequence[Window], named: frozenset[str]
) -> list[tuple[Window, Window]]:
    """Sentences that are most alike and not the same, each in one pair; in order of the first."""
    alike = sorted(
        (
            (share, -a, -b)
            for a, one in enumerate(mine)
            for b, other in enumerate(theirs)
            if (share := _alike(one, other, named)) >= LEAST_ALIKE
        ),
        reverse=True,
    )
    taken: dict[int, int] = {}
    for _, a, b in alike:
        if -a not in taken and -b not in taken.values():
            taken[-a] = -b
    pairs = [(mine[a], theirs[b]) for a, b in taken.items()]
    chosen = [pair for pair in pairs if _says_another(*pair, named)][:MOST_PAIRS]
    return sorted(chosen, key=lambda pair: (pair[0].passage.source, pair[0].sentence.start))


def _alike(one: Window, other: Window, named: frozenset[str]) -> float:
    """Share of the words of the shorter sentence that both have, besides the things' names."""
    if one.passage.source == other.passage.source and one.sentence == other.sentence:
        return 0.0
    left, right = (frozenset(terms(w.sentence.text)) - named for w in (one, other))
    least = min(len(left), len(right))
    return len(left & right) / least if least > 1 else 0.0


def _says_another(one: Window, other: Window, named: frozenset[str]) -> bool:
    """Whether either sentence says something that the other one does not."""
    left, right = (frozenset(terms(w.sentence.text)) - named for w in (one, other))
    return bool(left - right) and bool(right - left)
