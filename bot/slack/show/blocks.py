"""The blocks and elements that messages and views are made of.

Every function takes text as it was written and makes it harmless, short enough, and never empty:
Slack refuses a message for one empty text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.slack.safe_text import displayable, fit, one_line, plain, plain_lines
from bot.slack.show.actions import DOWN, FEEDBACK, UP, feedback_value
from bot.slack.show.message import Block

MAX_SECTION_CHARS: Final = 3_000
MAX_HEADER_CHARS: Final = 150
MAX_BUTTON_CHARS: Final = 75
MAX_VALUE_CHARS: Final = 2_000
NOTHING: Final = "(nothing to show)"


def plain_text(text: str, max_chars: int = MAX_SECTION_CHARS) -> Block:
    """Return one line that Slack never reads as markup."""
    return literal(fit(text, max_chars, plain)[0])


def literal(text: str) -> Block:
    """Return a text object of what is harmless already."""
    return {"type": "plain_text", "text": text if text.strip() else NOTHING, "emoji": False}


def section(text: str, accessory: Block | None = None) -> Block:
    """Return a paragraph, with a button beside it if there is one."""
    block: Block = {"type": "section", "text": plain_text(text)}
    return {**block, "accessory": accessory} if accessory else block


def listing(lines: Sequence[str], max_chars: int = 500) -> list[Block]:
    """Return lines one below the other, in as few paragraphs as hold them."""
    paragraphs: list[str] = []
    for line in lines:
        shown = fit(line, max_chars, plain)[0] or NOTHING
        if paragraphs and len(paragraphs[-1]) + 1 + len(shown) <= MAX_SECTION_CHARS:
            paragraphs[-1] += f"\n{shown}"
        else:
            paragraphs.append(shown)
    return [{"type": "section", "text": literal(paragraph)} for paragraph in paragraphs]


def header(text: str) -> Block:
    """Return a heading."""
    return {"type": "header", "text": plain_text(text, MAX_HEADER_CHARS)}


def context(*texts: str, max_chars: int = MAX_SECTION_CHARS) -> Block:
    """Return small print: at most ten lines."""
    return {"type": "context", "elements": [plain_text(text, max_chars) for text in texts]}


def small_lines(text: str) -> Block:
    """Return small print that keeps its lines."""
    shown, _ = fit(text, MAX_SECTION_CHARS, plain_lines)
    return {"type": "context", "elements": [literal(shown)]}


def divider() -> Block:
    """Return a line across."""
    return {"type": "divider"}


def actions(*buttons: Block) -> Block:
    """Return a row of buttons."""
    return {"type": "actions", "elements": list(buttons)}


def button(
    text: str,
    action_id: str,
    value: str,
    label: str,
    *,
    style: str | None = None,
    confirm: Block | None = None,
) -> Block:
    """Return a button; a screen reader says `label`, which begins with the text, instead of it."""
    element: Block = {
        "type": "button",
        "text": plain_text(text, MAX_BUTTON_CHARS),
        "action_id": action_id,
        "accessibility_label": one_line(label, MAX_BUTTON_CHARS) or NOTHING,
    }
    optional: Block = {"value": carried(value), "style": style, "confirm": confirm}
    return element | {name: given for name, given in optional.items() if given}


def carried(value: str) -> str:
    """Return what a button hands back when it is pressed: as written, without half characters."""
    return displayable(value[:MAX_VALUE_CHARS])


def confirm(title: str, text: str, yes: str, *, style: str = "primary") -> Block:
    """Return a question that is asked before a press takes effect."""
    return {
        "title": plain_text(title, 100),
        "text": plain_text(text, 300),
        "confirm": plain_text(yes, 30),
        "deny": plain_text("Cancel", 30),
        "style": style,
    }


def feedback(answer_id: str) -> Block:
    """Return a thumb up and a thumb down."""
    pair: Block = {
        "type": "feedback_buttons",
        "action_id": FEEDBACK,
        "positive_button": _thumb("Helpful", UP, answer_id),
        "negative_button": _thumb("Not helpful", DOWN, answer_id),
    }
    return {"type": "context_actions", "elements": [pair]}


def modal(title: str, blocks: Sequence[Block], close: str = "Close", **fields: object) -> Block:
    """Return a modal."""
    return {
        "type": "modal",
        "title": plain_text(title, 24),
        "close": plain_text(close, 24),
        "blocks": list(blocks),
        **fields,
    }


def length(blocks: Sequence[Block]) -> int:
    """Count the characters of all text in blocks, as Slack does."""
    return sum(_text_length(block) for block in blocks)


def _thumb(text: str, side: str, answer_id: str) -> Block:
    return {
        "text": plain_text(text, MAX_BUTTON_CHARS),
        "value": feedback_value(side, answer_id),
        "accessibility_label": text,
    }


def _text_length(value: object) -> int:
    if isinstance(value, list):
        return sum(map(_text_length, value))
    if not isinstance(value, dict):
        return 0
    text = value.get("text")
    own = len(text) if isinstance(text, str) else 0
    return own + sum(map(_text_length, value.values()))
