"""Measures of small runs, counted by hand; the runner asks everything once."""

import io
import json

import pytest
from rich.console import Console

from evals.graded import grade
from evals.measures import Section, measure
from evals.report import Report, render
from evals.run import Run, run
from evals.sets import Kind
from retrieval.model import Label
from tests.evals.made import ScriptedSystem, answer, asked, question, refusal, verdict

A = frozenset({"a.txt"})
B = frozenset({"b.txt"})


def measured(*results, graded=False):
    return {one.key: one for one in measure(Run(results, 100.0), graded=graded)}


@pytest.fixture
def mixed():
    """Four answerable (right, wrong, refused, right by words), two unanswerable (one answered)."""
    first = ("a.txt", "b.txt")
    return measured(
        asked(question(evidence=A), answer("So."), 0.9, first),
        asked(question(evidence=B), answer("So."), 0.6, first),
        asked(question(evidence=A), refusal(), 0.3, first),
        asked(question(evidence=B, answers=("x",)), answer("x", "y"), 0.8, first),
        asked(question(Kind.UNANSWERABLE), answer("So."), 0.7),
        asked(question(Kind.UNANSWERABLE), refusal(), 0.1),
    )


def test_both_kinds_of_error_are_counted(mixed):
    assert mixed["answered_right"].figure.value == 2 / 4
    assert mixed["answered_wrong"].figure.value == 1 / 4
    assert mixed["answerable_refused"].figure.value == 1 / 4
    assert mixed["unanswerable_answered"].figure.value == 1 / 2
    assert mixed["balanced_accuracy"].figure.value == (3 / 4 + 1 / 2) / 2


def test_the_two_simplest_systems_stand_beside(mixed):
    right = mixed["answered_right"]
    assert (right.always_refuse, right.never_refuse) == (0.0, 2 / 4)
    refused = mixed["answerable_refused"]
    assert (refused.always_refuse, refused.never_refuse) == (1.0, 0.0)
    balanced = mixed["balanced_accuracy"]
    assert (balanced.always_refuse, balanced.never_refuse) == (0.5, 0.5)


def test_crag_gives_right_one_point_and_takes_one_for_wrong(mixed):
    assert mixed["crag"].figure.value == pytest.approx((2 - 1 - 1) / 6)
    assert mixed["crag"].never_refuse == pytest.approx((2 - 2 - 2) / 6)


def test_the_score_separates_by_auroc(mixed):
    # .9 .6 .3 .8 against .7 .1: 2 + 1 + 1 + 2 of 8 pairs
    assert mixed["auroc"].figure.value == pytest.approx(6 / 8)


def test_a_question_without_a_score_ranks_below_all_others():
    found = measured(
        asked(question(), answer("So."), 0.4), asked(question(Kind.UNANSWERABLE), refusal(), None)
    )
    assert found["auroc"].figure.value == 1.0


def test_citations_of_answers_to_answerable_questions_are_judged_one_by_one(mixed):
    # "So." (a) right; "So." (b wanted) wrong; "x" right by words, "y" wrong
    precision = mixed["citation_precision"].figure
    assert (precision.value, precision.n) == (2 / 4, 4)
    assert mixed["short_answer_quoted"].figure.n == 1


def test_search_is_measured_where_evidence_is_known(mixed):
    assert mixed["recall_at_1"].figure.value == 0.5
    assert mixed["recall_at_5"].figure.value == 1.0
    assert mixed["recall_at_5"].figure.n == 4
    assert "all_evidence_at_10" not in mixed


def test_sets_without_gold_answers_get_answer_or_refuse_figures_only():
    found = measured(
        asked(question(), answer("So."), 0.9), asked(question(Kind.UNANSWERABLE), refusal(), 0.1)
    )
    assert found["balanced_accuracy"].figure.value == 1.0
    assert not {"answered_right", "crag", "citation_precision", "recall_at_1"} & found.keys()


def test_selected_sentences_are_compared_with_the_quoted():
    gold = question(
        evidence=A, answers=("a long one " * 9,), selected=("Rain falls in May.", "It is wet.")
    )
    found = measured(
        asked(gold, answer("Rain falls in May.", "Nothing else matters."), 0.9, ("a.txt",))
    )
    assert found["selected_precision"].figure.value == 1 / 2
    assert found["selected_recall"].figure.value == 1 / 2
    assert "short_answer_quoted" not in found


def test_claims_are_measured_by_label_and_as_supported_or_not():
    claims = [
        (Label.SUPPORTED, Label.SUPPORTED),
        (Label.SUPPORTED, Label.CONTRADICTED),
        (Label.CONTRADICTED, Label.CONTRADICTED),
        (Label.NOT_IN_CORPUS, Label.NOT_IN_CORPUS),
    ]
    found = measured(
        *(
            asked(
                question(Kind.CLAIM, label=gold, supported=gold is Label.SUPPORTED), verdict(said)
            )
            for gold, said in claims
        )
    )
    assert found["f1_supported"].figure.value == pytest.approx(2 / 3)
    assert found["f1_contradicted"].figure.value == pytest.approx(2 / 3)
    assert found["macro_f1"].figure.value == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)
    # everything not in the corpus: precision 1/4, recall 1
    assert found["macro_f1"].always_refuse == pytest.approx(2 / 5 / 3)
    assert found["supported_balanced_accuracy"].figure.value == 0.75
    assert "balanced_accuracy" not in found


def test_graded_questions_are_counted_by_kind():
    found = measured(
        asked(question(expect=(("so",),)), answer("So.")),
        asked(question(Kind.UNANSWERABLE), answer("So.")),
        graded=True,
    )
    assert found["passed"].figure.value == 1 / 2
    assert found["passed_answerable"].figure.value == 1.0
    assert found["passed_unanswerable"].figure.value == 0.0
    assert "passed_claim" not in found


def test_the_runner_asks_everything_in_order():
    questions = [
        question(text="one", evidence=A),
        question(Kind.CLAIM, text="two"),
        question(text="three"),
    ]
    system = ScriptedSystem({"one": answer("So.")}, {"two": verdict(Label.SUPPORTED)})
    heard = []
    finished = run(questions, system, heard.append)
    assert system.heard == questions
    assert heard == [1, 2, 3]
    assert [one.ranking for one in finished.asked] == [("a.txt", "b.txt"), (), ()]
    assert [one.score for one in finished.asked] == [0.9, None, 0.2]
    assert finished.peak_memory_mb > 10


@pytest.fixture
def report():
    failed = asked(question(Kind.UNANSWERABLE, text="When [was] it?"), answer("At [noon]."))
    finished = Run((asked(question(expect=(("so",),)), answer("So.")), failed), 100.0)
    grades = tuple(map(grade, finished.asked))
    return Report("tiny", 2, 3, finished.asked, measure(finished, graded=True), grades)


def test_the_table_names_each_failed_question_with_its_text_as_it_is(report):
    console = Console(file=io.StringIO(), width=100)
    console.print(render(report))
    shown = console.file.getvalue()
    assert "2 questions, 2 documents, 3 passages" in shown
    assert "When [was] it?" in shown
    assert "At [noon]." in shown
    assert "0.500" in shown


def test_the_json_names_each_measure_and_each_failure(report):
    found = report.to_json()
    assert found["set"] == "tiny"
    assert found["measures"]["passed"]["value"] == 0.5
    assert found["measures"]["passed"]["n"] == 2
    assert [line["question"] for line in found["failed"]] == ["When [was] it?"]
    assert [line["outcome"] for line in found["results"]] == ["unjudged", "wrong"]
    assert json.loads(json.dumps(found)) == found


def test_measures_stand_together_by_section(report):
    sections = [one.section for one in report.measures]
    assert sections == sorted(sections, key=list(Section).index)
