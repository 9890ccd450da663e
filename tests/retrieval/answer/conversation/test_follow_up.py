from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer.conversation.follow_up import standalone
from retrieval.model import Question, Turn

VISITORS = "How many visitors came to the Lantern Festival in 2022?"
LIMIT = "What is the hotel limit in Norway?"
FERRY = "How long does the ferry to Ostra take?"
HAMLET = ("Who wrote Hamlet?", "“Hamlet was written by William Shakespeare about 1600.” [1]")


def looked_for(text: str, *before: str | tuple[str, str]) -> str:
    """The question after what was asked (and, in pairs, answered) before."""
    turns: list[Turn] = []
    for one in before:
        asked, *answered = (one,) if isinstance(one, str) else one
        turns.append(Turn("user", asked))
        turns.extend(Turn("onrecord", said) for said in answered)
    return standalone(Question(text, tuple(turns))).text


@pytest.mark.parametrize(
    ("text", "before", "whole"),
    [
        ("and in 2023?", VISITORS, "How many visitors came to the Lantern Festival in 2023?"),
        ("And Sweden?", LIMIT, "What is the hotel limit in Sweden?"),
        ("and in Sweden?", LIMIT, "What is the hotel limit in Sweden?"),
        ("What about Lind?", VISITORS, "How many visitors came to Lind in 2022?"),
        ("what about the tunnel?", "How high is the Harbour Bridge?", "How high is the tunnel?"),
        ("and in 2021?", FERRY, "How long does the ferry to Ostra take in 2021?"),
        (
            "and for children?",
            "How much does the ferry cost for an adult?",
            "How much does the ferry cost for children?",
        ),
        ("And the cost?", FERRY, "What is the cost of the ferry to Ostra?"),
    ],
)
def test_a_fragment_stands_in_the_place_of_what_it_answers_to(
    text: str, before: str, whole: str
) -> None:
    assert looked_for(text, before) == whole


@pytest.mark.parametrize(
    ("text", "before", "whole"),
    [
        ("Who leads it?", VISITORS, "Who leads the Lantern Festival?"),
        ("and what does it cost?", FERRY, "and what does the ferry to Ostra cost?"),
        ("When did it open?", "Why did the new terminal close?", "When did the new terminal open?"),
        ("Who owns them?", "When were the eastern piers built?", "Who owns the eastern piers?"),
        (
            "Does it cover frost?",
            "How long does the warranty of the Aquila 300 last?",
            "Does the warranty of the Aquila 300 cover frost?",
        ),
        ("Who built it?", "What damaged the eastern pier?", "Who built the eastern pier?"),
        (
            "When was it first held?",
            "Who came to the lantern festival in Ostra?",
            "When was the lantern festival first held?",
        ),
        ("When was he born?", HAMLET, "When was William Shakespeare born?"),
        ("When was it first performed?", HAMLET, "When was Hamlet first performed?"),
        ("What is her salary?", "Who is Ana Lind?", "What is Ana Lind’s salary?"),
    ],
)
def test_a_pronoun_is_spelt_out(text: str, before: str, whole: str) -> None:
    assert looked_for(text, before) == whole


@pytest.mark.parametrize("text", ["Why?", "Who said that?", "Is that still so?", "since when?"])
def test_what_asks_about_a_whole_statement_takes_it_all_over(text: str) -> None:
    found = standalone(Question(text, (Turn("user", VISITORS),)))
    assert found.text == f"{text} ({VISITORS})"
    assert found.added == VISITORS


@pytest.mark.parametrize(
    "text",
    [
        "How long does the ferry crossing to Ostra take?",
        "When does unused annual leave expire?",
        "What is an enterprise?",
        "Is it possible to reset the pump?",
        "What is JPL and what does it do?",
        "tell me about Gillette Stadium",
        "thanks",
    ],
)
def test_a_whole_question_stands_by_itself(text: str) -> None:
    assert looked_for(text, VISITORS) == text


def test_what_was_spelt_out_is_still_meant_by_the_next_pronoun() -> None:
    whole = looked_for("When should I start doing it?", "What is estate planning?", "Is it dear?")
    assert whole == "When should I start doing the estate planning?"


def test_courtesy_changes_no_subject() -> None:
    assert looked_for("Who leads it?", VISITORS, "Great, thanks!") == (
        "Who leads the Lantern Festival?"
    )


def test_an_answer_is_never_taken_over() -> None:
    assert "42,000" not in looked_for("Why?", (VISITORS, "“42,000 visitors came.” [1]"))
    asked_back = (FERRY, "Is there anything else I can help you with?")
    assert looked_for("and what does it cost?", asked_back) == (
        "and what does the ferry to Ostra cost?"
    )


def test_without_an_earlier_question_nothing_is_taken_over() -> None:
    assert looked_for("and in 2023?") == "and in 2023?"
    assert looked_for("and in 2023?", "Good morning.") == "and in 2023?"


@given(st.lists(st.text(max_size=60), max_size=4), st.text(max_size=60))
def test_nothing_that_is_said_breaks_it(before: list[str], text: str) -> None:
    assert looked_for(text, *before) is not None
