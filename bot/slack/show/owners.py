"""A refused question, put before the owners of the documents."""

from __future__ import annotations

import re
from typing import Final

from bot.slack.safe_text import fit, is_address, one_line, plain
from bot.slack.show.blocks import length
from bot.slack.show.message import (
    MAX_ALL_CHARS,
    MAX_MARKDOWN_CHARS,
    MAX_TEXT_CHARS,
    Block,
    Message,
)
from bot.slack.show.pieces import fixed, whole_or_instead
from bot.slack.show.places import sources
from bot.slack.show.quotations import beyond, block_quote, body, reading
from bot.slack.show.refusals import pointers, spoken_pointers, spoken_why, why
from retrieval.model import Refusal

MAX_QUESTION_CHARS: Final = 1_500
MAX_SPOKEN_CHARS: Final = 600
_USER: Final = re.compile(r"[UW][A-Z0-9]{1,30}")


def owners_message(question: str, asker: str, result: Refusal, permalink: str | None) -> Message:
    """Return who asked what, what was refused and why, and where to answer."""
    asked = f"{_mention(asker)} asked, and got no answer:"
    request = _request(asker, permalink)
    below = [*sources(result.citations), *pointers(result), _frame(request)]
    room = min(MAX_MARKDOWN_CHARS, MAX_ALL_CHARS - length(below) - len(asked))
    quoted, _ = fit(question.strip(), MAX_QUESTION_CHARS, block_quote)
    pieces = [fixed(quoted), *why(result), *body(result.sentences, result.citations)]
    left_out = beyond(result.sentences)
    text = whole_or_instead(pieces, room, "\n\n", beyond=left_out)
    shown: Block = {"type": "markdown", "text": text}
    return Message(_text(question, result, asked, request), (_frame(asked), shown, *below))


def _text(question: str, result: Refusal, asked: str, request: str) -> str:
    said = [f"“{one_line(question, MAX_SPOKEN_CHARS)}”", *spoken_why(result)]
    first = [fixed(fit(part, MAX_SPOKEN_CHARS, plain)[0]) for part in said]
    last = [fixed(fit(part, MAX_SPOKEN_CHARS, plain)[0]) for part in spoken_pointers(result)]
    pieces = [*first, *reading(result.sentences, result.citations), *last]
    room = MAX_TEXT_CHARS - len(asked) - len(request) - 2
    said_all = whole_or_instead(pieces, room, " ", beyond=beyond(result.sentences))
    return f"{asked} {said_all} {request}"


def _mention(user: str) -> str:
    """The one mention that is ours to make."""
    return f"<@{user}>" if _USER.fullmatch(user) else "Somebody"


def _request(asker: str, permalink: str | None) -> str:
    if permalink and is_address(permalink):
        address = permalink.replace("&", "&amp;")
        return f"Please answer in <{address}|the thread of the question>."
    return f"Please answer {_mention(asker)} directly: the question was asked in private."


def _frame(text: str) -> Block:
    """A sentence of ours, with our own mention or link in it."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}
