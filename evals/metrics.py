"""Figures of quality, as pure functions: ranking, separation, agreement, and how sure they are."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ROUNDS = 1000
"""Resamples of a bootstrap: the 95% bounds of 1,000 repeat to about a tenth of their width."""
_Z95 = 1.959964
_SEED = 20

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its 95% bounds and the number of items it was computed from."""

    value: float
    low: float
    high: float
    n: int


def recall_at(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Share of the relevant items that are among the first `k`."""
    return len(set(ranking[:k]) & set(relevant)) / len(relevant)


def ndcg_at(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Discounted gain of the first `k` against that of the best possible order."""
    gain = sum(1 / math.log2(rank + 2) for rank, item in enumerate(ranking[:k]) if item in relevant)
    best = sum(1 / math.log2(rank + 2) for rank in range(min(k, len(relevant))))
    return gain / best


def auroc(positives: Sequence[float] | Floats, negatives: Sequence[float] | Floats) -> float:
    """How often a positive's score is above a negative's; a tie counts half."""
    ordered = np.sort(np.asarray(negatives, dtype=np.float64))
    scores = np.asarray(positives, dtype=np.float64)
    below = np.searchsorted(ordered, scores, side="left")
    not_above = np.searchsorted(ordered, scores, side="right")
    return float((below + not_above).mean() / (2 * len(ordered)))


def balanced_accuracy(
    positives: Sequence[bool] | Floats, negatives: Sequence[bool] | Floats
) -> float:
    """Mean of the shares of positives and of negatives that were decided rightly."""
    return float((np.mean(positives) + np.mean(negatives)) / 2)


def macro_f1(gold: Sequence[str], predicted: Sequence[str], labels: Sequence[str]) -> float:
    """Mean over the labels of F1."""
    return sum(f1(gold, predicted, label) for label in labels) / len(labels)


def f1(gold: Sequence[str], predicted: Sequence[str], label: str) -> float:
    """Harmonic mean of precision and recall of one label; 0 where it was never right."""
    right = sum(g == label == p for g, p in zip(gold, predicted, strict=True))
    named = sum(p == label for p in predicted) + sum(g == label for g in gold)
    return 2 * right / named if named else 0.0


def share(hits: Sequence[bool]) -> Figure:
    """A proportion with its Wilson bounds."""
    n = len(hits)
    value = sum(hits) / n
    spread = _Z95 * math.sqrt(value * (1 - value) / n + (_Z95 / (2 * n)) ** 2)
    centre = value + _Z95**2 / (2 * n)
    scale = 1 + _Z95**2 / n
    return Figure(
        value, max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale), n
    )


def mean(values: Sequence[float]) -> Figure:
    """A mean with its bootstrap bounds."""
    return resampled(values, lambda drawn: float(drawn.mean()))


def resampled(values: Sequence[float], statistic: Callable[[Floats], float]) -> Figure:
    """A statistic of one sample with its bootstrap bounds."""
    data = np.asarray(values, dtype=np.float64)
    random = np.random.default_rng(_SEED)
    drawn = [statistic(random.choice(data, len(data))) for _ in range(ROUNDS)]
    return _bounded(statistic(data), drawn, len(data))


def resampled_pair(
    positives: Sequence[float],
    negatives: Sequence[float],
    statistic: Callable[[Floats, Floats], float],
) -> Figure:
    """A statistic of two samples, each drawn anew on its own, with its bootstrap bounds."""
    first, second = (np.asarray(side, dtype=np.float64) for side in (positives, negatives))
    random = np.random.default_rng(_SEED)
    drawn = [
        statistic(random.choice(first, len(first)), random.choice(second, len(second)))
        for _ in range(ROUNDS)
    ]
    return _bounded(statistic(first, second), drawn, len(first) + len(second))


def mean_of_groups(
    groups: Sequence[Sequence[Sequence[float]]], statistic: Callable[[Floats], float], *, n: int
) -> Figure:
    """The mean over groups of a statistic of summed counts, with its bootstrap bounds.

    Each row of a group holds the counts of items that stand or fall together, such as the claims
    on one document: rows are drawn anew, each group on its own.
    """
    tables = [np.asarray(rows, dtype=np.float64) for rows in groups]
    random = np.random.default_rng(_SEED)

    def one(drawn: Sequence[Floats]) -> float:
        return float(np.mean([statistic(rows.sum(axis=0)) for rows in drawn]))

    resamples = [one([random.choice(t, len(t)) for t in tables]) for _ in range(ROUNDS)]
    return _bounded(one(tables), resamples, n)


def resampled_labels(
    gold: Sequence[str],
    predicted: Sequence[str],
    statistic: Callable[[Sequence[str], Sequence[str]], float],
) -> Figure:
    """A statistic of paired labels with its bootstrap bounds."""
    n = len(gold)
    random = np.random.default_rng(_SEED)
    drawn = []
    for _ in range(ROUNDS):
        rows = random.integers(n, size=n)
        drawn.append(statistic([gold[i] for i in rows], [predicted[i] for i in rows]))
    return _bounded(statistic(gold, predicted), drawn, n)


def percentile(values: Sequence[float], q: float) -> float:
    """The `q`-th percentile (0 to 100), between neighbours where it falls between them."""
    return float(np.percentile(np.asarray(values, dtype=np.float64), q))


def _bounded(value: float, drawn: Sequence[float], n: int) -> Figure:
    return Figure(value, percentile(drawn, 2.5), percentile(drawn, 97.5), n)
