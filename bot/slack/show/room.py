"""How much a view holds: whole parts, as many as there is room for, and a count of the rest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final

from bot.slack.show.blocks import context
from bot.slack.show.message import Block
from bot.slack.show.words import counted

MAX_VIEW_BLOCKS: Final = 100
MAX_VIEW_CHARS: Final = 240_000
"""Slack refuses views of more than 250 kB; counted as sent, where "é" takes six characters."""
_RESERVED_BLOCKS: Final = 4
_RESERVED_CHARS: Final = 40_000
"""For what stands around the parts."""


def parts_that_fit(
    parts: Iterable[Sequence[Block]],
    count: int,
    noun: str,
    max_blocks: int = MAX_VIEW_BLOCKS - _RESERVED_BLOCKS,
    max_chars: int = MAX_VIEW_CHARS - _RESERVED_CHARS,
) -> list[Block]:
    """Return the blocks of the first of `count` parts, and how many (of a noun) are left out."""
    blocks: list[Block] = []
    for position, part in enumerate(parts):
        max_chars -= len(json.dumps(part))
        if len(blocks) + len(part) > max_blocks or max_chars < 0:
            left_out = counted(count - position, f"more {noun}")
            return [*blocks, context(f"and {left_out}, for which there is no room here")]
        blocks += part
    return blocks
