"""What holds for everything that is shown: Slack's limits, and nothing alive but our own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from slack_sdk.models.blocks import Block as SdkBlock
from slack_sdk.models.views import View as SdkView

from bot.slack.show.message import Block, Message, View
from bot.workspace.blocks import check_message_blocks, check_view
from bot.workspace.limits import MAX_VIEW_BYTES
from bot.workspace.links import strange_links
from tests.bot.slack.test_safe_text import ALIVE

ORIGIN = "https://team.example/"
OWN_MENTIONS_AND_LINKS = re.compile(
    rf"<@U0MEMBER>|<{re.escape(ORIGIN)}archives/[^<>|]+\|the thread of the question>"
)
OWN_MARKUP = {
    *("paragraph_open", "paragraph_close", "inline", "blockquote_open", "blockquote_close"),
    *("text", "text_special", "softbreak", "hardbreak", "code_inline", "strong_open"),
    "strong_close",
}
LISTS = {"bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"}
RICH_WORDS = {"text", "link"}
OWN_NAMES = (
    {"type": "user", "user_id": "U0ADMIN"},
    {"type": "channel", "channel_id": "C0GENERAL"},
)
"""The only ones that examples let be named."""
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def check_message(message: Message, *, with_lists: bool = False) -> None:
    """Slack takes it, a screen reader has all of it, and nothing in it is alive."""
    assert 1 <= len(message.text) <= 3_900
    assert not re.search(r"[<>]", OWN_MENTIONS_AND_LINKS.sub("", message.text))
    assert only_entities(message.text)
    check_message_blocks([*message.blocks])  # type: ignore[list-item]  # JSON, as built
    for block in message.blocks:
        parsed = SdkBlock.parse(dict(block))
        assert parsed is not None
        parsed.validate_json()
    check_shown({"text": message.text, "blocks": list(message.blocks)})
    for block in blocks_of(message, "markdown"):
        allowed = OWN_MARKUP | (LISTS if with_lists else set())
        assert {token.type for token in tokens(str(block["text"]))} <= allowed


def check_shown_view(view: View) -> None:
    """Slack opens it, and nothing in it is alive."""
    check_view(view, str(view["type"]))  # type: ignore[arg-type]  # JSON, as built
    assert len(json.dumps(view)) <= MAX_VIEW_BYTES
    # `app_id` keeps the SDK from taking a home for something else; it checks the rest.
    SdkView(**json.loads(json.dumps(view))).validate_json()
    assert not blocks_of(view, "markdown")
    check_shown({"view": view})


def check_shown(payload: dict[str, Any]) -> None:
    json.dumps(payload, ensure_ascii=False).encode()  # no half characters
    assert strange_links(payload, ORIGIN) == []
    for value in objects(payload):
        match value:
            case {"type": "plain_text", "text": str(text)}:
                assert value["emoji"] is False
                assert not re.search(r"[<>]", text)
                assert only_entities(text)
            case {"type": "mrkdwn", "text": str(text)}:
                assert not re.search(r"[<>]", OWN_MENTIONS_AND_LINKS.sub("", text))
            case {"type": "rich_text"}:
                check_rich_text(value)
            case {"type": "button"}:
                assert value["accessibility_label"].startswith(value["text"]["text"][:20])


def check_rich_text(block: Block) -> None:
    for value in objects(block):
        kind = str(value.get("type", ""))
        assert kind.startswith("rich_text") or kind in RICH_WORDS | {""} or value in OWN_NAMES
        if kind == "text":
            assert value["text"]
            is_code = bool(value.get("style", {}).get("code"))
            assert is_code or not ALIVE.search(value["text"])


def only_entities(text: str) -> bool:
    return re.fullmatch(r"(?:[^&]|&(?:amp|lt|gt);)*", text, re.DOTALL) is not None


def objects(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from objects(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from objects(item)


def blocks_of(shown: Message | View, kind: str) -> list[dict[str, Any]]:
    blocks: Any = shown.blocks if isinstance(shown, Message) else shown["blocks"]
    return [block for block in blocks if block["type"] == kind]


def tokens(text: str) -> list[Token]:
    return [t for token in PARSER.parse(text) for t in [token, *(token.children or [])]]


def paragraphs(text: str) -> list[tuple[str, str]]:
    """The paragraphs of a Markdown text as they read, each with whether it is a quotation."""
    found: list[tuple[str, str]] = []
    kind = "paragraph"
    is_first = True
    for token in PARSER.parse(text):
        if token.type in ("blockquote_open", "blockquote_close"):
            kind = "quotation" if token.type.endswith("open") else "paragraph"
            is_first = True
        elif token.type == "inline":
            read = "".join("\n" if "break" in t.type else t.content for t in token.children or [])
            if kind == "quotation" and not is_first:
                found[-1] = (kind, f"{found[-1][1]}\n{read}")
            else:
                found.append((kind, read))
            is_first = False
    return found


def without_spaces(text: str) -> str:
    return "".join(text.split())


def bold_words(value: object) -> str:
    """The bold words of rich text, joined."""
    return "".join(
        str(found["text"])
        for found in objects(value)
        if found.get("type") == "text" and found.get("style", {}).get("bold")
    )


def all_words(value: object) -> list[str]:
    """Every text inside, as it stands there."""
    return [found["text"] for found in objects(value) if isinstance(found.get("text"), str)]


def buttons(shown: Message | View) -> dict[str, str]:
    """The text of each button, by its action."""
    values: Any = list(shown.blocks) if isinstance(shown, Message) else shown
    return {
        found["action_id"]: found["text"]["text"]
        for found in objects(values)
        if found.get("type") == "button"
    }
