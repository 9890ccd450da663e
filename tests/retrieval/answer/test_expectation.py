"""The kind of thing that is asked for, and the gates that insist on it."""

from __future__ import annotations

import pytest

from retrieval.answer.expectation import fit
from retrieval.answer.gates import answers_how_much
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
    ],
)
def test_a_quantity_may_lack_its_number(question: str, sentence: str, answers: bool) -> None:
    assert answers_how_much(analyse(question), sentence) is answers


@pytest.mark.parametrize(
    ("sentence", "holds"),
    [
        ("Approved claims are paid on the 15th of each month.", True),
        ("The market is held on Saturdays.", True),
        ("The market is held on the square.", False),
    ],
)
def test_a_time_needs_no_full_date(sentence: str, holds: bool) -> None:
    assert (fit(analyse("When is it held?"), sentence) > 0) is holds
