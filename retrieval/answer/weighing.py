"""Weighing: how likely a window carries a claim, or denies it, by judge and rules together.

A multinomial logistic regression over what the second judge reads and what the rules compare,
fitted by `make calibrate` on claims that the judge has not read. A rule that forbids support is
not weighed here: it has the last word (`verify.Weighed`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from retrieval.answer.carried import Lack
from retrieval.answer.comparison import Comparison
from retrieval.answer.evidence import Window, surroundings
from retrieval.answer.models import Support
from retrieval.answer.question import Query
from retrieval.text.aliases import holds, keys
from retrieval.text.attribution import Stance
from retrieval.text.terms import terms

_WEIGHTS = Path(__file__).parents[1] / "weights" / "decision.json"
FURTHEST = 5.0
"""Log odds beyond which the judge's sureness tells nothing more."""

Traits = dict[str, float]


@dataclass(frozen=True, slots=True)
class Weighing:
    """Log odds of support and of contradiction against neither, linear in the traits."""

    supports: Mapping[str, float]
    contradicts: Mapping[str, float]

    def probabilities(self, traits: Traits) -> tuple[float, float]:
        """The probabilities of support and of contradiction."""
        odds = [
            math.exp(max(-30.0, min(30.0, sum(w * traits.get(n, 0.0) for n, w in side.items()))))
            for side in (self.supports, self.contradicts)
        ]
        total = 1.0 + sum(odds)
        return odds[0] / total, odds[1] / total


def traits(
    statement: Query, window: Window, comparison: Comparison, support: Support, lack: Lack | None
) -> Traits:
    """What is weighed of a window beside a statement; all of it lies between -1 and 1 or so."""
    reads_support, reads_denial = _odds(support.supports), _odds(support.contradicts)
    around = keys(f"{window.sentence.text} {surroundings(window)}")
    named = [t for name in statement.names for t in name]
    coverage = comparison.coverage
    row = {
        "bias": 1.0,
        "supports": reads_support,
        "contradicts": reads_denial,
        "supports*coverage": reads_support * coverage,
        "contradicts*coverage": reads_denial * coverage,
        "coverage": coverage,
        "covered": max(0.0, coverage - 0.7),
        "carried": float(comparison.supported),
        "retrieval": window.hit.score,
        "named": sum(holds(around, t) for t in named) / len(named) if named else 0.0,
        "nameless": float(not named),
        "length": math.log(1 + len(statement.terms)) / 3,
        "longer": math.log(
            (1 + len(set(terms(window.sentence.text)))) / (1 + len(statement.terms))
        ),
    }
    if comparison.mismatch:
        row["mismatch"] = 1.0
    if lack:
        row.update(_lacking(lack))
    return row


def _lacking(lack: Lack) -> Traits:
    if lack.stance is Stance.SAYS and not lack.words:
        return {"said": 1.0}
    kind = "clash" if lack.clash else "lack"
    return {kind: 1.0, f"{kind}:{lack.kind}": 1.0}


def _odds(probability: float) -> float:
    """Log odds, brought to -1 to 1."""
    p = min(1 - 1e-6, max(1e-6, probability))
    return max(-FURTHEST, min(FURTHEST, math.log(p / (1 - p)))) / FURTHEST


@cache
def load_weighing() -> Weighing:
    """The weighing that ships with Onrecord."""
    stored = json.loads(_WEIGHTS.read_text(encoding="utf-8"))["claims"]
    return Weighing(stored["supports"], stored["contradicts"])
