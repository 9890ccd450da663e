"""Namesakes."""

from __future__ import annotations

import pytest

from retrieval.text.namesakes import is_of_a_namesake

ASKED = "Where was Eli Heckscher born?"


@pytest.mark.parametrize(
    ("title", "sentence", "of_another"),
    [
        ("August Heckscher", "Heckscher was born in Hamburg.", True),
        ("August Heckscher", "He was born in Hamburg.", True),
        ("Gunnar Heckscher", "Heckscher was born in Lund, a son of Eli Heckscher.", True),
        ("Gunnar Heckscher", "Eli Heckscher was born in Stockholm.", False),
        ("Eli Heckscher", "He was born in Stockholm.", False),
        ("E. F. Heckscher", "Heckscher was born in Stockholm.", False),
        ("Eli Filip Heckscher", "Heckscher was born in Stockholm.", False),
        ("Economists", "Heckscher was born in Stockholm.", False),
        ("Heckscher", "Heckscher was born in Stockholm.", False),
    ],
)
def test_a_title_tells_whose_surname_it_is(title: str, sentence: str, of_another: bool) -> None:
    assert is_of_a_namesake(ASKED, title, sentence) is of_another


def test_only_people_have_namesakes() -> None:
    assert not is_of_a_namesake(
        "When did the Ghent Office open?", "Leuven Office", "It opened in May."
    )
    assert not is_of_a_namesake(
        "When was Heckscher born?", "August Heckscher", "He was born in 1848."
    )
