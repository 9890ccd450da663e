"""Measure judges directly, without an index: on pairs, and on changed copies of sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from evals import caught
from evals.caught import Check
from evals.judges import Judges
from evals.measures.changed import measure_changed
from evals.measures.measure import Measure, Section
from evals.measures.pairs import measure_pairs
from evals.pairs import PairJudge, judge_all, read_pairs
from evals.report import Report
from evals.sampling import draw
from evals.sentences import prose_of
from evals.sets import QuestionSet
from retrieval.model import Label

SENTENCES = 500
"""Sentences that are changed, unless another number is asked for."""


def evaluate_pairs(folder: Path, judge: PairJudge, limit: int | None, seed: int) -> Report:
    """Judge the pairs of a set."""
    judged = judge_all(draw(read_pairs(folder), limit, seed), judge)
    return Report(folder.resolve().name, measures=tuple(measure_pairs(judged)), judged=judged)


def evaluate_changed(found: QuestionSet, judges: Judges, limit: int | None, seed: int) -> Report:
    """Let the checks by rule, and the judge where there is one, see changed and true copies."""
    sentences = draw(prose_of(found.documents), SENTENCES if limit is None else limit, seed)
    checks = [(Section.CHANGED_RULES, judges.gate())]
    judge = judges.pairs()
    if judge is not None:
        checks.append((Section.CHANGED_JUDGE, supported_by(judge)))
    return Report(
        found.name,
        documents=len(found.documents),
        sentences=len(sentences),
        measures=tuple(_measured(checks, sentences, seed)),
    )


def supported_by(judge: PairJudge) -> Check:
    """A judge of pairs as a check: the quotation carries the claim if it supports it."""
    return lambda claim, quotation: judge.labels([(quotation, claim)]) == [Label.SUPPORTED]


def _measured(
    checks: Iterable[tuple[Section, Check]], sentences: Iterable[str], seed: int
) -> Iterator[Measure]:
    for section, check in checks:
        yield from measure_changed(section, caught.measure(check, sentences, seed))
