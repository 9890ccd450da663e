"""Everything that is measured of a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from evals import metrics
from evals.graded import grade
from evals.measures.answering import measure_answering
from evals.measures.claims import measure_claims
from evals.measures.grounded import measure_grounded
from evals.measures.measure import Measure, Section
from evals.measures.quoting import measure_quotations
from evals.measures.search import measure_search
from evals.metrics import Figure
from evals.outcomes import Asked
from evals.run import Run
from evals.sets import Kind

__all__ = ["Measure", "Section", "measure"]


def measure(run: Run, *, graded: bool) -> tuple[Measure, ...]:
    """Every measure that the questions of a run allow."""
    counted = _graded(run.asked) if graded else _counted(run.asked)
    return (*counted, *_running(run))


def _counted(asked: Sequence[Asked]) -> Iterator[Measure]:
    questions = [one for one in asked if one.question.kind is not Kind.CLAIM]
    yield from measure_search([one for one in asked if one.question.evidence])
    yield from measure_answering(questions)
    yield from measure_quotations(questions)
    claims = [one for one in asked if one.question.kind is Kind.CLAIM]
    yield from measure_claims(claims)
    yield from measure_grounded(claims)


def _graded(asked: Sequence[Asked]) -> Iterator[Measure]:
    grades = [grade(one) for one in asked]
    yield Measure(Section.PASSED, "passed", "all", metrics.share([g.passed for g in grades]))
    for kind in Kind:
        passed = [g.passed for g in grades if g.question.kind is kind]
        if passed:
            label = kind.replace("_", " ")
            yield Measure(Section.PASSED, f"passed_{kind}", label, metrics.share(passed))


def _running(run: Run) -> Iterator[Measure]:
    times = [one.elapsed_ms for one in run.asked]
    for q in (50, 95):
        figure = metrics.resampled(times, partial(metrics.percentile, q=q))
        yield Measure(Section.RUNNING, f"p{q}_ms", f"latency p{q}, ms", figure)
    memory = Figure(run.peak_memory_mb, run.peak_memory_mb, run.peak_memory_mb, 1)
    yield Measure(Section.RUNNING, "peak_memory_mb", "peak memory, MB", memory)
