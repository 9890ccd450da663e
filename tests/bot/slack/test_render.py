from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.slack.render import Message, help_message, render, without_markup
from retrieval.model import Answer, AnswerSentence, Reason, Refusal, SentenceRole
from tests.bot.examples import SEARCHED, citation
from tests.bot.slack.examples import answer, refusal

hostile = st.text(min_size=1, max_size=300) | st.sampled_from(
    [
        "<!channel>",
        "a" * 100_000,
        "& " * 50_000,
        "```\n" * 500,
        "x\n" * 9_000,
        "\u202e<@U1>",
        "]" * 999,
    ]
)


def block_texts(message: Message) -> list[str]:
    return [
        text["text"] if isinstance(text, dict) else text
        for block in message.blocks
        for text in [block.get("text"), *block.get("elements", [])]
        if text is not None
    ]


def markdown_of(message: Message) -> str:
    return str(message.blocks[0]["text"])


def check_limits(message: Message) -> None:
    texts = block_texts(message)
    markdown = [str(b["text"]) for b in message.blocks if b["type"] == "markdown"]
    assert len(message.blocks) <= 50
    assert sum(len(text) for text in markdown) <= 10_000
    assert sum(len(text) for text in texts) <= 13_000
    assert 1 <= len(message.text) <= 3_900
    assert all(1 <= len(text) <= 3_000 for text in texts if text not in markdown)
    assert all(len(b.get("elements", [])) <= 10 for b in message.blocks)
    assert "<" not in json.dumps([message.text, list(message.blocks)])


def test_an_answer_is_its_quotations_over_its_sources() -> None:
    message = render(answer("It opened in 1932.", "It closed in 1988.", frame="In *Bridges*:"))

    assert markdown_of(message) == (
        "In \\*Bridges\\*:\n\n> It opened in 1932. [1]\n\n> It closed in 1988. [2]"
    )
    assert block_texts(message)[1:] == [
        "Sources",
        "[1][2] Bridges · 2025-01-31 · Bridges › History · page 3 · city/bridges.md",
    ]


def test_the_fallback_text_is_the_whole_answer_with_its_sources() -> None:
    assert render(answer("It opened in 1932.")).text == (
        "“It opened in 1932.” [1] Sources: "
        "[1] Bridges · 2025-01-31 · Bridges › History · page 3 · city/bridges.md."
    )


def test_a_refusal_says_why_what_was_searched_and_what_is_near() -> None:
    message = render(refusal())

    assert markdown_of(message) == "The documents do not say."
    assert block_texts(message)[1:] == [
        "Nearest passages, not an answer:",
        "Bridges · 2025-01-31 · Bridges › History · page 3 · city/bridges.md: “Passage 0.”",
        "Bridges · 2025-01-31 · Bridges › History · page 3 · city/bridges.md: “Passage 1.”",
        "Searched 6 documents, last indexed 2026-11-23 20:40 UTC.",
    ]
    assert "Nearest passages, not an answer:" in message.text


def test_a_contradicted_question_quotes_what_the_documents_say_instead() -> None:
    quotes = answer("Spokesmen deny it.")
    contradiction = Refusal(
        question="Why?",
        reason=Reason.CONTRADICTED,
        message="The documents say otherwise:",
        generation=7,
        sentences=quotes.sentences,
        citations=quotes.citations,
    )

    assert markdown_of(render(contradiction)) == (
        "The documents say otherwise:\n\n> Spokesmen deny it. [1]"
    )
    assert "Sources" in block_texts(render(contradiction))


def test_a_quotation_of_several_lines_stays_one_quotation() -> None:
    assert markdown_of(render(answer("one\n\ntwo"))) == "> one\n>\n> two [1]"


def test_a_quotation_that_does_not_fit_says_so() -> None:
    message = render(answer("word " * 10_000))

    assert markdown_of(message).endswith(" … [1] *(shortened: the rest stands in the source)*")


def test_help_fits_and_names_the_bot() -> None:
    message = help_message("onrecord")

    check_limits(message)
    assert "@onrecord" in message.text


@given(st.lists(hostile, min_size=1, max_size=30), hostile, hostile)
def test_any_answer_stays_within_slacks_limits(quotes: list[str], title: str, frame: str) -> None:
    check_limits(render(answer(*quotes, frame=frame, title=title, heading=title, source=title)))


@given(hostile, hostile)
def test_any_refusal_stays_within_slacks_limits(text: str, title: str) -> None:
    near = citation(text, title=title, heading=title, source=title, date=title)
    message = render(
        Refusal(
            question=text,
            reason=Reason.CONTRADICTED,
            message=text,
            generation=1,
            searched=SEARCHED,
            nearest=(near,) * 3,
            sentences=(AnswerSentence(text, SentenceRole.WRITTEN, (1,) * 50),),
            citations=(near,) * 30,
        )
    )

    check_limits(message)


@given(hostile)
def test_the_plainest_form_holds_the_whole_fallback_text(quote: str) -> None:
    result: Answer = answer(quote)
    plainest = without_markup(render(result))

    check_limits(plainest)
    assert {block["type"] for block in plainest.blocks} == {"section"}
    assert "".join(block_texts(plainest)) == render(result).text
