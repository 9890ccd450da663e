from __future__ import annotations

import pytest

from retrieval.text.withdrawal import withdraws


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministry later withdrew the statement.",
        "The report was retracted in May.",
        "She has since taken back what she said.",
        "That turned out to be wrong.",
        "This was later corrected.",
        "Correction: the import dropped 90 rows.",
        "Milan: scratch that, the job is still running.",
        "Sorry, that was wrong.",
        "The claim has been withdrawn.",
        "I was wrong about the port.",
    ],
)
def test_a_sentence_that_takes_back_is_known(sentence: str) -> None:
    assert withdraws(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The army withdrew from the valley.",
        "The wheels are retracted before landing.",
        "It was a wrong turn that cost him the race.",
        "The teacher corrected the essays.",
        "Money can be withdrawn at any counter.",
        "The statement was published on Monday.",
    ],
)
def test_other_sentences_take_nothing_back(sentence: str) -> None:
    assert not withdraws(sentence)
