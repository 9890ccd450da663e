"""How a message looks on a terminal."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from bot.workspace.block_text import message_text
from bot.workspace.composer import Composer
from bot.workspace.payload import JsonObject
from bot.workspace.state import User

PLAIN: JsonObject = {"type": "plain_text", "text": "Sources &amp; more"}


@pytest.fixture
def composer() -> Composer:
    return Composer([User("U1", "Admin"), User("U2", "onrecord", is_bot=True)])


def shown(composer: Composer, text: str, *blocks: JsonObject) -> str:
    console = Console(file=io.StringIO(), width=60)
    console.print(message_text(text, blocks, composer))
    return console.file.getvalue()  # type: ignore[attr-defined]  # the StringIO above


def test_names_become_mentions_and_back(composer: Composer) -> None:
    wire = composer.to_wire("@Onrecord, @admin: a <b> & @adminX")
    assert wire == "<@U2>, <@U1>: a &lt;b&gt; &amp; @adminX"
    assert composer.to_reader(wire) == "@onrecord, @Admin: a <b> & @adminX"
    assert composer.to_reader("<#C1|general> <!here> <https://example.com>") == (
        "#general @here https://example.com"
    )


def test_blocks_take_the_place_of_the_text(composer: Composer) -> None:
    out = shown(
        composer,
        "fallback",
        {"type": "header", "text": PLAIN},
        {"type": "markdown", "text": "> a *quoted* line [1]\n\nby <@U1> &lt;x&gt;"},
        {"type": "section", "text": {"type": "mrkdwn", "text": "*bold* `code` a_b_c"}},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "_dim_"}]},
        {"type": "divider"},
        {"type": "table", "rows": [[{"type": "raw_text", "text": "cell"}]]},
    )
    for expected in ("Sources & more", "a quoted line [1]", "by @Admin <x>", "bold code a_b_c"):
        assert expected in out
    assert "dim" in out
    assert "cell" in out
    assert "fallback" not in out


def test_buttons_are_named(composer: Composer) -> None:
    button: JsonObject = {"type": "button", "text": PLAIN}
    feedback: JsonObject = {
        "type": "feedback_buttons",
        "positive_button": {"text": {"type": "plain_text", "text": "Good"}, "value": "1"},
        "negative_button": {"text": {"type": "plain_text", "text": "Bad"}, "value": "0"},
    }
    out = shown(
        composer,
        "",
        {"type": "section", "fields": [PLAIN], "accessory": button},
        {"type": "context_actions", "elements": [feedback]},
        {"type": "container", "title": PLAIN, "child_blocks": [{"type": "header", "text": PLAIN}]},
    )
    assert "[Sources & more]" in out
    assert "[Good]  [Bad]" in out


def test_without_a_block_that_can_be_shown_there_is_the_text(composer: Composer) -> None:
    assert "*kept*" not in shown(composer, "*kept*", {"type": "rich_text", "elements": []})
    assert "kept" in shown(composer, "*kept*", {"type": "rich_text", "elements": []})


def test_nothing_in_a_message_steers_the_terminal(composer: Composer) -> None:
    hostile = "a\x1b]0;title\x07b\u202ec"
    blocks: tuple[JsonObject, ...] = (
        {"type": "markdown", "text": hostile},
        {"type": "section", "text": {"type": "mrkdwn", "text": hostile}},
        {"type": "context", "elements": [{"type": "plain_text", "text": hostile}]},
    )
    out = shown(composer, hostile, *blocks)
    assert not {"\x1b", "\x07", "\u202e"} & set(out)
    assert out.count("a]0;titlebc") == 3
    assert "[bold]x[/bold]" in shown(composer, "[bold]x[/bold]")


def test_a_block_of_the_wrong_shape_does_not_break_the_chat(composer: Composer) -> None:
    out = shown(
        composer,
        "fallback",
        {"type": "section", "text": "bare"},
        {"type": "context", "elements": "none"},
        {"type": "actions", "elements": [7]},
        {"type": "table", "rows": [None]},
    )
    assert "bare" not in out
