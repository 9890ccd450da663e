"""Whether the sentence of the right passage that answers is put first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals import metrics
from evals.measures.measure import Measure, Section
from evals.ordering import GoldPassage, SentenceRanker, TermOverlap


def measure_order(passages: Sequence[GoldPassage], ranker: SentenceRanker) -> Iterator[Measure]:
    """Measure right@1: on all passages, and on those in which some sentences hold no answer."""
    ours = [one.is_right_first(ranker) for one in passages]
    simple = [one.is_right_first(TermOverlap()) for one in passages]
    if passages:
        label = "right@1: first holds an answer"
        yield _right("right_at_1", label, ours, simple)
    choice = [i for i, one in enumerate(passages) if any(one.holding) and not all(one.holding)]
    if choice:
        label = "right@1 where there is a choice"
        first, other = ([hits[i] for i in choice] for hits in (ours, simple))
        yield _right("right_at_1_choice", label, first, other)
    if passages:
        holding = metrics.share([any(one.holding) for one in passages])
        label = "a sentence holds an answer"
        yield Measure(Section.ORDER, "right_possible", label, holding)


def _right(key: str, label: str, hits: Sequence[bool], simple: Sequence[bool]) -> Measure:
    figure, overlap = metrics.share(hits), metrics.share(simple)
    return Measure(Section.ORDER, key, label, figure, term_overlap=overlap)
