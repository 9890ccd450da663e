"""How well search finds the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals import metrics
from evals.measures.measure import Measure, Section
from evals.outcomes import Asked


def measure_search(asked: Sequence[Asked]) -> Iterator[Measure]:
    """Measure where the evidence stands among the documents that search finds."""
    if not asked:
        return
    pairs = [(one.ranking, one.question.evidence) for one in asked]
    for k in (1, 5, 10, 30):
        recall = metrics.mean([metrics.recall_at(*pair, k) for pair in pairs])
        yield Measure(Section.SEARCH, f"recall_at_{k}", f"evidence recall@{k}", recall)
    gain = metrics.mean([metrics.ndcg_at(*pair, 10) for pair in pairs])
    yield Measure(Section.SEARCH, "ndcg_at_10", "nDCG@10", gain)
    if any(len(evidence) > 1 for _, evidence in pairs):
        whole = metrics.share([metrics.recall_at(*pair, 10) == 1 for pair in pairs])
        yield Measure(Section.SEARCH, "all_evidence_at_10", "all evidence in the first 10", whole)
