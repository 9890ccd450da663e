"""Grounded or not: read with its source, measured by source, bounded by document."""

import json

import pytest

from evals.measures.grounded import measure_grounded
from evals.sets import Kind, read_set
from retrieval.model import Label
from tests.evals.made import asked, question, verdict

SUMMARY = "A bridge was opened. It carries two gondolas! Is it old? " * 15


def claim(grounded, label, origin="news", document="a.txt", text="So."):
    known = {"grounded": grounded, "origin": origin, "evidence": frozenset({document})}
    return asked(question(Kind.CLAIM, text, **known), verdict(label))


def measured(*claims):
    return {one.key: one for one in measure_grounded(claims)}


@pytest.fixture
def mixed():
    """News: two of three grounded and one of two others right; mail: one of each, both wrong."""
    return measured(
        claim(True, Label.SUPPORTED),
        claim(True, Label.SUPPORTED, document="b.txt"),
        claim(True, Label.NOT_IN_CORPUS),
        claim(False, Label.CONTRADICTED),
        claim(False, Label.SUPPORTED, document="b.txt"),
        claim(True, Label.CONTRADICTED, "mail", "c.txt"),
        claim(False, Label.SUPPORTED, "mail", "c.txt"),
    )


def test_balanced_accuracy_is_measured_by_source_and_over_them(mixed):
    news, mail = mixed["grounded_news"], mixed["grounded_mail"]
    assert news.figure.value == pytest.approx((2 / 3 + 1 / 2) / 2)
    assert (mail.figure.value, mail.figure.n) == (0.0, 2)
    assert (news.always_refuse, news.never_refuse) == (0.5, 0.5)
    assert mixed["grounded_mean"].figure.value == pytest.approx(news.figure.value / 2)
    assert mixed["grounded_mean"].figure.n == 7


def test_both_kinds_of_error_stand_beside_always_and_never_refusing(mixed):
    refused, believed = mixed["grounded_refused"], mixed["ungrounded_supported"]
    assert (refused.figure.value, refused.figure.n) == (2 / 4, 4)
    assert (refused.always_refuse, refused.never_refuse) == (1.0, 0.0)
    assert (believed.figure.value, believed.figure.n) == (2 / 3, 3)
    assert (believed.always_refuse, believed.never_refuse) == (0.0, 1.0)


def test_claims_on_one_document_stand_or_fall_together():
    right = [claim(g, Label.SUPPORTED if g else Label.CONTRADICTED) for g in (True, False)]
    wrong = [claim(g, Label.CONTRADICTED if g else Label.SUPPORTED) for g in (True, False)]
    same = measured(*right * 20, *wrong * 20)["grounded_news"].figure
    apart = measured(*right * 20, *(claim_on("b.txt", one) for one in wrong * 20))["grounded_news"]
    assert (same.value, same.low, same.high) == (0.5, 0.5, 0.5)  # one document: nothing varies
    assert (apart.figure.low, apart.figure.high) == (0.0, 1.0)


def claim_on(document, one):
    label = one.result.label
    return claim(one.question.grounded, label, document=document)


def test_a_source_with_one_side_only_and_other_claims_are_left_out():
    found = measured(
        claim(True, Label.SUPPORTED),
        asked(
            question(Kind.CLAIM, label=Label.SUPPORTED, supported=True), verdict(Label.SUPPORTED)
        ),
    )
    assert set(found) == {"grounded_refused", "grounded_too_long"}
    assert measured() == {}


def test_claims_too_long_to_be_checked_are_counted():
    found = measured(
        claim(True, Label.SUPPORTED), claim(False, Label.NOT_IN_CORPUS, text="So. " * 251)
    )
    assert found["grounded_too_long"].figure.value == 1 / 2


def test_a_summary_is_read_whole_with_its_source(tmp_path):
    document = {"id": "d", "title": "", "text": "A bridge was opened."}
    line = {
        "id": "s",
        "kind": "claim",
        "question": SUMMARY,
        "label": None,
        "evidence": ["d"],
        "meta": {"grounded": False, "source": "summaries", "detail": ["entity_modification"]},
    }
    (tmp_path / "documents.jsonl").write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "questions.jsonl").write_text(json.dumps(line), encoding="utf-8")
    (read,) = read_set(tmp_path).questions
    assert read.text == SUMMARY
    assert (read.grounded, read.origin, read.supported) == (False, "summaries", False)
