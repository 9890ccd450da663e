from __future__ import annotations

import pytest

from retrieval.answer.encoding import SENTENCE, Reading
from retrieval.answer.models import WEIGHTS, answers_model, supports_model
from retrieval.answer.verify import load_verifier
from retrieval.model import Label

QUESTION = "Who built the harbour bridge?"
ANSWERING = Reading(QUESTION, "The harbour bridge was built by the Norden Company in 1931.")
NEAR = Reading(QUESTION, "The harbour bridge is closed to lorries on Sundays.")


def test_what_answers_reads_better_than_what_only_comes_near() -> None:
    answering, near = answers_model().read([ANSWERING, NEAR])
    assert answering.logit > 0 > near.logit
    assert answering.margin > near.margin


def test_the_span_is_the_answer() -> None:
    (read,) = answers_model().read([ANSWERING])
    assert read.span is not None
    assert "Norden" in ANSWERING.sentence[slice(*read.span)]


def test_a_reading_does_not_depend_on_its_neighbours() -> None:
    alone = answers_model().read([ANSWERING])[0]
    among = answers_model().read([NEAR, ANSWERING, NEAR, NEAR])[1]
    assert alone == among


@pytest.mark.parametrize("sentence", ["", " ", "…", "\u200b"])
def test_a_sentence_without_words_is_read(sentence: str) -> None:
    assert answers_model().read([Reading(QUESTION, sentence)])[0].logit < 0


def test_a_claim_is_weighed_by_what_the_quotation_says() -> None:
    quotation = "The harbour bridge was built by the Norden Company in 1931."
    same, other, beside = supports_model().weigh(
        [
            Reading("The Norden Company built the harbour bridge.", quotation),
            Reading("The harbour bridge was not built by the Norden Company.", quotation),
            Reading("The Norden Company employs 300 people.", quotation),
        ]
    )
    assert same.supports > 0.5
    assert other.contradicts > 0.5
    assert beside.supports < 0.5
    for one in (same, other, beside):
        assert one.supports + one.contradicts + one.neither == pytest.approx(1, abs=1e-5)


def test_a_quotation_too_long_to_be_read_supports_nothing() -> None:
    long = Reading("It rained.", "It rained. " * SENTENCE)
    assert supports_model().weigh([long])[0].supports == 0


def test_what_stands_there_word_for_word_is_supported_at_any_length() -> None:
    long = "The commission met in Lind, and " + "it heard the report, and " * 40 + "it adjourned."
    verifier = load_verifier()
    assert verifier.labels([(long, long)]) == [Label.SUPPORTED]
    assert verifier.labels([("Ada denied that it rained.", "It rained.")]) != [Label.SUPPORTED]


def test_the_weights_stay_small() -> None:
    for name in ("answers.onnx", "supports.onnx"):
        assert (WEIGHTS / name).stat().st_size < 25e6
