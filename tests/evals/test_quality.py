"""Floors under the measured quality: what was reached once is not lost unnoticed.

The samples are small so that the tests stay quick; a floor stands below the lower 95% bound of
its figure, so that only a real loss falls through it.
"""

from pathlib import Path

import pytest

from evals.evaluate import Evaluation, evaluate
from evals.report import Report

pytestmark = pytest.mark.evaldata

SAMPLE = 120
FLOORS = {
    "squad2": {"recall_at_30": 0.95, "balanced_accuracy": 0.58, "citation_precision": 0.75},
    "clapnq": {"recall_at_30": 0.97, "balanced_accuracy": 0.58, "citation_precision": 0.90},
    "fm2_claims": {"recall_at_30": 0.84, "macro_f1": 0.2},
}
CEILINGS = {"squad2": {"p95_ms": 2000.0}}
SEED_PASSED = 23 / 24


@pytest.fixture(scope="module")
def report(request: pytest.FixtureRequest, evaldata: Path, kept: Path) -> Report:
    return evaluate(Evaluation(evaldata / request.param, limit=SAMPLE, seed=1), kept)


@pytest.mark.slow
@pytest.mark.parametrize("report", FLOORS, indirect=True)
def test_no_figure_falls_below_its_floor(report):
    found = {one.key: one.figure.value for one in report.measures}
    floors, ceilings = FLOORS[report.name], CEILINGS.get(report.name, {})
    lost = {key: found[key] for key, floor in floors.items() if found[key] < floor}
    grown = {key: found[key] for key, ceiling in ceilings.items() if found[key] > ceiling}
    assert not lost, f"below the floor: {lost}"
    assert not grown, f"above the ceiling: {grown}"


def test_the_first_document_is_answered_and_its_gaps_are_refused(evaldata, kept):
    seed = evaldata.parent / "seed"
    if not seed.is_dir():
        pytest.skip(f"{seed} does not exist")
    report = evaluate(Evaluation(seed), kept)
    found = {one.key: one.figure.value for one in report.measures}
    failed = [f"{one.question.text} {one.failure}" for one in report.grades if not one.passed]
    assert found["passed_unanswerable"] == 1.0, failed
    assert found["passed"] >= SEED_PASSED, failed
