from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer.message_claims import MOST_CLAIMS, claims_of
from retrieval.model import Label
from tests.retrieval.answer.conftest import Library

OPENED = "The port of Vessa reopened on March 12, 2025."


def texts(message: str) -> list[str]:
    return [claim.text for claim in claims_of(message)]


def test_each_sentence_is_a_claim() -> None:
    assert texts(f"{OPENED} The storm sank 14 boats. Nobody was killed.") == [
        OPENED,
        "The storm sank 14 boats.",
        "Nobody was killed.",
    ]


def test_each_line_is_read_by_itself() -> None:
    assert texts("Port update\nThe port reopened on March 12\nthe storm sank 14 boats") == [
        "The port reopened on March 12",
        "the storm sank 14 boats",
    ]


@pytest.mark.parametrize(
    "message",
    [
        "",
        "  \n ",
        "Hi all!",
        "Thanks for the update, Ada :tada:",
        "Could you check the numbers? Thanks!",
        "Please send the report to the finance office. Don't forget the receipts.",
        "When did the port reopen?",
        "Agenda:\n- budget\n- hiring",
        "```\nreturn port.is_open()  # The port is open.\n```",
        "https://example.com/the-port-is-open",
        "@onrecord",
        "🎉🎉",
    ],
)
def test_what_states_nothing_has_no_claims(message: str) -> None:
    assert claims_of(message) == ()


@pytest.mark.parametrize(
    "message",
    [
        f"Hi all, {OPENED}",
        f"Hey @Member – {OPENED}",
        f"Good morning everyone! {OPENED}",
        f"FYI: {OPENED}",
        f"fyi {OPENED}",
        f"Thanks for asking. {OPENED} Any questions?",
        f"Thank you Ada, {OPENED}",
        f"Please note that {OPENED}",
        f"I think that {OPENED}",
        f"Well, as far as I know, {OPENED}",
        f"So {OPENED}",
        f"> {OPENED}",
        f"• {OPENED}",
        f"2) {OPENED}",
        f":ship: {OPENED} :tada:",
        f"@onrecord {OPENED}",
        f"Did the port reopen? {OPENED} Let me know if not.",
    ],
)
def test_what_stands_around_a_statement_is_left_out(message: str) -> None:
    assert texts(message) == [OPENED]


def test_a_statement_without_its_lead_in_begins_with_a_capital() -> None:
    assert texts("also the port reopened in March") == ["The port reopened in March"]


def test_a_sentence_that_leans_is_one_claim_with_the_one_before() -> None:
    assert texts("The ferry sails every day. It costs 18 euros. Receipts must be kept.") == [
        "The ferry sails every day. It costs 18 euros.",
        "Receipts must be kept.",
    ]


def test_joined_lines_are_sentences() -> None:
    assert texts("The ferry sails every day\nbut it costs 18 euros") == [
        "The ferry sails every day. It costs 18 euros"
    ]


def test_a_long_chain_leans_on_its_head_again() -> None:
    chain = [f"It costs {n} euros." for n in range(5)]
    assert texts(" ".join(["The ferry is white.", *chain])) == [
        " ".join(["The ferry is white.", *chain[:3]]),
        " ".join(["The ferry is white.", *chain[3:]]),
    ]


@pytest.mark.parametrize(
    "message",
    ["It costs 18 euros.", "Did the port reopen? It did on March 12.", "This is the limit."],
)
def test_what_leans_on_nothing_is_given_as_incomplete(message: str) -> None:
    (claim,) = claims_of(message)
    assert not claim.is_whole


@pytest.mark.parametrize(
    "message", [OPENED, "This year the festival drew 42,000 visitors.", "IT provides a laptop."]
)
def test_what_names_its_subject_is_whole(message: str) -> None:
    (claim,) = claims_of(message)
    assert claim.is_whole


def test_items_are_read_with_the_line_that_leads_into_them() -> None:
    assert texts("The warranty:\n- lasts 36 months\n- does not cover frost\n\nDone.") == [
        "The warranty lasts 36 months",
        "The warranty does not cover frost",
    ]
    assert texts("Employees get:\n1. 28 days of leave\n2. a laptop") == [
        "Employees get 28 days of leave",
        "Employees get a laptop",
    ]


def test_whole_items_stand_by_themselves() -> None:
    assert texts(f"{OPENED} What we know:\n- The storm sank 14 boats\n- Nobody was killed") == [
        OPENED,
        "The storm sank 14 boats",
        "Nobody was killed",
    ]


def test_an_item_behind_an_order_is_part_of_it() -> None:
    assert texts("Please bring:\n- a laptop\n- your badge") == []


def test_no_more_than_ten_are_given_and_none_twice() -> None:
    many = "\n".join(f"Building {n} has {n} floors." for n in range(30))
    assert texts(many) == [f"Building {n} has {n} floors." for n in range(MOST_CLAIMS)]
    assert texts(f"{OPENED}\n{OPENED}") == [OPENED]


@given(
    st.text(max_size=300)
    | st.lists(st.sampled_from("- > ``` It The is 3. : a?".split())).map(" ".join)
)
def test_any_text_can_be_read(text: str) -> None:
    found = claims_of(text)
    assert len(found) <= MOST_CLAIMS
    assert all(claim.text.strip() for claim in found)


def test_a_message_is_checked_claim_by_claim(library: Library) -> None:
    message = (
        "Hi all, quick update.\nThe port of Vessa reopened on March 12, 2025. "
        "Interns get paid leave.\nThe mayor of Vessa owns a yacht. Questions?"
    )
    verdicts = library.answerer.check_each(message)
    assert [verdict.label for verdict in verdicts] == [
        Label.SUPPORTED,
        Label.CONTRADICTED,
        Label.NOT_IN_CORPUS,
    ]
    assert verdicts[0].claim == OPENED
    assert {verdict.generation for verdict in verdicts} == {1}


def test_an_incomplete_claim_is_said_not_to_be_checked(library: Library) -> None:
    (verdict,) = library.answerer.check_each("It costs 18 euros for an adult.")
    assert verdict.label is Label.NOT_IN_CORPUS
    assert verdict.message.startswith("Not checked: the message does not say what this is about.")


def test_a_message_that_claims_nothing_has_no_verdicts(library: Library) -> None:
    assert library.answerer.check_each("Thanks! When does the ferry sail?") == ()


def test_trouble_is_said_in_place_of_each_verdict(
    make_library: Callable[[Mapping[str, str]], Library],
) -> None:
    library = make_library({"a.txt": OPENED})
    library.index.close()
    verdicts = library.answerer.check_each(f"{OPENED} The storm sank 14 boats.")
    assert [verdict.claim for verdict in verdicts] == [OPENED, "The storm sank 14 boats."]
    assert all(verdict.message.startswith("Not checked.") for verdict in verdicts)
