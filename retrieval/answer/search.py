"""Search: lexical and dense candidates, normalised and weighed into one ranking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.answer.question import Query, analyse
from retrieval.index.reader import Snapshot
from retrieval.text.aliases import expansions

LEXICAL_WEIGHT = 0.6
"""Share of the lexical score; fitted on the training pairs (see training/decision)."""
DEPTH = 60
"""Candidates taken from each side before they are fused."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A candidate passage: its fused score (0 to 1) and its cosine with the question."""

    passage_id: int
    score: float
    cosine: float


def search(snapshot: Snapshot, text: str, limit: int) -> list[Hit]:
    """The passages nearest to a question, best first."""
    return search_query(snapshot, analyse(text), limit)


def search_query(snapshot: Snapshot, query: Query, limit: int) -> list[Hit]:
    """As `search`, for a question that has been read already.

    Scores of either side are min-max normalised over its candidates and summed with fixed
    weights; a passage that one side did not find gets nothing from it.
    """
    wanted = list(query.terms)
    wanted.extend(sorted({e for t in query.terms for e in expansions(t)} - set(wanted)))
    lexical = snapshot.lexical(wanted, DEPTH) if wanted else []
    dense = snapshot.dense(query.text, DEPTH)
    cosines = dict(dense)
    fused: dict[int, float] = {}
    for weight, found in ((LEXICAL_WEIGHT, lexical), (1 - LEXICAL_WEIGHT, dense)):
        for (passage_id, _), share in zip(found, _normalised(found), strict=True):
            fused[passage_id] = fused.get(passage_id, 0.0) + weight * share
    ranked = sorted(fused.items(), key=lambda item: (-item[1], item[0]))[:limit]
    return [Hit(id_, score, cosines.get(id_, 0.0)) for id_, score in ranked]


def _normalised(found: Sequence[tuple[int, float]]) -> list[float]:
    """Scores between 0 and 1; the last candidate keeps a little, it was found after all."""
    if not found:
        return []
    scores = [score for _, score in found]
    low, high = min(scores), max(scores)
    if high - low < 1e-9:
        return [1.0] * len(scores)
    return [0.05 + 0.95 * (score - low) / (high - low) for score in scores]
