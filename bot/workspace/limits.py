"""Slack's limits on a message as a whole."""

from __future__ import annotations

from typing import Final

MAX_TEXT_CHARS: Final = 40_000
"""Longer text is cut off, not refused."""
MAX_TYPED_CHARS: Final = 40_000
MAX_UPDATE_TEXT_CHARS: Final = 4_000
MAX_MARKDOWN_CHARS: Final = 12_000
"""All markdown of a message together."""
MAX_BLOCK_CHARS: Final = 13_200
"""All text in a message's blocks together; not documented, seen in practice."""
MAX_MESSAGE_BLOCKS: Final = 50
MAX_VIEW_BLOCKS: Final = 100
MAX_VIEW_BYTES: Final = 250_000
MAX_METADATA_CHARS: Final = 8_000
MAX_STATUS_MESSAGES: Final = 10
MAX_PROMPTS: Final = 4
MAX_TITLE_CHARS: Final = 200
"""Of an agent session."""
