"""What everything in this folder makes: a message, or the JSON of a view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

Block = dict[str, object]
"""A block, an element or a text object of Block Kit."""
View = dict[str, object]
"""A modal or a home, as `views.open` and `views.publish` take it."""

MAX_TEXT_CHARS: Final = 3_900
"""Slack refuses 4,000 in a changed message, and cuts longer text in notifications."""
MAX_MARKDOWN_CHARS: Final = 10_000
"""Slack refuses 12,000 in all markdown blocks together."""
MAX_ALL_CHARS: Final = 13_000
"""Slack refuses about 13,200 in all blocks together."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted: blocks for the eye, text for notifications and screen readers."""

    text: str
    blocks: tuple[Block, ...]
