"""How well pairs are judged, source by source, beside always saying the most frequent label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from evals import metrics
from evals.measures.measure import Measure, Section
from evals.metrics import Figure
from evals.pairs import JudgedPair


def measure_pairs(judged: Sequence[JudgedPair]) -> Iterator[Measure]:
    """Measure accuracy: the mean over the sources, so that none outweighs the others, then each."""
    sources = sorted({one.pair.source for one in judged})
    groups = [[one for one in judged if one.pair.source == source] for source in sources]
    right = [[one.right for one in group] for group in groups]
    frequent = [_most_frequent(group) for group in groups]
    if len(sources) > 1:
        label = f"mean of {len(sources)} sources"
        mean, majority = _mean(right), _mean(frequent)
        yield Measure(Section.PAIRS, "pairs_mean", label, mean, majority=majority)
    for source, hits, simple in zip(sources, right, frequent, strict=True):
        yield Measure(
            Section.PAIRS,
            f"pairs_{source}",
            source,
            metrics.share(hits),
            majority=metrics.share(simple),
        )


def _most_frequent(group: Sequence[JudgedPair]) -> list[bool]:
    """Which pairs have the most frequent label of their source."""
    ((label, _),) = Counter(one.pair.label for one in group).most_common(1)
    return [one.pair.label is label for one in group]


def _mean(groups: Sequence[Sequence[bool]]) -> Figure:
    counted = [[(float(hit), 1.0) for hit in hits] for hits in groups]
    return metrics.mean_of_groups(
        counted, lambda sums: float(sums[0] / sums[1]), n=sum(map(len, groups))
    )
