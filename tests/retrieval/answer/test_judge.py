from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer.judge import Isotonic, Judge, Logistic, Strictness, load_decision

ISOTONIC = Isotonic((-1.0, 0.0, 2.0), (0.1, 0.4, 0.9))


@pytest.mark.parametrize(
    ("score", "probability"), [(-9, 0.1), (-1, 0.1), (-0.5, 0.25), (0, 0.4), (1, 0.65), (7, 0.9)]
)
def test_a_probability_lies_on_the_line_between_knots(score: float, probability: float) -> None:
    assert ISOTONIC(score) == pytest.approx(probability)


@given(st.floats(-5, 5), st.floats(-5, 5))
def test_a_better_score_is_never_less_probable(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert ISOTONIC(low) <= ISOTONIC(high)


def test_without_candidates_nothing_is_answerable() -> None:
    judge = Judge(_NoReader(), Logistic(0.0, {}), Logistic(9.0, {}), ISOTONIC)
    assert judge.answerable(None, []) == 0.0  # type: ignore[arg-type]


def test_the_shipped_thresholds_take_more_risk_from_careful_to_eager() -> None:
    decision = load_decision()
    thresholds = [decision.answer_from[level] for level in Strictness]
    assert thresholds == sorted(thresholds, reverse=True)
    assert all(0 < t <= 1 for t in thresholds)


def test_the_shipped_calibration_rises() -> None:
    calibration = load_decision().judge._calibration
    for column in (calibration.scores, calibration.probabilities):
        assert all(a < b for a, b in itertools.pairwise(column))


class _NoReader:
    def read(self, readings: object) -> list[object]:
        raise AssertionError("nothing is read without candidates")
