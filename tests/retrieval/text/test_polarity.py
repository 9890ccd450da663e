from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.polarity import are_opposites, denies, negations, tentative
from retrieval.text.terms import term


@pytest.mark.parametrize(
    ("text", "count"),
    [("did not", 1), ("didn't", 1), ("didn’t", 1), ("dont", 1), ("cannot", 1), ("no longer", 1),
     ("failed to", 1), ("lack of", 1), ("neither X nor Y", 1), ("did not eat nor drink", 1),
     ("not only Bob but also Al", 0), ("No. 5", 0), ("no doubt", 0), ("whether or not", 0),
     ("not uncommon", 0), ("no less than ten", 0), ("Nobel", 0), ("nonetheless", 0), ("knot", 0),
     ("It did not say that nobody came", 2)],
)  # fmt: skip
def test_negations_are_counted(text: str, count: int) -> None:
    assert negations(text) == count


@pytest.mark.parametrize(
    ("text", "expected"),
    [("denied claims that", True), ("was false", True), ("is completely untrue", True),
     ("rejected the claim", True), ("dismissed reports", True), ("dismissed it as false", False),
     ("refuted it", True), ("dismissed from his job", False), ("disputed territory", False),
     ("undeniable", False), ("a false alarm", False), ("rejected the offer", False)],
)  # fmt: skip
def test_denials(text: str, expected: bool) -> None:
    assert denies(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("it may go", True), ("in May 2020", False), ("Theresa May said", False), ("may 5", False),
     ("Perhaps", True), ("Reportedly so", True), ("plans to go", True), ("is expected to", True),
     ("it will go", False), ("planned a party", False)],
)  # fmt: skip
def test_tentative_language(text: str, expected: bool) -> None:
    assert tentative(text) is expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("needed", "unnecessary"), ("danger", "harmless"), ("rose", "fell"), ("began", "ended"),
     ("northern", "south"), ("accurate", "inaccurate"), ("legal", "illegal"), ("agree", "disagree"),
     ("lucky", "unlucky"), ("military", "civilian"), ("won", "lost")],
)  # fmt: skip
def test_opposites_hold_both_ways(one: str, other: str) -> None:
    assert are_opposites(term(one), term(other))
    assert are_opposites(term(other), term(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [("prove", "improve"), ("port", "import"), ("come", "income"), ("less", "unless"),
     ("rest", "unrest"), ("cover", "discover"), ("form", "inform"), ("left", "arrived"),
     ("right", "wrong"), ("fire", "appoint"), ("last", "first"), ("present", "absent"),
     ("bought", "sold"), ("danger", "danger"), ("new", "old"), ("close", "open")],
)  # fmt: skip
def test_words_that_only_look_opposite(one: str, other: str) -> None:
    assert not are_opposites(term(one), term(other))


@given(st.text(), st.text())
def test_no_text_is_too_strange(one: str, other: str) -> None:
    assert negations(one) >= 0
    assert denies(one) in (True, False)
    assert tentative(one) in (True, False)
    assert are_opposites(one, other) == are_opposites(other, one)
