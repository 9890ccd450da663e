"""Help, notes and forms: the small things that are shown."""

from __future__ import annotations

import re
from typing import Any

from bot.slack.show.answers import help_message, note_message
from bot.slack.show.feedback import COMMENT, KIND, RIGHT_PASSAGE, feedback_view
from tests.bot.slack.show.rules import all_words, blocks_of, check_message


def test_help_names_the_bot_and_each_word_of_the_command() -> None:
    message = help_message("onrecord", "/onrecord")

    text = blocks_of(message, "markdown")[0]["text"]
    assert "`@onrecord` How do I add a document?" in text
    assert re.findall(r"`/onrecord ([a-z]+)", text) == [
        *("ask", "check", "sources", "status", "help")
    ]
    assert "/onrecord check CLAIM says whether" in message.text
    check_message(message, with_lists=True)


def test_only_admins_are_told_the_words_for_admins() -> None:
    assert "reindex" not in help_message("onrecord").text
    shown = blocks_of(help_message("onrecord", is_admin=True), "markdown")[0]["text"]
    assert re.findall(r"`/onrecord ([a-z]+)", shown)[5:] == [
        *("reindex", "rollback", "gaps", "feedback", "written", "followups")
    ]


def test_a_note_is_one_plain_paragraph() -> None:
    message = note_message("Thank *you*,\n<@U1> & all.")

    assert message.text == "Thank *you*, &lt;@U1&gt; &amp; all."
    assert all_words(list(message.blocks)) == [message.text]


def entered(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    for block in blocks_of(view, "input"):
        assert block["block_id"] == block["element"]["action_id"]
    return {block["block_id"]: block for block in blocks_of(view, "input")}


def test_feedback_on_an_answer_asks_what_was_wrong() -> None:
    view = feedback_view("a1", "When did it open?", was_refused=False)

    assert view["callback_id"] == "feedback"
    assert view["private_metadata"] == "a1"
    assert "Question: When did it open?" in all_words(view)
    inputs = entered(view)
    assert set(inputs) == {KIND, RIGHT_PASSAGE, COMMENT}
    assert [option["value"] for option in inputs[KIND]["element"]["options"]] == [
        *("wrong", "incomplete", "should_have_refused")
    ]
    assert not inputs[KIND].get("optional")
    assert inputs[RIGHT_PASSAGE]["optional"]
    assert inputs[COMMENT]["optional"]


def test_feedback_on_a_refusal_asks_whether_it_should_have_answered() -> None:
    inputs = entered(feedback_view("a1", "When?", was_refused=True))

    values = [option["value"] for option in inputs[KIND]["element"]["options"]]
    assert values[0] == "should_have_answered"
    assert "should_have_refused" not in values
