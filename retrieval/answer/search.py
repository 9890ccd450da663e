"""Search: lexical and dense candidates, normalised and weighed into one ranking."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from retrieval.answer.question import Query, analyse
from retrieval.index.reader import Snapshot
from retrieval.text.aliases import expansions

LEXICAL_WEIGHT = 0.5
"""Share of the lexical score. Not fitted: the embedder was tuned on the training pairs, so they
would overrate it; on other questions recall is flat between 0.4 and 0.7."""
DEPTH = 40
"""Candidates taken from each side before they are fused."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A candidate passage and its fused score, 0 to 1."""

    passage_id: int
    score: float


def search(snapshot: Snapshot, text: str, limit: int) -> list[Hit]:
    """The passages nearest to a question, best first."""
    return search_query(snapshot, analyse(text), limit)


def search_query(snapshot: Snapshot, query: Query, limit: int) -> list[Hit]:
    """As `search`, for a question that has been read already.

    Either side's scores are brought to 0 to 1 and summed with fixed weights (Bruch et al. 2023,
    "An Analysis of Fusion Functions"), counted from the score of what was not found: the lowest
    found, or 0 where lexical search found all there is. A passage that one side did not find gets
    nothing from it.
    """
    wanted = list(query.terms)
    wanted.extend(sorted({e for t in query.terms for e in expansions(t)} - set(wanted)))
    # Side by side: both leave the interpreter while they search, which halves the time.
    with ThreadPoolExecutor(max_workers=1) as other:
        pending = other.submit(snapshot.dense, query.text, DEPTH)
        lexical = snapshot.lexical(wanted, DEPTH) if wanted else []
        dense = pending.result()
    fused: dict[int, float] = {}
    for weight, found, zero in (
        (LEXICAL_WEIGHT, lexical, lexical[-1][1] if len(lexical) == DEPTH else 0.0),
        (1 - LEXICAL_WEIGHT, dense, dense[-1][1] if dense else 0.0),
    ):
        for passage_id, share in _normalised(found, zero):
            fused[passage_id] = fused.get(passage_id, 0.0) + weight * share
    ranked = sorted(fused.items(), key=lambda item: (-item[1], item[0]))[:limit]
    return [Hit(id_, score) for id_, score in ranked]


def _normalised(found: Sequence[tuple[int, float]], zero: float) -> list[tuple[int, float]]:
    """Scores as shares of the best one's distance from `zero`."""
    if not found:
        return []
    span = found[0][1] - zero
    return [(id_, (score - zero) / span if span > 1e-9 else 1.0) for id_, score in found]
