"""What Slack refuses in a message's blocks."""

from __future__ import annotations

from collections.abc import Sequence

from bot.workspace.errors import explained
from bot.workspace.limits import MAX_MESSAGE_BLOCKS
from bot.workspace.payload import JsonObject


def check_message_blocks(blocks: Sequence[JsonObject]) -> None:
    """Refuse blocks that Slack would not show in a message."""
    if len(blocks) > MAX_MESSAGE_BLOCKS:
        raise explained("invalid_blocks", (f"no more than {MAX_MESSAGE_BLOCKS} items allowed",))
