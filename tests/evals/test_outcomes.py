"""Right, wrong or refused; passed or failed."""

import pytest

from evals.graded import grade
from evals.outcomes import Outcome, holds_answer, is_selected, normalise, outcome
from evals.sets import Kind
from retrieval.model import Label, Reason
from tests.evals.made import answer, asked, question, refusal, verdict

EVIDENCE = frozenset({"a.txt"})


def test_words_are_compared_as_squad_compares_them():
    assert normalise("The U.S. and an “army”, a 24.85-mile one!") == [
        "us", "and", "“army”", "2485mile", "one",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("quote", "held"),
    [
        ("It began in October 1973.", True),
        ("In the October, 1973, crisis.", True),
        ("It began in October 19733.", False),
        ("1973 in October", False),
    ],
)
def test_a_quotation_holds_an_answer_word_for_word(quote, held):
    assert holds_answer(quote, question(answers=("October 1973",))) is held


def test_an_answer_without_words_is_held_by_nothing():
    assert not holds_answer("anything", question(answers=("the", "...")))


def test_an_answer_is_right_by_place_or_by_words():
    gold = question(evidence=EVIDENCE, answers=("1973",))
    assert outcome(asked(gold, answer("It began."))) is Outcome.RIGHT
    assert outcome(asked(gold, answer("In 1973.", source="b.txt"))) is Outcome.RIGHT
    assert outcome(asked(gold, answer("In 1974.", source="b.txt"))) is Outcome.WRONG
    assert outcome(asked(gold, refusal())) is Outcome.REFUSED


def test_an_answer_to_an_unanswerable_question_is_wrong_whatever_it_quotes():
    gold = question(Kind.UNANSWERABLE, evidence=EVIDENCE)
    assert outcome(asked(gold, answer("It began."))) is Outcome.WRONG


def test_without_gold_an_answer_is_not_judged():
    assert outcome(asked(question(), answer("It began."))) is Outcome.UNJUDGED


def test_a_selected_sentence_is_recognised_by_its_words():
    selected = ("Seasonality is a characteristic of a time series .", "Other .")
    assert is_selected("Seasonality is a characteristic of a time series.", selected)
    assert not is_selected("Demand depends on the day of the week.", selected)


def test_an_answer_passes_with_the_expected_words_and_quotation():
    gold = question(expect=(("1984",), ("pkk", "party")), quoted=("since 1984",))
    assert grade(asked(gold, answer("The PKK fights since 1984."))).passed
    missing = grade(asked(gold, answer("Since 1984 it fights.")))
    assert "pkk / party" in (missing.failure or "")
    unquoted = grade(asked(gold, answer("The PKK: 1984.")))
    assert "since 1984" in (unquoted.failure or "")
    assert grade(asked(gold, refusal())).failure == "refused (not_answered)"


def test_an_unanswerable_question_passes_refused():
    gold = question(Kind.UNANSWERABLE)
    assert grade(asked(gold, refusal())).passed
    assert not grade(asked(gold, answer("At noon."))).passed


def test_a_false_premise_is_set_right_by_either_shape():
    gold = question(Kind.FALSE_PREMISE, expect=(("generals",),), quoted=("by generals",))
    assert grade(asked(gold, answer("It is chaired by generals."))).passed
    assert grade(asked(gold, refusal(Reason.CONTRADICTED, "It is chaired by generals."))).passed
    assert not grade(asked(gold, refusal(Reason.CONTRADICTED, "It is chaired."))).passed
    assert not grade(asked(gold, refusal())).passed


def test_a_contradicted_refusal_is_no_answer_to_an_answerable_question():
    gold = question(expect=(("generals",),))
    assert not grade(asked(gold, refusal(Reason.CONTRADICTED, "Chaired by generals."))).passed


def test_a_claim_passes_with_its_label():
    gold = question(Kind.CLAIM, label=Label.CONTRADICTED)
    assert grade(asked(gold, verdict(Label.CONTRADICTED))).passed
    assert not grade(asked(gold, verdict(Label.SUPPORTED))).passed
