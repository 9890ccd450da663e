"""The attribution set: its sentences stand in its documents, and its gold is consistent."""

from collections import Counter
from pathlib import Path

import pytest

from evals.attributed import Form, Half, Stance
from evals.evaluate import Evaluation, evaluate
from evals.sets import Kind, QuestionSet, read_set
from retrieval.model import Label
from tests.evals.made import ScriptedEntailment

FOLDER = Path(__file__).parents[2] / "evals" / "attribution"
DOMAINS = set("news company incident court science sports finance chat council health".split())


@pytest.fixture(scope="module")
def found() -> QuestionSet:
    return read_set(FOLDER)


def of_form(found, *forms):
    return [one for one in found.questions if one.attributed.form in forms]


def test_it_is_large_and_says_nothing_twice(found):
    assert len(found.documents) >= 50
    assert len(found.questions) >= 600
    for values in ([q.id for q in found.questions], [q.text for q in found.questions]):
        assert [value for value, n in Counter(values).items() if n > 1] == []


def test_every_domain_and_stance_is_in_both_halves(found):
    for half in Half:
        items = [one.attributed for one in found.questions if one.half is half]
        assert {item.domain for item in items} == DOMAINS
        for form in (Form.KEPT, Form.FLATTENED, Form.SWAPPED):
            stances = {item.stance for item in items if item.form is form}
            assert stances == set(Stance) - {Stance.AUTHOR}


def test_halves_are_split_by_document(found):
    halves = {(one.id.rpartition("-")[0], one.half) for one in found.questions}
    assert len(halves) == len(found.documents)


def test_every_sentence_stands_in_its_document_letter_by_letter(found):
    content = {document.file_name: document.content for document in found.documents}
    for one in found.questions:
        for name in one.evidence:
            assert one.attributed.sentence
            assert one.attributed.sentence in content[name], one.id


def test_every_document_has_a_date_and_says_who_speaks_in_it(found):
    for document in found.documents:
        assert "\ndate: 2026-" in document.content
        for reported in document.reported:
            assert reported.sentence in document.content
            assert reported.must_contain
            assert reported.is_kept_in(document.content), reported


def test_a_claim_is_supported_only_where_it_keeps_what_the_document_says(found):
    assert {one.label for one in of_form(found, Form.KEPT, Form.PLAIN)} == {Label.SUPPORTED}
    changed = of_form(found, Form.FLATTENED, Form.SWAPPED)
    said = [q for q in changed if q.attributed.form is Form.FLATTENED and is_said(q)]
    assert {one.label for one in said} == {None}
    assert all(one.attributed.speakers for one in said)
    rest = [one for one in changed if one not in said]
    assert {one.label for one in rest} == {Label.CONTRADICTED, Label.NOT_IN_CORPUS}


def is_said(question):
    return question.attributed.stance is Stance.SAYS


def test_plain_claims_are_the_author_s_and_the_others_are_not(found):
    assert {one.attributed.stance for one in of_form(found, Form.PLAIN)} == {Stance.AUTHOR}
    others = of_form(found, Form.KEPT, Form.FLATTENED, Form.SWAPPED)
    assert Stance.AUTHOR not in {one.attributed.stance for one in others}


def test_a_good_part_is_in_other_words(found):
    claims = [one for one in found.questions if one.kind is Kind.CLAIM]
    assert sum(one.attributed.paraphrased for one in claims) / len(claims) > 0.3


def test_a_question_has_evidence_or_is_unanswerable(found):
    questions = of_form(found, Form.QUESTION)
    assert {one.kind for one in questions} == {Kind.ANSWERABLE, Kind.UNANSWERABLE}
    assert all(bool(one.evidence) == (one.kind is Kind.ANSWERABLE) for one in questions)


def test_it_is_measured_with_a_model_beside(tmp_path):
    model = ScriptedEntailment(set())
    report = evaluate(Evaluation(FOLDER, limit=40, entailment=model), tmp_path)
    found = {one.key: one for one in report.measures}
    assert found["report_false_rejections"].entailment.value == 1.0
    assert found["report_flattened_rejected"].entailment.value == 1.0
    assert model.heard


def test_the_readme_counts_it_rightly(found):
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for half in Half:
        items = [one for one in found.questions if one.half is half]
        documents = {one.id.rpartition("-")[0] for one in items}
        claims = sum(one.kind is Kind.CLAIM for one in items)
        row = f"| half `{half}` | {len(documents)} | {claims} | {len(items) - claims} |"
        assert row in readme
