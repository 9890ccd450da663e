from __future__ import annotations

import pytest

from retrieval.text.withdrawal import is_message, overtakes, withdraws


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


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Nora (2026-05-04 10:01): The offsite is in Ostra.", True),
        ("[10:01] Nora: The offsite is in Ostra.", True),
        ("Results: 198 people took part.", False),
        ("Step 2: open the menu.", False),
        ("The office opens at 10:00 every day.", False),
    ],
)
def test_a_message_has_a_time_and_a_writer(text: str, message: bool) -> None:
    assert is_message(text) is message


@pytest.mark.parametrize(
    ("later", "overtaking"),
    [
        ("Nora (2026-05-06 09:15): The offsite is in Lind now, Ostra is full.", True),
        ("Nora (2026-05-06 09:15): The offsite in Ostra has 20 guests.", False),
        ("Nora (2026-05-06 09:15): Lunch is cancelled.", False),
    ],
)
def test_a_later_message_overtakes_what_it_speaks_of(later: str, overtaking: bool) -> None:
    assert overtakes(later, "Nora (2026-05-04 10:01): The offsite is in Ostra.") is overtaking
