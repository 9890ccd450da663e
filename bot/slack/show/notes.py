"""Messages of a paragraph or a few lines, and any message in its plainest form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bot.slack.safe_text import fit, plain
from bot.slack.show.blocks import MAX_SECTION_CHARS, NOTHING, header, listing, literal, section
from bot.slack.show.message import MAX_TEXT_CHARS, Block, Message

_LONGEST_ENTITY: Final = len("&amp;")


def note_message(text: str) -> Message:
    """Return a plain note of one paragraph."""
    return Message(spoken([text]), (section(text),))


def titled_message(title: str, lines: Sequence[str], max_chars: int = 500) -> Message:
    """Return a heading over lines, each at most so long."""
    ended = (line if line.endswith((".", "!", "?")) else f"{line}." for line in lines)
    said = [f"{title}.", *(line.replace(" · ", ", ") for line in ended)]
    return Message(spoken(said), (header(title), *listing(lines, max_chars)))


def spoken(said: Sequence[str], max_chars: int = MAX_TEXT_CHARS) -> str:
    """Return sentences as the text of a message: harmless, short enough, never empty."""
    return fit(" ".join(text for text in said if text), max_chars, plain)[0] or NOTHING


def without_markup(message: Message) -> Message:
    """Return the same message in the plainest blocks, for when Slack refuses the richer ones."""
    blocks: list[Block] = [
        {"type": "section", "text": literal(part)} for part in _parts(message.text)
    ]
    return Message(message.text, tuple(blocks))


def _parts(text: str) -> Iterator[str]:
    """Cut a text that is harmless already; half an entity would be shown as it is written."""
    while text:
        end = MAX_SECTION_CHARS
        ampersand = text.rfind("&", end - _LONGEST_ENTITY + 1, end)
        if len(text) > end and ampersand >= 0 and ";" not in text[ampersand:end]:
            end = ampersand
        yield text[:end]
        text = text[end:]
