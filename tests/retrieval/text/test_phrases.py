"""A plain word for several."""

from __future__ import annotations

import pytest

from retrieval.text.meanings import another_form, same_meaning
from retrieval.text.phrases import in_plain_words
from retrieval.text.polarity import are_opposites
from retrieval.text.terms import term


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("The inspection turned up rust.", "The inspection found rust."),
        ("The report was made public.", "The report was published."),
        ("The certificate had run out.", "The certificate had expired."),
        ("In the dockers' telling, it was sealed.", "According to the dockers, it was sealed."),
        ("As the union sees it, prices rise.", "According to the union, prices rise."),
        ("Over six years, nurses were asked.", "During six years, nurses were asked."),
        ("Over 30 nurses were asked.", "Over 30 nurses were asked."),
    ],
)
def test_a_phrase_becomes_its_plain_verb(text: str, plain: str) -> None:
    assert in_plain_words(text) == plain


def test_a_line_of_meanings_holds_no_opposites() -> None:
    pairs = [("bought", "purchased"), ("fell", "dropped"), ("raise", "increase")]

    assert all(same_meaning(term(one), term(other)) for one, other in pairs)
    assert not same_meaning(term("rise"), term("fall"))
    assert not same_meaning(term("accept"), term("reject"))
    assert not any(are_opposites(term(one), term(other)) for one, other in pairs)


def test_forms_of_one_word() -> None:
    assert another_form("president", "presidential")
    assert not another_form("contract", "contrast")
