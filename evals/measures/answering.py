"""How well it is decided whether to answer: both kinds of error, always together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals import metrics
from evals.measures.measure import Measure, Section
from evals.outcomes import Asked, Outcome, outcome
from evals.sets import Kind
from retrieval.model import Answer


def measure_answering(asked: Sequence[Asked]) -> Iterator[Measure]:
    """Measure the decision to answer on questions of both kinds."""
    answerable = [one for one in asked if one.question.kind is not Kind.UNANSWERABLE]
    unanswerable = [one for one in asked if one.question.kind is Kind.UNANSWERABLE]
    if answerable:
        yield from _answerable(answerable)
    if unanswerable:
        answered = metrics.share([_answered(one) for one in unanswerable])
        label = "unanswerable: answered"
        yield Measure(Section.ANSWERING, "unanswerable_answered", label, answered, 0.0, 1.0)
    if answerable and unanswerable:
        yield from _separation(answerable, unanswerable)
    if all(outcome(one) is not Outcome.UNJUDGED for one in asked) and answerable:
        yield _crag(asked)


def _answerable(asked: Sequence[Asked]) -> Iterator[Measure]:
    section = Section.ANSWERING
    outcomes = [outcome(one) for one in asked]
    if any(one.question.evidence or one.question.answers for one in asked):
        first = sum(_first_is_right(one) for one in asked) / len(asked)
        right = metrics.share([o is Outcome.RIGHT for o in outcomes])
        yield Measure(section, "answered_right", "answerable: answered, right", right, 0.0, first)
        wrong = metrics.share([o is Outcome.WRONG for o in outcomes])
        label = "answerable: answered, wrong"
        yield Measure(section, "answered_wrong", label, wrong, 0.0, 1 - first)
    refused = metrics.share([o is Outcome.REFUSED for o in outcomes])
    yield Measure(section, "answerable_refused", "answerable: refused", refused, 1.0, 0.0)


def _separation(answerable: Sequence[Asked], unanswerable: Sequence[Asked]) -> Iterator[Measure]:
    section = Section.ANSWERING
    balanced = metrics.resampled_pair(
        [_answered(one) for one in answerable],
        [not _answered(one) for one in unanswerable],
        metrics.balanced_accuracy,
    )
    yield Measure(section, "balanced_accuracy", "balanced accuracy", balanced, 0.5, 0.5)
    if any(one.score is not None for one in (*answerable, *unanswerable)):
        area = metrics.resampled_pair(
            [one.score or 0.0 for one in answerable],
            [one.score or 0.0 for one in unanswerable],
            metrics.auroc,
        )
        yield Measure(section, "auroc", "AUROC of the score", area, 0.5, 0.5)


def _crag(asked: Sequence[Asked]) -> Measure:
    """+1 for a right answer, 0 for a refusal, -1 for a wrong answer or one where there is none."""
    points = {Outcome.RIGHT: 1.0, Outcome.REFUSED: 0.0, Outcome.WRONG: -1.0}
    figure = metrics.mean([points[outcome(one)] for one in asked])
    never = sum(1.0 if _first_is_right(one) else -1.0 for one in asked) / len(asked)
    label = "CRAG score (right +1, wrong -1)"
    return Measure(Section.ANSWERING, "crag", label, figure, 0.0, never)


def _answered(asked: Asked) -> bool:
    return isinstance(asked.result, Answer)


def _first_is_right(asked: Asked) -> bool:
    return bool(asked.ranking) and asked.ranking[0] in asked.question.evidence
