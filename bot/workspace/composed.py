"""The block that Slack's composer makes of typed text: words, mentions, links. Pure."""

from __future__ import annotations

import html
import re
from typing import Final

from bot.workspace.block_ids import new_id
from bot.workspace.payload import JsonObject, JsonValue

_REFERENCE: Final = re.compile(r"<([@#!]?)([^<>|\n]+)(?:\|[^<>\n]*)?>")


def rich_text(text: str) -> JsonObject:
    """Return the block of a message, given its text as it goes over the wire."""
    elements: list[JsonValue] = []
    done = 0
    for reference in _REFERENCE.finditer(text):
        elements += _words(text[done : reference.start()])
        elements.append(_element(reference[1], html.unescape(reference[2])))
        done = reference.end()
    elements += _words(text[done:])
    section: JsonObject = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text", "block_id": new_id(), "elements": [section]}


def _words(text: str) -> list[JsonObject]:
    return [{"type": "text", "text": html.unescape(text)}] if text else []


def _element(sign: str, target: str) -> JsonObject:
    if sign == "@":
        return {"type": "user", "user_id": target}
    if sign == "#":
        return {"type": "channel", "channel_id": target}
    if sign == "!":
        return {"type": "broadcast", "range": target}
    return {"type": "link", "url": target}
