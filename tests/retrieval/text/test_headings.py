from __future__ import annotations

import pytest

from retrieval.text.headings import Form, asked

TITLE = "Staff handbook"


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("How do I add a document?", "How do I add a document?"),
        ("3.2 What is the limit?", "What is the limit?"),
        ("How to ask well", "How do I ask well?"),
        ("Adding and changing documents", "How do I add and change documents?"),
        ("Opening a quotation at its place", "How do I open a quotation at its place?"),
        ("Connecting Onrecord to Slack", "How do I connect Onrecord to Slack?"),
        ("Finding out what is wrong", "How do I find out what is wrong?"),
        ("2) Resetting the pump", "How do I reset the pump?"),
        ("What Onrecord promises", "What does Onrecord promise?"),
        ("How the pump works", "How does the pump work?"),
        ("Why Onrecord refuses", "Why does Onrecord refuse?"),
        ("Remote work", "What does “Staff handbook” say about Remote work?"),
        ("The data folder:", "What does “Staff handbook” say about the data folder?"),
        ("Working hours", "What does “Staff handbook” say about Working hours?"),
        ("Meeting rooms", "What does “Staff handbook” say about Meeting rooms?"),
        ("Opening hours", "What does “Staff handbook” say about Opening hours?"),
        ("Training", "What does “Staff handbook” say about Training?"),
    ],
)
def test_a_heading_becomes_a_question(heading: str, question: str) -> None:
    made = asked(TITLE, heading)
    assert made is not None
    assert made[1] == question


@pytest.mark.parametrize(
    "heading",
    [
        "",
        "1.",
        "Why?",
        "What Iraq said",
        "What Onrecord does not do",
        "Staff handbook",
        "See <https://example.com>",
        "README.md",
        "@everyone",
        "x" * 81,
    ],
)
def test_what_makes_no_question_makes_none(heading: str) -> None:
    assert asked(TITLE, heading) is None


def test_a_title_is_asked_only_if_its_own_words_make_a_question() -> None:
    assert asked("Resetting the pump", None) == (Form.MADE, "How do I reset the pump?")
    assert asked(TITLE, None) is None


def test_headings_that_are_questions_come_before_made_ones_and_those_before_the_rest() -> None:
    forms = [asked(TITLE, h) for h in ("May I?  ", "How to ask", "Leave")]
    assert [form[0] for form in forms if form] == sorted(Form)
