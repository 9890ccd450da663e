from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer.question import Expected, analyse, read
from retrieval.model import Question, Turn


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("When did the bridge open?", Expected.DATE),
        ("since when has the office been closed", Expected.DATE),
        ("In which year was the pier built?", Expected.DATE),
        ("What time does the office open?", Expected.CLOCK),
        ("At what time of the day does it close?", Expected.CLOCK),
        ("what happens when the pier is closed", Expected.THING),
        ("can you tell me whether dogs are allowed", Expected.YES_NO),
        ("How many boats sank?", Expected.NUMBER),
        ("How long is the crossing?", Expected.NUMBER),
        ("What is the population of Ostra?", Expected.NUMBER),
        ("Why was the port closed?", Expected.REASON),
        ("How come the port is closed?", Expected.REASON),
        ("What caused the fire?", Expected.REASON),
        ("What is the green button used for?", Expected.PURPOSE),
        ("What does the green button do?", Expected.PURPOSE),
        ("What is a circulation pump?", Expected.DEFINITION),
        ("Who is Ada Lovelace?", Expected.DEFINITION),
        ("What does FTS stand for?", Expected.DEFINITION),
        ("Who approves leave?", Expected.PERSON),
        ("Whose office is it?", Expected.PERSON),
        ("Which minister opened the terminal?", Expected.PERSON),
        ("Where is the assembly point?", Expected.PLACE),
        ("In which city is the festival?", Expected.PLACE),
        ("Is the bridge open?", Expected.YES_NO),
        ("Can staff work from home?", Expected.YES_NO),
        ("How do I reset the pump?", Expected.MANNER),
        ("What did the storm damage?", Expected.THING),
        ("hi, can you tell me when the bridge opened?", Expected.DATE),
        ("Please tell me who approves leave", Expected.PERSON),
        ("hey, do you know where the keys are?", Expected.PLACE),
        ("WHEN DID THE BRIDGE OPEN", Expected.DATE),
        ("", Expected.THING),
        ("港はいつ再開しましたか", Expected.THING),
    ],
)
def test_the_kind_of_answer(text: str, expected: Expected) -> None:
    assert analyse(text).expected is expected


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("How many fishing boats did the storm sink?", "boat"),
        ("How many visitors came?", "visitor"),
        ("How much money was lost?", "money"),
        ("Which team did the work?", "team"),
        ("When did it open?", None),
    ],
)
def test_what_is_counted_or_chosen(text: str, focus: str | None) -> None:
    assert analyse(text).focus == focus


def test_the_verb_of_a_named_subject() -> None:
    assert analyse("When did Ada Lovelace marry?").predicate == "marri"
    assert analyse("When did the port reopen?").predicate is None


def test_names_dates_and_numbers_are_read() -> None:
    query = analyse("Did Ada Lovelace sell 40 boats in March 2024?")
    assert frozenset({"ada", "lovelac"}) in query.names
    assert [(d.year, d.month) for d in query.dates] == [(2024, 3)]
    assert [n.value for n in query.numbers] == [40]


def test_words_that_only_ask_are_light() -> None:
    query = analyse("What kind of pump is it, and what is its name?")
    assert {"kind", "name"} <= query.light
    assert "pump" not in query.light


def test_terms_and_words_go_together() -> None:
    query = analyse("Where are the boats and the BOATS of Ostra?")
    assert query.terms == ("boat", "ostra")
    assert query.words == ("boats", "Ostra")


def test_fifty_thousand_characters_are_read() -> None:
    assert analyse("When did the bridge open? " * 2_000).expected is Expected.DATE


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    query = analyse(text)
    assert query.text == text
    assert len(query.terms) == len(query.words) == len(set(query.terms))
    assert query.light <= set(query.terms)


def asked(text: str, *before: str) -> Question:
    return Question(text, tuple(Turn("ada", turn) for turn in before))


BEFORE = "How many visitors came to the Lantern Festival in 2022?"


def test_the_date_of_a_follow_up_stands_in_the_place_of_the_earlier_one() -> None:
    query = read(asked("and in 2023?", BEFORE), 2_000)
    assert [date.year for date in query.dates] == [2023]
    assert query.expected is Expected.NUMBER


def test_what_a_follow_up_asks_itself_weighs_more() -> None:
    query = read(asked("Fees", "How long does the ferry take?"), 2_000)
    assert "ferri" in query.light
    assert "fee" not in query.light


def test_a_follow_up_says_what_is_looked_for() -> None:
    query = read(asked("and what does it cost?", "How long does the ferry take?"), 2_000)
    assert query.looked_for == "and what does the ferry cost?"
    assert read(asked("How long does it take?"), 2_000).looked_for is None


def test_only_so_much_is_read() -> None:
    assert read(Question("boat " * 10_000), 100).text == "boat " * 20
