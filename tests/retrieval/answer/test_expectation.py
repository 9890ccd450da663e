"""The kind of thing that is asked for, and the gates that insist on it."""

from __future__ import annotations

import pytest

from retrieval.answer.expectation import fit
from retrieval.answer.features import FEATURE_NAMES, Features
from retrieval.answer.gates import answers_how_much, unmet
from retrieval.answer.question import analyse


@pytest.mark.parametrize(
    ("question", "sentence", "holds"),
    [
        ("Who signed the pact?", "Ankara and Baghdad signed a pact last week.", True),
        ("Who invaded Ostra?", "Turkey has also invaded Ostra.", True),
        ("Who signed the pact?", "The pact was signed in Turkey.", False),
        ("Who signed the pact?", "Turkey published the pact.", False),
        ("Who signed the pact?", "Sources told of a pact signed last week.", False),
        ("Who repairs the roof?", "The landlord repairs the roof.", True),
        ("Who leads the club?", "Mara Lindqvist leads the club.", True),
        ("who is the water minister", "Water Minister Ada Byron denied it.", True),
        ("Who is Ada Byron's husband?", "Ada Byron Day is in May.", False),
        ("who approves it", "It needs the approval of a director.", True),
        ("who should not take it", "Do not take it after a heart attack.", True),
        ("who took it", "Do not take it after a heart attack.", False),
    ],
)
def test_a_country_is_a_doer_only_of_what_is_asked(
    question: str, sentence: str, holds: bool
) -> None:
    assert (fit(analyse(question), sentence) >= 0.5) is holds


@pytest.mark.parametrize(
    ("question", "sentence", "answers"),
    [
        ("How long does a rollback take?", "A rollback takes less than a second.", True),
        ("How long is the break?", "The break lasts half an hour.", True),
        ("How long does the repair take?", "The repair takes three days.", True),
        ("How long does a rollback take?", "A second rollback takes it back.", False),
        ("How long is the crossing?", "The crossing is about a bridge.", False),
        ("How many boats sank?", "They sank within an hour.", False),
        ("How much deposit is due?", "A deposit of three months' rent is due.", True),
    ],
)
def test_a_quantity_may_lack_its_number(question: str, sentence: str, answers: bool) -> None:
    assert answers_how_much(analyse(question), sentence) is answers


@pytest.mark.parametrize(
    ("sentence", "holds"),
    [
        ("Approved claims are paid on the 15th of each month.", True),
        ("The market is held on Saturdays.", True),
        ("It is held at the end of the year.", True),
        ("It is held when the river is frozen.", True),
        ("It is held on the first.", True),
        ("The market is held on the square.", False),
    ],
)
def test_a_time_needs_no_full_date(sentence: str, holds: bool) -> None:
    assert (fit(analyse("When is it held?"), sentence) > 0) is holds


@pytest.mark.parametrize(
    ("question", "sentence", "holds"),
    [
        ("how many times may it be renewed", "It may be renewed twice.", True),
        ("how many boats sank", "Boats sank twice.", False),
        ("how much is a card", "The card is free for residents.", True),
    ],
)
def test_a_number_may_be_a_word(question: str, sentence: str, holds: bool) -> None:
    assert (fit(analyse(question), sentence) >= 0.3) is holds


def test_a_denial_is_asked_for_in_the_main_clause_only() -> None:
    quotations = ["The bot posts a note."]
    whole = analyse("What does the bot do when it does not know the answer?")
    denied = analyse("What does the bot not do?")
    features = Features(*[1.0] * len(FEATURE_NAMES))
    assert unmet(whole, features, quotations) is None
    assert unmet(denied, features, quotations) == "polarity"
