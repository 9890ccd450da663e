from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.answer.features import FEATURE_NAMES, Features, alignment
from retrieval.answer.question import analyse
from retrieval.answer.search import Hit
from retrieval.text.terms import sentence_terms
from retrieval.text.vectors import WordTable


def features(
    question: str, sentence: str, *, before: str = "", context: str = "", passage: str = ""
) -> Features:
    query = analyse(question)
    return alignment(
        query,
        dict.fromkeys(query.terms, 1.0),
        WordTable(query.words, (word for _, word in sentence_terms(sentence))),
        sentence,
        before=before,
        context=context,
        passage=passage or sentence,
        hit=Hit(1, 0.5),
    )


BRIDGE = "The bridge over the Zarn opened in 1998 and carries 40,000 cars a day."


def test_coverage_is_the_share_of_terms_repeated() -> None:
    found = features("bridge Zarn elephant piano", BRIDGE)
    assert found.coverage == pytest.approx(0.5)
    assert features("bridge Zarn", BRIDGE).coverage == 1.0


def test_context_and_passage_cover_more() -> None:
    found = features(
        "bridge Zarn elephant piano", BRIDGE, context="Elephants", passage=f"{BRIDGE} A piano."
    )
    assert found.coverage == pytest.approx(0.5)
    assert found.coverage_context == pytest.approx(0.75)
    assert found.coverage_passage == pytest.approx(1.0)
    assert features("bridge elephant", BRIDGE, before="An elephant.").coverage_context == 1.0


def test_soft_coverage_credits_near_words() -> None:
    near = features("car", "An automobile stood there.").soft_coverage
    far = features("car", "A sonnet has lines.").soft_coverage
    assert 0.0 <= far < near < 1.0


def test_the_weakest_and_the_missing_term_are_told() -> None:
    found = features("bridge elephant", BRIDGE)
    assert found.missing == pytest.approx(0.5)
    assert found.weakest > 0.2
    assert features("bridge Zarn", BRIDGE).missing == 0.0


def test_names_are_looked_for() -> None:
    question = "What did the town of Zarn say of Ada Lovelace?"
    assert features(question, "In Zarn, Ada Lovelace was praised.").names == 1.0
    assert features(question, "It rained in May.").names == 0.0
    assert features("what is it?", "It rained in May.").names == 1.0


def test_another_date_clashes() -> None:
    assert features("What opened in 1998?", BRIDGE).clash == 0.0
    assert features("What opened in 2004?", BRIDGE).clash == 1.0
    assert features("What opened in 2004?", "The bridge opened.").clash == 0.0


def test_a_title_may_hold_the_year() -> None:
    sentence = "The final was won by Ostra."
    found = features("Who won the 1994 championship?", sentence, context="1994 championship.")
    assert (found.values, found.clash) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("question", "fitting", "unfitting"),
    [
        ("When did the bridge open?", "The bridge opened in 1998.", "The bridge opened early."),
        ("When does the office open?", "The office opens at nine.", "The office is open."),
        ("When is it paid?", "It is paid within 30 days.", "It is paid in full."),
        ("What time does it open?", "It opens at 9:30.", "It opens in May."),
        ("How many boats sank?", "The storm sank 14 boats.", "The storm sank boats."),
        ("Who opened the bridge?", "Ada Lovelace opened the bridge.", "The bridge is open."),
        ("Where is the camp?", "The camp is near Ostra.", "The camp is wet."),
        ("Why is it closed?", "It is closed because of ice.", "It is closed."),
        ("What is a ferry?", "A ferry is a ship.", "They took a ferry home."),
    ],
)
def test_the_kind_asked_for_is_looked_for(question: str, fitting: str, unfitting: str) -> None:
    assert features(question, fitting).expected > features(question, unfitting).expected


def test_a_number_counts_most_with_what_is_counted() -> None:
    question = "How many boats did the storm sink?"
    counted = features(question, "The storm sank 14 boats.").expected
    other = features(question, "The storm lasted 9 hours.").expected
    assert counted > other


def test_a_definite_kind_may_be_lacking() -> None:
    assert features("When did the bridge open?", "The bridge is red.").lacking == 1.0
    assert features("When did the bridge open?", BRIDGE).lacking == 0.0
    assert features("Why is the bridge red?", "The bridge is wet.").lacking == 0.0


def test_polarity_is_compared() -> None:
    assert features("Is the bridge open?", "The bridge is not open.").negation == 1.0
    assert features("Is the bridge not open?", "The bridge is not open.").negation == 0.0


def test_terms_that_stand_together_are_told() -> None:
    together = features("harbour police boat", "The harbour police boat left.")
    apart = features(
        "harbour police boat",
        "The harbour is old, and a week later the town police saw that some fisher left by boat.",
    )
    assert together.adjacency > apart.adjacency
    assert together.spread > apart.spread


def test_a_sentence_with_nothing_new_has_no_novelty() -> None:
    assert features("red bridge", "The red bridge.").novelty == 0.0
    assert features("red bridge", "An old ferry.").novelty == 1.0


def test_the_row_is_in_the_order_of_the_weights() -> None:
    found = features("When did the bridge open?", BRIDGE)
    assert found.row() == tuple(getattr(found, name) for name in FEATURE_NAMES)


@settings(max_examples=200)
@given(st.text(max_size=120), st.text(max_size=120), st.text(max_size=60))
def test_any_text_has_features_in_range(question: str, sentence: str, other: str) -> None:
    found = features(question, sentence, before=other, context=other)
    for name, value in zip(FEATURE_NAMES, found.row(), strict=True):
        assert math.isfinite(value), name
        assert 0.0 <= value <= 2.0, name
