"""Fit how claims are weighed, and from when on a verdict counts: a part of `make calibrate`.

    python -m training.decision.fit_claims SAMPLES WORK_FOLDER

`SAMPLES` is `supports.jsonl` as written by `training.judge.pairs`. Fits the weighing, prints how
well claims of each source are told by fits that did not see them, chooses the thresholds for a
stated risk and adds all of it to `retrieval/weights/decision.json`. Needs scipy.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from retrieval.answer.models import supports_model
from retrieval.answer.verify import Verifier, Weighed
from retrieval.answer.weighing import Traits, Weighing, traits
from retrieval.model import Label
from training.decision.claims_samples import FACT_CHECKS, LABELS, SAID, ClaimSample, claim_samples
from training.decision.fit import TARGET

RISKS = {Label.SUPPORTED: 0.12, Label.CONTRADICTED: 0.12}
"""Share of the fact checks with another label that may get this one."""
SOURCE_WEIGHT = {
    "fm2": 2.0,
    "fever_dev_sr": 1.0,
    "attribution": 0.7,
    "fever_dev_silver_neutral": 0.6,
}
MADE_WEIGHT = 0.4
"""Weight of a claim of the other sources, which were made."""
OTHER_WINDOWS = 0.7
"""Weight of all windows of a claim that are not its evidence, together."""
PENALTY = 0.001
FOLDS = 5
RISING = (
    {"supports", "supports*coverage", "coverage", "covered", "carried", "named"},
    {"contradicts", "contradicts*coverage", "mismatch", "named", "clash"},
)
"""Traits that may only speak for support, and for contradiction."""
FALLING = ({"clash", "lack", "mismatch"}, set[str]())
NOT_WEIGHED = {"retrieval"}
"""A score of search tells how one corpus looks."""
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rows:
    """Windows as rows: their traits, the position of the right label, and a weight."""

    traits: list[Traits]
    labels: NDArray[np.int64]
    weights: Array


@dataclass(frozen=True, slots=True)
class Read:
    """A claim whose windows the judge has read."""

    sample: ClaimSample
    weighed: list[Weighed]

    @property
    def fold(self) -> int:
        """The part that it is left out with."""
        return int(hashlib.sha256(self.sample.group.encode()).hexdigest()[:8], 16) % FOLDS

    def traits(self, weighed: Weighed) -> Traits:
        """What is weighed of one of its windows."""
        return traits(
            self.sample.statement, weighed.window, weighed.comparison, weighed.support, weighed.lack
        )

    def scores(self, weighing: Weighing) -> tuple[float, float]:
        """How likely the likeliest window supports it, and contradicts it."""
        again = [replace(w, likely=weighing.probabilities(self.traits(w))) for w in self.weighed]
        return (
            max((w.supports for w in again), default=0.0),
            max((w.contradicts for w in again), default=0.0),
        )


def rows_of(read: Sequence[Read]) -> Rows:
    """Every window: of the evidence with the claim's label, of the others with neither."""
    found, labels, weights = [], [], []
    for one in read:
        weight = SOURCE_WEIGHT.get(one.sample.source, MADE_WEIGHT)
        others = max(1, one.sample.right.count(False))
        for weighed, right in zip(one.weighed, one.sample.right, strict=True):
            found.append(one.traits(weighed))
            labels.append(LABELS.index(one.sample.label if right else Label.NOT_IN_CORPUS))
            weights.append(weight if right else weight * OTHER_WINDOWS / others)
    return Rows(found, np.array(labels), np.array(weights))


def fit(rows: Rows) -> Weighing:
    """Weighted multinomial regression with an L2 penalty and the signs that are allowed."""
    names = sorted({n for row in rows.traits for n in row} - NOT_WEIGHED)
    table = np.array([[row.get(name, 0.0) for name in names] for row in rows.traits])
    spread = table.std(axis=0) + 1e-6
    spread[names.index("bias")] = 1.0
    scaled, share = table / spread, rows.weights / rows.weights.sum()
    penalty = np.full(2 * len(names), PENALTY)
    penalty[[names.index("bias"), len(names) + names.index("bias")]] = 0.0
    right = np.eye(len(LABELS))[rows.labels]

    def loss(theta: Array) -> tuple[float, Array]:
        logits = np.column_stack([scaled @ theta.reshape(2, -1).T, np.zeros(len(scaled))])
        logits -= logits.max(axis=1, keepdims=True)
        guessed = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
        value = -share @ np.log((guessed * right).sum(axis=1) + 1e-12) + penalty @ theta**2
        slope = (guessed - right)[:, :2] * share[:, None]
        return float(value), (scaled.T @ slope).T.ravel() + 2 * penalty * theta

    bounds = [_bounds(name, side) for side in (0, 1) for name in names]
    theta = minimize(loss, np.zeros(2 * len(names)), jac=True, bounds=bounds).x.reshape(2, -1)
    return Weighing(*(_named(names, side / spread) for side in theta))


def _bounds(name: str, side: int) -> tuple[float | None, float | None]:
    base = name.split(":")[0]
    return (0.0 if base in RISING[side] else None, 0.0 if base in FALLING[side] else None)


def _named(names: Sequence[str], weights: Array) -> dict[str, float]:
    pairs = zip(names, weights, strict=True)
    return {n: round(float(w), 4) for n, w in pairs if abs(w) > 1e-4}


def cross_scores(read: Sequence[Read]) -> Array:
    """Each claim's two scores by a fit that did not see it or its evidence."""
    scores = np.zeros((len(read), 2))
    for fold in range(FOLDS):
        weighing = fit(rows_of([one for one in read if one.fold != fold]))
        for at, one in enumerate(read):
            if one.fold == fold:
                scores[at] = one.scores(weighing)
    return scores


def decided(scores: Array, supported_from: float, contradicted_from: float) -> NDArray[np.int64]:
    """The position of each claim's label; the surer verdict wins, of equals the support."""
    supported = scores[:, 0] >= supported_from
    contradicted = scores[:, 1] >= contradicted_from
    first = supported & (~contradicted | (scores[:, 0] >= scores[:, 1]))
    return np.where(first, 0, np.where(contradicted, 1, 2))


def threshold(scores: Array, wrong: NDArray[np.bool_], risk: float) -> float:
    """The lowest threshold at which at most `risk` of the wrong ones get the label.

    Conformal risk control: one worst case is added to the count.
    """
    against = np.sort(scores[wrong])
    for candidate in np.linspace(0.2, 0.99, 80):
        if ((against >= candidate).sum() + 1) / (len(against) + 1) <= risk:
            return round(float(candidate), 3)
    return 1.0


def macro_f1(gold: NDArray[np.int64], found: NDArray[np.int64]) -> float:
    """The mean of the labels' F1."""
    hits = [2 * ((gold == k) & (found == k)).sum() for k in range(len(LABELS))]
    sizes = [(gold == k).sum() + (found == k).sum() for k in range(len(LABELS))]
    return float(np.mean([hit / max(1, size) for hit, size in zip(hits, sizes, strict=True)]))


def report(read: Sequence[Read], gold: NDArray[np.int64], found: NDArray[np.int64]) -> None:
    """Print how each source does, and the forms of the attribution set."""
    for source in sorted({one.sample.source for one in read}):
        inside = np.array([one.sample.source == source for one in read])
        print(
            f"{source:26} n {inside.sum():4} right {(gold == found)[inside].mean():.3f} "
            f"macro-F1 {macro_f1(gold[inside], found[inside]):.3f} "
            f"called supported {(found[inside] == 0).mean():.3f}"
        )
    for form in ("kept", "plain", "flattened", "swapped", SAID):
        inside = np.array([one.sample.form == form for one in read])
        print(
            f"attribution, {form:12} n {inside.sum():4} supported {(found[inside] == 0).mean():.3f}"
        )


def chosen_thresholds(read: Sequence[Read], scores: Array, gold: NDArray[np.int64]) -> list[float]:
    """For each label that asserts something the threshold for its risk, on the fact checks."""
    checks = np.array([one.sample.source in FACT_CHECKS for one in read])
    return [
        threshold(scores[checks, side], gold[checks] != side, RISKS[LABELS[side]])
        for side in (0, 1)
    ]


def main(samples: Path, work: Path) -> None:
    """Read, fit, choose, report, write."""
    verifier = Verifier(supports_model(), Weighing({}, {}), 0.5, 0.5)
    read = [
        Read(s, verifier.weigh(s.statement, s.candidates)) for s in claim_samples(samples, work)
    ]
    gold = np.array([LABELS.index(one.sample.label) for one in read])
    scores = cross_scores(read)
    supported, contradicted = chosen_thresholds(read, scores, gold)
    print(f"supported from {supported}, contradicted from {contradicted}")
    report(read, gold, decided(scores, supported, contradicted))
    weighing = fit(rows_of(read))
    stored = json.loads(TARGET.read_text(encoding="utf-8"))
    stored["claims"] = {
        "supports": weighing.supports,
        "contradicts": weighing.contradicts,
        "supported_from": supported,
        "contradicted_from": contradicted,
        "risk": {str(label): risk for label, risk in RISKS.items()},
    }
    TARGET.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
