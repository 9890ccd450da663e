"""The judge: how likely a sentence answers, and whether the corpus answers at all.

This first judge has no trained encoder: two logistic regressions over the alignment features, one
that ranks sentences and one that decides on the best of them. A trained judge takes its place by
having the same two methods.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from retrieval.answer.evidence import Scored
from retrieval.answer.features import FEATURE_NAMES
from retrieval.answer.question import Query

_WEIGHTS = Path(__file__).parents[1] / "weights" / "decision.json"


@dataclass(frozen=True, slots=True)
class Judged:
    """A window with its features and the probability that its sentence answers."""

    scored: Scored
    probability: float


class Judge(Protocol):
    """Ranks sentences and says how sure it is that the best of them answers."""

    def rank(self, query: Query, candidates: Sequence[Scored]) -> list[Judged]:
        """The candidates by probability, best first."""

    def answerable(self, query: Query, ranked: Sequence[Judged]) -> float:
        """Probability that the corpus answers, 0 without candidates."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression over named features; names it does not know weigh nothing."""

    bias: float
    weights: dict[str, float]

    def logit(self, values: dict[str, float]) -> float:
        """The linear score of one row."""
        return self.bias + sum(w * values.get(name, 0.0) for name, w in self.weights.items())


class AlignmentJudge:
    """The judge without a trained encoder."""

    def __init__(self, ranking: Logistic, decision: Logistic) -> None:
        self._ranking = ranking
        self._decision = decision

    def rank(self, query: Query, candidates: Sequence[Scored]) -> list[Judged]:
        """The candidates by probability, best first; ties in the order they came."""
        judged = [
            Judged(c, sigmoid(self._ranking.logit(ranking_row(query, c)))) for c in candidates
        ]
        return sorted(judged, key=lambda j: -j.probability)

    def answerable(self, query: Query, ranked: Sequence[Judged]) -> float:
        """Probability that the corpus answers, 0 without candidates."""
        if not ranked:
            return 0.0
        return sigmoid(self._decision.logit(decision_row(query, ranked)))


def ranking_row(query: Query, candidate: Scored) -> dict[str, float]:
    """What the ranking looks at: the features, and each kind's own weight for `expected`."""
    row = dict(zip(FEATURE_NAMES, candidate.features.row(), strict=True))
    row[f"expected:{query.expected}"] = row["expected"]
    return row


def decision_row(query: Query, ranked: Sequence[Judged]) -> dict[str, float]:
    """What the decision looks at: the features of the best window."""
    return ranking_row(query, ranked[0].scored)


def sigmoid(x: float) -> float:
    """The logistic function."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, x))))


@dataclass(frozen=True, slots=True)
class Decision:
    """The fitted judge and the thresholds chosen with it."""

    judge: Judge
    answer_from: float
    """Probability from which a question is answered."""
    join_from: float
    """Share of the best sentence's probability from which another sentence joins the answer."""


@cache
def load_decision() -> Decision:
    """The judge that ships with Onrecord."""
    stored = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    judge = AlignmentJudge(Logistic(**stored["ranking"]), Logistic(**stored["decision"]))
    return Decision(judge, stored["answer_from"], stored["join_from"])
