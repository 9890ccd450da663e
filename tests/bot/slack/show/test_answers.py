from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest

from bot.slack.show.actions import ASK_PERSON, REPORT_GAP, SHARE, SHOW_PASSAGES
from bot.slack.show.answers import Dress, answer_message, shared_message, without_markup
from bot.slack.show.message import Message
from bot.slack.show.refusals import LOOKS
from retrieval.model import Answer, AnswerSentence, Reason, Refusal, SentenceRole
from tests.bot.examples import SEARCHED, citation
from tests.bot.slack.examples import answer, refusal
from tests.bot.slack.show.rules import all_words, blocks_of, buttons, check_message, objects

DRESS = Dress("a1")
PLACE = "Bridges · 2025-01-31 · History · page 3 · city/bridges.md"


def markdown_of(message: Message) -> str:
    (block,) = blocks_of(message, "markdown")
    return str(block["text"])


def small_print(message: Message) -> list[str]:
    return all_words(blocks_of(message, "context"))


def contradiction(message: str = "The documents say otherwise:") -> Refusal:
    quotes = answer("Spokesmen deny it.")
    return Refusal(
        question="Why?",
        reason=Reason.CONTRADICTED,
        message=message,
        generation=7,
        sentences=quotes.sentences,
        citations=quotes.citations,
    )


def test_an_answer_is_its_quotations_over_its_sources() -> None:
    message = answer_message(
        answer("It opened in 1932.", "It closed in 1988.", frame="In *Bridges*:"), DRESS
    )

    assert markdown_of(message) == (
        "In \\*Bridges\\*:\n\n> It opened in 1932. [1]\n\n> It closed in 1988. [2]"
    )
    assert small_print(message) == ["Source", f"[1][2] {PLACE}"]
    assert [block["type"] for block in message.blocks] == [
        *("markdown", "context", "context", "actions", "context_actions")
    ]


def test_a_written_sentence_stands_without_quotation_marks_with_its_numbers() -> None:
    quotes = answer("It opened in 1932.", "It is red.").citations
    written = AnswerSentence("A red bridge, open since 1932.", SentenceRole.WRITTEN, (1, 2))
    message = answer_message(Answer("What?", (written,), quotes, 7, SEARCHED), DRESS)

    assert markdown_of(message) == "A red bridge, open since 1932. [1][2]"
    assert message.text == (
        f"A red bridge, open since 1932. (by source 1 and 2) Sources: [1][2] {PLACE}."
    )


def test_the_text_reads_the_whole_answer_out() -> None:
    assert answer_message(answer("It opened in 1932."), DRESS).text == (
        "Quotation 1, from Bridges, 2025-01-31, History, page 3, file city/bridges.md: "
        "“It opened in 1932.”"
    )


def test_every_kind_of_refusal_has_a_first_line_of_its_own() -> None:
    headlines = {look.headline for look in LOOKS.values()}

    assert set(LOOKS) == set(Reason)
    assert len(headlines) == len(Reason)
    for reason in Reason:
        message = answer_message(refusal("Because.", reason=reason), DRESS)
        headline = LOOKS[reason].headline
        assert markdown_of(message) == f"**{headline}**\n\nBecause."
        assert message.text.startswith(f"{headline}. Because.")


@pytest.mark.parametrize(
    ("reason", "offered"),
    [
        (Reason.NOTHING_FOUND, {ASK_PERSON, REPORT_GAP, SHARE}),
        (Reason.NOT_ANSWERED, {ASK_PERSON, REPORT_GAP, SHARE}),
        (Reason.CONTRADICTED, {ASK_PERSON, SHARE}),
        (Reason.NOT_PERMITTED, {ASK_PERSON}),
        (Reason.UNCLEAR, set()),
        (Reason.BUSY, set()),
        (Reason.ERROR, set()),
    ],
)
def test_a_refusal_offers_what_makes_sense(reason: Reason, offered: set[str]) -> None:
    dress = Dress("a1", has_owners=True, is_private=True)
    message = answer_message(refusal(reason=reason, nearest=0), dress)

    assert set(buttons(message)) == offered
    has_feedback = reason not in (Reason.BUSY, Reason.ERROR)
    assert bool(blocks_of(message, "context_actions")) is has_feedback


def test_nobody_is_offered_owners_who_are_not_there() -> None:
    assert ASK_PERSON not in buttons(answer_message(refusal(), DRESS))


def test_what_has_been_done_about_a_refusal_replaces_its_buttons() -> None:
    dress = Dress("a1", has_owners=True, handed_on="Asked the owners.", gap_reported=True)
    message = answer_message(refusal(), dress)

    assert set(buttons(message)) == {SHOW_PASSAGES}
    assert small_print(message)[-2:] == [
        "Asked the owners.",
        "Reported: the documents should answer this.",
    ]
    assert message.text.endswith("Asked the owners. Reported: the documents should answer this.")


def test_only_a_private_answer_can_be_shared() -> None:
    assert SHARE not in buttons(answer_message(answer(), DRESS))
    assert buttons(answer_message(answer(), Dress("a1", is_private=True)))[SHARE] == (
        "Share in channel"
    )


def test_the_buttons_carry_the_id_of_the_answer() -> None:
    dress = Dress("a1", has_owners=True, is_private=True)
    found = [*objects(list(answer_message(refusal(), dress).blocks))]

    values = {value["value"] for value in found if "value" in value}
    assert values == {"a1", "up:a1", "down:a1"}


def test_nearest_passages_are_pointers_and_can_be_opened() -> None:
    message = answer_message(refusal(), DRESS)

    assert small_print(message) == [
        "Nearest passages, not an answer:",
        f"{PLACE}: “Passage 0.”",
        f"{PLACE}: “Passage 1.”",
        "Searched 6 documents, last indexed 23 Nov 2026, 20:40 UTC.",
    ]
    assert buttons(message)[SHOW_PASSAGES] == "Show nearest passages"
    assert "Nearest passages, not an answer: Bridges, 2025-01-31, " in message.text
    assert "“Passage 0.”" in message.text
    assert message.text.endswith("Searched 6 documents, last indexed 23 Nov 2026, 20:40 UTC.")


def test_a_contradiction_quotes_what_the_documents_say_and_does_not_say_so_twice() -> None:
    message = answer_message(contradiction(), DRESS)

    assert markdown_of(message) == ("**The documents say otherwise**\n\n> Spokesmen deny it. [1]")
    assert message.text.startswith("The documents say otherwise. Quotation 1, from ")
    assert buttons(message)[SHOW_PASSAGES] == "Show passages"


def test_a_note_stands_first() -> None:
    message = answer_message(answer(), Dress("a1", note="Updated: the question was edited."))

    assert all_words(message.blocks[0]) == ["Updated: the question was edited."]
    assert message.text.startswith("Updated: the question was edited. Quotation 1")


def test_how_a_follow_up_was_read_stands_before_its_answer() -> None:
    message = answer_message(replace(answer(), looked_for="When did *it* open?"), DRESS)
    check_message(message)
    assert small_print(message)[0] == "I looked for: When did *it* open?"
    assert message.text.startswith("I looked for: When did *it* open?")
    assert not small_print(answer_message(answer(), DRESS))[0].startswith("I looked for")


def test_a_shared_answer_begins_with_its_question() -> None:
    message = shared_message("When did\n*it* open?", answer("It opened in 1932."), DRESS)

    assert markdown_of(message) == (
        "**Question:** When did \\*it\\* open?\n\n> It opened in 1932. [1]"
    )
    assert message.text.startswith("Question: When did *it* open? Quotation 1, from ")
    assert SHARE not in buttons(message)


def test_a_quotation_of_several_lines_stays_one_quotation() -> None:
    assert markdown_of(answer_message(answer("one\n\ntwo"), DRESS)) == "> one\n>\n> two [1]"


def test_a_quotation_that_has_no_room_is_left_out_whole_and_the_rest_stays() -> None:
    message = answer_message(answer("Short.", "word " * 2_500), DRESS)

    assert markdown_of(message) == (
        "> Short. [1]\n\n[2] This message has no room for this quotation of 12,500 characters. "
        f"It stands in {PLACE.replace('city/bridges.md', '`city/bridges.md`')}, "
        "characters 40–12,540."
    )
    assert "Quotation 2: This message has no room for this quotation of 12,500" in message.text
    assert "“Short.”" in message.text


def test_the_longest_quotations_give_way_to_the_others() -> None:
    shown = markdown_of(answer_message(answer("a" * 6_000, "b" * 7_000, "c" * 900), DRESS))

    assert "a" * 6_000 in shown
    assert "bbb" not in shown
    assert "c" * 900 in shown


def test_thousands_of_quotations_are_counted() -> None:
    message = answer_message(answer(*(f"Sentence {n}." for n in range(5_000))), DRESS)

    check_message(message)
    shown = markdown_of(message).count("> Sentence ")
    assert shown == 100
    assert markdown_of(message).endswith("\n\nand 4,900 more sentences")
    assert message.text.count("Quotation ") > 20


def test_the_same_place_is_one_source_and_other_places_are_others() -> None:
    quotes = ("One.", "Two.", "Three.")
    cited = [citation(quote, page=page) for quote, page in zip(quotes, (1, 2, 1), strict=True)]
    sentences = tuple(
        AnswerSentence(quote, SentenceRole.QUOTE, (n,)) for n, quote in enumerate(quotes, 1)
    )
    message = answer_message(Answer("?", sentences, tuple(cited), 7, SEARCHED), DRESS)

    assert small_print(message) == [
        "Sources",
        f"[1][3] {PLACE.replace('page 3', 'page 1')}",
        f"[2] {PLACE.replace('page 3', 'page 2')}",
    ]


def test_more_than_ten_sources_are_counted() -> None:
    cited = tuple(citation("One.", page=page) for page in range(1, 14))
    sentence = AnswerSentence("Written.", SentenceRole.WRITTEN, (1,))
    message = answer_message(Answer("?", (sentence,), cited, 7, SEARCHED), DRESS)

    assert small_print(message)[-1] == "and 3 more sources"
    assert len(small_print(message)) == 12


def test_the_plainest_form_holds_the_whole_text_and_breaks_no_entity() -> None:
    message = Message("a" * 2_997 + "&amp;" + "b" * 500, ())
    plainest = without_markup(message)

    assert all_words(list(plainest.blocks)) == ["a" * 2_997, "&amp;" + "b" * 500]
    assert plainest.text == message.text


def test_an_ordinary_answer_is_made_in_less_than_five_milliseconds() -> None:
    result = answer("It opened in 1932, after nine years of work. " * 4, "It is red. " * 10)

    def seconds() -> float:
        began = time.perf_counter()
        answer_message(result, DRESS)
        return time.perf_counter() - began

    # The best of many: a busy machine is no failure.
    assert min(seconds() for _ in range(50)) < 0.005


def test_the_feedback_buttons_say_what_they_mean() -> None:
    (pair,) = blocks_of(answer_message(answer(), DRESS), "context_actions")
    element: dict[str, Any] = pair["elements"][0]

    assert element["action_id"] == "answer_feedback"
    assert element["positive_button"]["accessibility_label"] == "Helpful"
    assert element["negative_button"]["accessibility_label"] == "Not helpful"
