"""Measures of attribution on small results, counted by hand, beside plain entailment."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from evals.attributed import Attributed, Form, Half, Reported, Stance, names_one
from evals.entailment import best_match, judge_by_entailment
from evals.measures import Section
from evals.measures.attribution import measure_attribution
from evals.report import Report, render
from evals.sets import Kind, SetDocument
from retrieval.model import AnswerSentence, Label, Sentence, SentenceRole
from tests.evals.made import ScriptedEntailment, answer, asked, question, verdict

DENIAL = "The mill denied that the dam had burst."
QUOTE = "“The dam is safe,” said Ana Vrk."
REST = "“It will hold.”"
DOCUMENT = SetDocument(
    "a",
    "a.txt",
    f"The dam is old. {DENIAL} {QUOTE} {REST}",
    (
        Reported(DENIAL, Stance.DENIES, (("mill",), ("denied",))),
        Reported(REST, Stance.SAYS, (("Vrk",), ("said",))),
    ),
)


def claim(form, stance=Stance.DENIES, text="The dam burst.", paraphrased=False, half=Half.REPORT):
    item = Attributed(form, "news", stance, DENIAL, ("mill",), paraphrased)
    evidence = frozenset({"a.txt"})
    return question(Kind.CLAIM, text, attributed=item, half=half, evidence=evidence)


def judged(label, *arguments, message="Found:", **named):
    return asked(claim(*arguments, **named), replace(verdict(label), message=message))


def posted(*quotes):
    item = Attributed(Form.QUESTION, "news", Stance.DENIES, DENIAL)
    return asked(question(attributed=item, half=Half.REPORT), answer(*quotes))


def measured(*results, beside=()):
    return {one.key: one for one in measure_attribution(results, [DOCUMENT], beside)}


def value(measure):
    return measure.figure.value, measure.figure.n


@pytest.fixture
def claims():
    return measured(
        judged(Label.SUPPORTED, Form.KEPT),
        judged(Label.NOT_IN_CORPUS, Form.KEPT, Stance.PLANS, paraphrased=True),
        judged(Label.SUPPORTED, Form.PLAIN, Stance.AUTHOR),
        judged(Label.SUPPORTED, Form.FLATTENED),
        judged(Label.CONTRADICTED, Form.FLATTENED),
        judged(Label.SUPPORTED, Form.FLATTENED, Stance.SAYS),
        judged(
            Label.SUPPORTED, Form.FLATTENED, Stance.SAYS, message="Supported, as the mill said:"
        ),
        judged(Label.NOT_IN_CORPUS, Form.FLATTENED, Stance.SAYS),
        judged(Label.CONTRADICTED, Form.SWAPPED),
    )


def test_kept_and_plain_claims_are_to_be_supported(claims):
    assert value(claims["report_kept_supported"]) == (1 / 2, 2)
    assert value(claims["report_plain_supported"]) == (1.0, 1)
    assert value(claims["report_false_rejections"]) == (1 / 3, 3)
    assert value(claims["report_kept_paraphrased"]) == (0.0, 1)


def test_flattened_claims_are_to_be_rejected_and_a_plain_said_may_be_named(claims):
    assert value(claims["report_flattened_rejected"]) == (1 / 2, 2)
    assert value(claims["report_flattened_says"]) == (1 / 3, 3)
    assert value(claims["report_said_named"]) == (2 / 3, 3)
    assert value(claims["report_flattened_wide"]) == (3 / 5, 5)
    assert value(claims["report_swapped_rejected"]) == (1.0, 1)


def test_naming_the_speaker_does_not_save_a_claim_that_is_denied():
    found = measured(judged(Label.SUPPORTED, Form.FLATTENED, message="As the mill denied:"))
    assert value(found["report_flattened_wide"]) == (0.0, 1)


def test_claims_are_measured_by_stance(claims):
    assert value(claims["report_kept_denies"]) == (1.0, 1)
    assert value(claims["report_kept_plans"]) == (0.0, 1)
    assert "report_kept_asks" not in claims


def test_halves_are_measured_apart_and_bounded():
    found = measured(
        judged(Label.SUPPORTED, Form.KEPT, half=Half.TUNE),
        judged(Label.NOT_IN_CORPUS, Form.KEPT),
    )
    assert value(found["tune_kept_supported"]) == (1.0, 1)
    assert value(found["report_kept_supported"]) == (0.0, 1)
    assert found["report_kept_supported"].figure.high < 1.0
    assert found["tune_kept_supported"].section is Section.ATTRIBUTION_TUNE


def test_an_answer_is_to_post_speaker_and_cue_with_what_was_said():
    found = measured(
        posted(DENIAL),
        posted(REST),
        posted(QUOTE, REST),
        posted(DENIAL, REST),
        judged(Label.SUPPORTED, Form.KEPT),
    )
    assert value(found["report_answers_keep"]) == (2 / 4, 4)
    assert value(found["report_attribution_kept"]) == (3 / 5, 5)


def test_a_frame_may_name_the_speaker():
    framed = posted(REST)
    frame = AnswerSentence("Ana Vrk said:", SentenceRole.FRAME, (1,))
    result = replace(framed.result, sentences=(frame, *framed.result.sentences))
    assert value(measured(replace(framed, result=result))["report_answers_keep"]) == (1.0, 1)


def test_answers_without_reported_speech_and_other_sets_are_not_counted():
    assert measured(posted("The dam is old.")) == {}
    assert measured(asked(question(Kind.CLAIM), verdict(Label.SUPPORTED))) == {}


@pytest.mark.parametrize(
    ("words", "text", "named"),
    [
        (("Vrk", "mill"), "The mill said so.", True),
        (("he",), "The others said so.", False),
        (("kérouac",), "Dr. Kérouac’s patients", True),
        (("?",), "Is it safe?", True),
    ],
)
def test_a_name_is_found_as_a_word_of_its_own(words, text, named):
    assert names_one(words, text) is named


def test_the_best_sentence_shares_most_terms_and_of_those_the_shortest_counts():
    texts = ("The dam is old and long.", "The dam is old.", "It rained.")
    sentences = [("a.txt", Sentence(0, len(text), text)) for text in texts]
    assert best_match("How old is the dam?", sentences)[1].text == "The dam is old."


def test_plain_entailment_is_fed_the_best_sentence_and_the_claim():
    kept, flattened = claim(Form.KEPT, text="The mill denied it."), claim(Form.FLATTENED)
    unknown = question(Kind.CLAIM, "Why?")
    model = ScriptedEntailment({"The dam burst."})
    beside = judge_by_entailment([kept, flattened, unknown], [DOCUMENT], model)
    assert model.heard == [(DENIAL, "The mill denied it."), (DENIAL, "The dam burst.")]
    assert [one.result.label for one in beside] == [Label.NOT_IN_CORPUS, Label.SUPPORTED]
    assert [citation.quote for citation in beside[1].result.citations] == [DENIAL]


def test_plain_entailment_stands_beside_in_the_same_table():
    ours = judged(Label.CONTRADICTED, Form.FLATTENED)
    model = ScriptedEntailment({"The dam burst."})
    beside = judge_by_entailment([ours.question], [DOCUMENT], model)
    measures = tuple(measure_attribution([ours], [DOCUMENT], beside))
    first = measures[0]
    assert (first.key, first.figure.value) == ("report_flattened_rejected", 1.0)
    assert first.entailment is not None
    assert first.entailment.value == 0.0
    report = Report("tiny", 1, 1, (ours,), measures)
    assert report.to_json()["measures"]["report_flattened_rejected"]["entailment"]["value"] == 0.0
    console = Console(file=io.StringIO(), width=120)
    console.print(render(report))
    assert "tailment" in console.file.getvalue()
