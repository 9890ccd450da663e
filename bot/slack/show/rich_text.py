"""Rich text: words that are literal, with bold and links that no word in them can make.

Modals and the home know no `markdown` block, and the markup of their other texts cannot be
escaped: an asterisk of a document would end our bold. Rich text has no markup at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from bot.slack.safe_text import code_stretches, displayable, is_address
from bot.slack.show.blocks import NOTHING
from bot.slack.show.message import Block

_USER: Final = re.compile(r"[UW][A-Z0-9]{4,30}")
_CHANNEL: Final = re.compile(r"[CG][A-Z0-9]{4,30}")


def rich_text(*parts: Block) -> Block:
    """Return paragraphs, quotations and lists one below the other."""
    return {"type": "rich_text", "elements": list(parts)}


def paragraph(words: Iterable[Block]) -> Block:
    """Return words in a row."""
    return {"type": "rich_text_section", "elements": list(words) or literal_words(NOTHING)}


def quotation(words: Iterable[Block]) -> Block:
    """Return a block quote."""
    return {"type": "rich_text_quote", "elements": list(words) or literal_words(NOTHING)}


def bullets(items: Iterable[Iterable[Block]]) -> Block:
    """Return a list with bullets."""
    return {
        "type": "rich_text_list",
        "style": "bullet",
        "elements": [paragraph(item) for item in items],
    }


def literal_words(text: str, *, bold: bool = False) -> list[Block]:
    """Return `text` line for line; what Slack might bring to life in it is set as code."""
    shown = displayable(text)
    words: list[Block] = []
    done = 0
    for start, end in code_stretches(shown):
        words += _run(shown[done:start], bold=bold)
        words += _run(shown[start:end], bold=bold, code=True)
        done = end
    return words + _run(shown[done:], bold=bold)


def linked_words(text: str, address: str | None) -> list[Block]:
    """Return `text` as a link to an address of Slack's own; as plain words without one."""
    shown = displayable(text)
    if address is None or not is_address(address):
        return literal_words(text)
    return [{"type": "link", "url": address, "text": shown if shown.strip() else NOTHING}]


def named(subject: str) -> list[Block]:
    """Return a person or a channel by name, given the id; other words as they are."""
    if _USER.fullmatch(subject):
        return [{"type": "user", "user_id": subject}]
    if _CHANNEL.fullmatch(subject):
        return [{"type": "channel", "channel_id": subject}]
    return literal_words(subject)


def _run(text: str, **styles: bool) -> list[Block]:
    if not text:
        return []
    style = {name: True for name, is_on in styles.items() if is_on}
    element: Block = {"type": "text", "text": text}
    return [element | {"style": style}] if style else [element]
