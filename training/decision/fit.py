"""Fit the decision on what the judges have not read: `make calibrate`.

    python -m training.decision.fit TRAINING_FOLDER [WORK_FOLDER]

Ranks, decides, calibrates, chooses the thresholds, writes `retrieval/weights/decision.json` and
prints how well it does on each source, left out of the fit in turn. Needs scipy beside what
Onrecord needs.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression, minimize
from scipy.stats import rankdata

from retrieval.answer.judge import (
    Isotonic,
    Judge,
    Judged,
    Logistic,
    decision_row,
    ranking_row,
    reading,
)  # fmt: skip
from retrieval.answer.models import AnswerReading, answers_model
from retrieval.index.embeddings import open_embedder
from retrieval.index.reader import Index
from retrieval.ingest.pipeline import index_corpus
from training.decision.samples import (
    NATURAL,
    Pair,
    Sample,
    gather,
    read_natural,
    read_pairs,
    write_corpus,
)
from training.judge.pairs import is_held

TARGET = Path(__file__).parents[2] / "retrieval" / "weights" / "decision.json"
SEED = 1
MOST = {"qamr": 600, "boolq_train": 600}
"""Questions taken of the large sources; the adversarial ones all count."""
SOURCE_WEIGHT = {
    "squad2": 2.5, "natural": 2.0, "squad_train_beyonce": 1.5, "boolq_train": 0.7, "qamr": 0.5,
}  # fmt: skip
"""PolicyQA has none: it asks the same of every policy, so nothing tells which one is meant."""
RISING = {
    "coverage", "coverage_context", "coverage_passage", "soft_coverage", "soft_context", "names",
    "names_passage", "values", "expected", "predicate", "adjacency", "spread", "retrieval",
    "logit", "margin", "best",
}  # fmt: skip
"""Features that may only speak for an answer; a weight of the other sign would be an accident."""
FALLING = {"weakest", "missing", "clash", "clashes", "lacks", "lacking", "negation"}
RANKING_PENALTY, DECISION_PENALTY = 0.002, 0.02
NOT_RANKING = {"length", "terms"}
DECISIVE = (
    "logit", "margin", "best", "behind", "names_passage", "values", "clash", "weakest", "missing",
    "lacking", "predicate", "clashes", "lacks",
)  # fmt: skip
"""What the decision may look at: the reading, and what of the question is not there. Shares of
words are left out, since people ask in other words than the documents; so is the kind of question,
since how often a kind is answered tells how a training set was made; so are retrieval scores: the
embedder was tuned on the training questions, and a score tells how one corpus looks."""
RISKS = {"careful": 0.10, "balanced": 0.23, "eager": 0.45}
"""Share of the unanswerable questions that may get an answer, by strictness."""
JOIN_FROM = 0.75
FOLDS = 5
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Read:
    """A searched question and what the judge makes of each of its windows."""

    sample: Sample
    readings: list[AnswerReading]

    @property
    def source(self) -> str:
        """Where the question comes from."""
        return self.sample.pair.source


class _Known:
    """Readings that have been made already, as the judge asks for them."""

    def __init__(self, one: Read) -> None:
        self._one = one

    def read(self, _readings: object) -> list[AnswerReading]:
        """The readings of the one question."""
        return self._one.readings


@dataclass(frozen=True, slots=True)
class Rows:
    """Named feature rows with labels and weights."""

    rows: list[dict[str, float]]
    labels: Array
    weights: Array


def taken(pairs: list[Pair]) -> list[Pair]:
    """Held out questions, in a mix in which the large, easy sources do not drown the rest."""
    Random(SEED).shuffle(pairs)
    counts: Counter[str] = Counter()
    kept = []
    for pair in pairs:
        if pair.source in SOURCE_WEIGHT and is_held(pair.passage):
            counts[pair.source] += 1
            if counts[pair.source] <= MOST.get(pair.source, len(pairs)):
                kept.append(pair)
    return kept


def ranking_rows(read: list[Read]) -> Rows:
    """Every window of the questions whose answer is among them."""
    rows, labels, weights = [], [], []
    for one in read:
        sample = one.sample
        if any(sample.right):
            rows.extend(
                ranking_row(sample.query, c, r)
                for c, r in zip(sample.candidates, one.readings, strict=True)
            )
            labels.extend(sample.right)
            weights.extend([SOURCE_WEIGHT[one.source]] * len(sample.right))
    return Rows(rows, np.array(labels, float), np.array(weights))


def ranked(one: Read, ranking: Logistic) -> list[Judged]:
    """The windows of a question, best first."""
    judge = Judge(_Known(one), ranking, Logistic(0.0, {}), Isotonic((0.0,), (0.0,)))
    return judge.rank(one.sample.query, one.sample.candidates)


def decision_rows(read: list[Read], ranking: Logistic) -> Rows:
    """One row a question; answerable and not weigh the same within each source."""
    rows = [decision_row(one.sample.query, ranked(one, ranking)) for one in read]
    labels = np.array([one.sample.answerable for one in read], float)
    return Rows(rows, labels, balanced([one.source for one in read], labels))


def balanced(sources: list[str], labels: Array) -> Array:
    """Weights with which answerable and unanswerable questions of a source count the same."""
    named = np.array(sources)
    weights = np.array([SOURCE_WEIGHT[s] for s in sources])
    for source in set(sources):
        for label in (0.0, 1.0):
            chosen = (named == source) & (labels == label)
            weights[chosen] *= (named == source).sum() / (2 * max(1, chosen.sum()))
    return weights


def fit(data: Rows, names: list[str], penalty: float) -> Logistic:
    """Weighted logistic regression with an L2 penalty and the signs that `RISING` allows."""
    table = np.array([[row.get(name, 0.0) for name in names] for row in data.rows])
    mean, spread = np.average(table, axis=0, weights=data.weights), table.std(axis=0) + 1e-9
    scaled, share = (table - mean) / spread, data.weights / data.weights.sum()

    def loss(theta: Array) -> tuple[float, Array]:
        z = scaled @ theta[1:] + theta[0]
        signs = np.where(data.labels > 0, 1.0, -1.0)
        slope = share * (1 / (1 + np.exp(-z)) - data.labels)
        value = float(share @ np.logaddexp(0, -signs * z) + penalty * theta[1:] @ theta[1:])
        gradient = np.concatenate([[slope.sum()], scaled.T @ slope + 2 * penalty * theta[1:]])
        return value, gradient

    bounds = [(None, None), *(_bounds(name) for name in names)]
    theta = minimize(loss, np.zeros(len(names) + 1), jac=True, bounds=bounds).x
    weights = theta[1:] / spread
    bias = float(theta[0] - weights @ mean)
    kept = {n: round(float(w), 5) for n, w in zip(names, weights, strict=True) if abs(w) > 1e-4}
    return Logistic(round(bias, 5), kept)


def _bounds(name: str) -> tuple[float | None, float | None]:
    base = name.split(":")[0]
    return (0.0 if base in RISING else None, 0.0 if base in FALLING else None)


def cross_scores(data: Rows, names: list[str]) -> Array:
    """Each question's score by a fit that did not see it."""
    scores = np.zeros(len(data.rows))
    fold = np.arange(len(data.rows)) % FOLDS
    for k in range(FOLDS):
        inside = np.flatnonzero(fold != k)
        part = Rows([data.rows[i] for i in inside], data.labels[inside], data.weights[inside])
        logistic = fit(part, names, DECISION_PENALTY)
        for i in np.flatnonzero(fold == k):
            scores[i] = logistic.logit(data.rows[i])
    return scores


def calibrate(scores: Array, labels: Array, weights: Array) -> Isotonic:
    """Probabilities by score: isotonic regression, thinned to its steps and made linear."""
    order = np.argsort(scores)
    steps = isotonic_regression(labels[order], weights=weights[order]).x
    knots: list[tuple[float, float]] = []
    for value in np.unique(steps):
        inside = np.flatnonzero(steps == value)
        knots.append((float(np.median(scores[order][inside])), float(value)))
    return Isotonic(*(tuple(round(x, 4) for x in column) for column in zip(*knots, strict=True)))


def threshold(probabilities: Array, labels: Array, weights: Array, risk: float) -> float:
    """The lowest threshold at which at most `risk` of the unanswerable questions are answered.

    Conformal risk control (Angelopoulos et al. 2022): the loss is 1 for an answered question
    without an answer, and one worst case is added to the count, so that the bound holds for the
    next question of the same kind.
    """
    wrong = labels == 0
    n = int(wrong.sum())
    share = weights[wrong] / weights[wrong].sum()
    for candidate in np.unique(probabilities):
        posted = float(share @ (probabilities[wrong] >= candidate))
        if (n * posted + 1) / (n + 1) <= risk:
            return round(float(candidate), 4)
    return 1.0


def auroc(labels: Array, scores: Array) -> float:
    """Probability that an answerable question scores above an unanswerable one; ties half."""
    ranks, positive = rankdata(scores), labels > 0
    n = positive.sum()
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * (len(labels) - n)))


def report(name: str, labels: Array, probabilities: Array, at: float) -> None:
    """Print how a source does at a threshold."""
    answered = probabilities >= at
    right, wrong = answered[labels > 0].mean(), answered[labels == 0].mean()
    print(
        f"{name:22} n {len(labels):5} AUROC {auroc(labels, probabilities):.3f} "
        f"answered: answerable {right:.3f} unanswerable {wrong:.3f} "
        f"balanced {(right + 1 - wrong) / 2:.3f}"
    )


def main(training: Path, work: Path) -> None:
    """Index the training passages, ask the held out questions, fit, report, write."""
    read = searched(training, work)
    rows = ranking_rows(read)
    names = sorted({name for row in rows.rows for name in row} - NOT_RANKING)
    ranking = fit(rows, names, RANKING_PENALTY)
    data = decision_rows(read, ranking)
    decision = fit(data, list(DECISIVE), DECISION_PENALTY)
    scores = cross_scores(data, list(DECISIVE))
    calibration = calibrate(scores, data.labels, data.weights)
    probabilities = np.array([calibration(s) for s in scores])
    answer_from = {
        level: {
            "risk": risk,
            "threshold": threshold(probabilities, data.labels, data.weights, risk),
        }
        for level, risk in RISKS.items()
    }
    first = np.array(
        [bool(one.sample.right[_first(one, ranking)]) for one in read if any(one.sample.right)]
    )
    print(f"right sentence first: {first.mean():.3f} of {len(first)}")
    for level, chosen in answer_from.items():
        print(f"{level}: threshold {chosen['threshold']}")
        for source in sorted(SOURCE_WEIGHT):
            inside = np.array([one.source == source for one in read])
            report(source, data.labels[inside], probabilities[inside], float(chosen["threshold"]))
    stored = {
        "ranking": {"bias": ranking.bias, "weights": ranking.weights},
        "decision": {"bias": decision.bias, "weights": decision.weights},
        "calibration": {
            "scores": calibration.scores, "probabilities": calibration.probabilities,
        },
        "answer_from": answer_from,
        "join_from": JOIN_FROM,
    }  # fmt: skip
    TARGET.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def _first(one: Read, ranking: Logistic) -> int:
    best = ranked(one, ranking)[0].scored
    return next(i for i, c in enumerate(one.sample.candidates) if c is best)


def searched(training: Path, work: Path) -> list[Read]:
    """The held out questions, each searched for among the passages of its kind and read."""
    pairs = read_pairs(training)
    write_corpus(pairs, work / "corpus")
    return [
        *_searched(work / "corpus", work / "data", taken(pairs)),
        *_searched(NATURAL, work / "natural", read_natural()),
    ]


def _searched(corpus: Path, data: Path, pairs: list[Pair]) -> list[Read]:
    embedder = open_embedder(None)
    index_corpus(corpus, data, embedder=embedder)
    index = Index.open(data, embedder)
    model = answers_model()
    found = []
    for sample in gather(index.snapshot(), pairs, SEED):
        if sample.candidates:
            pairs_ = [reading(sample.query, c) for c in sample.candidates]
            found.append(Read(sample, model.read(pairs_)))
    index.close()
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else folder))
