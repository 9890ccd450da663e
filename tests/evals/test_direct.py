"""Changed copies of a set's sentences, checked by rule and by the judge where there is one."""

import pytest

from evals.direct import SENTENCES, evaluate_changed, supported_by
from evals.measures import Section
from evals.sentences import prose_of
from evals.sets import QuestionSet, SetDocument
from retrieval.errors import UsageError
from retrieval.model import Label
from tests.evals.made import ScriptedJudges, ScriptedPairs

BRIDGE = "The bridge in Hemmoor was opened in 1909."
LOAD = "It carries 20 people."
DOCUMENTS = (
    SetDocument("a", "a.txt", f"{BRIDGE} {LOAD}\n\n- a list item"),
    SetDocument("b", "b.txt", LOAD),
)
SET = QuestionSet("bridges", DOCUMENTS, (), graded=False)


def test_sentences_of_running_text_are_taken_once():
    assert prose_of(DOCUMENTS) == (BRIDGE, LOAD)


def test_rules_alone_are_measured_where_no_judge_is_installed():
    report = evaluate_changed(SET, ScriptedJudges(), limit=None, seed=0)
    found = {one.key: one for one in report.measures}
    assert (report.documents, report.sentences, report.asked) == (2, 2, ())
    assert {one.section for one in report.measures} == {Section.CHANGED_RULES}
    assert found["rules_caught_all"].figure.value == 1.0
    assert found["rules_caught_number"].figure.n >= 1
    assert found["rules_refused_same"].figure.value == 0.0
    assert (found["rules_refused_all"].always_refuse, found["rules_refused_all"].never_refuse) == (
        1.0,
        0.0,
    )
    assert report.measures[0].key == "rules_caught_all"


def test_the_judge_stands_below_the_rules_and_refuses_what_it_does_not_support():
    judge = ScriptedPairs({BRIDGE: Label.SUPPORTED, LOAD: Label.CONTRADICTED})
    report = evaluate_changed(SET, ScriptedJudges(judge), limit=None, seed=0)
    found = {one.key: one.figure for one in report.measures}
    assert found["judge_caught_all"].value == 1.0
    assert (found["judge_refused_same"].value, found["judge_refused_same"].n) == (1 / 2, 2)
    assert (BRIDGE, BRIDGE) in judge.heard


def test_a_judge_reads_the_quotation_as_premise():
    judge = ScriptedPairs({"So.": Label.SUPPORTED})
    assert supported_by(judge)("So.", "It is so.")
    assert judge.heard == [("It is so.", "So.")]


def test_a_sample_of_sentences_is_drawn():
    assert evaluate_changed(SET, ScriptedJudges(), limit=1, seed=0).sentences == 1
    assert SENTENCES > 1
    with pytest.raises(UsageError, match="sample of 0"):
        evaluate_changed(SET, ScriptedJudges(), limit=0, seed=0)
