"""Onrecord's own judges, as the measures ask them."""

from dataclasses import dataclass, field

import pytest

from evals.judges import OwnJudges, PlainEntailment
from retrieval.answer.encoding import Reading
from retrieval.answer.models import WEIGHTS, Support
from retrieval.model import Label

QUOTATION = "The bridge carries two gondolas."


@dataclass
class FakeModel:
    support: Support
    heard: list[Reading] = field(default_factory=list)

    def weigh(self, readings):
        self.heard.extend(readings)
        return [self.support] * len(readings)


@pytest.mark.parametrize(
    ("support", "entailed"),
    [
        (Support(0.4, 0.3, 0.3), True),
        (Support(0.4, 0.2, 0.4), False),
        (Support(0.3, 0.5, 0.2), False),
    ],
)
def test_entailed_is_what_is_most_likely_supported(support, entailed):
    model = FakeModel(support)
    assert PlainEntailment(model).entails("A premise.", "A hypothesis.") is entailed
    assert model.heard == [Reading(asked="A hypothesis.", sentence="A premise.")]


def test_the_gate_is_the_checks_by_rule():
    carries = OwnJudges().gate()
    assert carries(QUOTATION, QUOTATION)
    assert not carries("The bridge carries three gondolas.", QUOTATION)


def test_judges_without_weights_are_absent_and_with_them_judge():
    own = OwnJudges()
    if not (WEIGHTS / "supports.onnx").is_file():
        assert own.pairs() is None
        assert own.entailment() is None
    else:
        assert own.pairs().labels([(QUOTATION, QUOTATION)]) == [Label.SUPPORTED]
        assert own.entailment().entails(QUOTATION, QUOTATION)
    if not (WEIGHTS / "answers.onnx").is_file():
        assert own.ranker() is None
    else:
        sentences = ("It rained in May.", QUOTATION)
        assert sorted(own.ranker().order("What does the bridge carry?", "", sentences)) == [0, 1]
