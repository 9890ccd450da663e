"""What a message is made of, checked the same way wherever an app sends one."""

from __future__ import annotations

import json

from bot.workspace.arguments import Arguments
from bot.workspace.block_ids import with_ids
from bot.workspace.blocks import check_message_blocks
from bot.workspace.errors import SlackError
from bot.workspace.limits import MAX_MARKDOWN_CHARS, MAX_METADATA_CHARS
from bot.workspace.payload import JsonObject


def content(arguments: Arguments) -> tuple[str, tuple[JsonObject, ...]]:
    """Return a message's text and blocks, or refuse them."""
    if "attachments" in arguments:
        # Slack shows them still, below everything; the workspace cannot.
        raise SlackError("invalid_attachments")
    text, markdown = arguments.text("text"), arguments.text("markdown_text")
    blocks = tuple(arguments.objects("blocks", error="invalid_blocks_format"))
    if markdown:
        if text or blocks:
            raise SlackError("markdown_text_conflict")
        if len(markdown) > MAX_MARKDOWN_CHARS:
            raise SlackError("msg_too_long")
        return markdown, with_ids([{"type": "markdown", "text": markdown}])
    if not text.strip() and not blocks:
        raise SlackError("no_text")
    check_message_blocks(blocks)
    return text, with_ids(blocks)


def metadata(arguments: Arguments) -> JsonObject | None:
    """Return what an app hides in its message for itself, or refuse it."""
    found = arguments.object("metadata", error="invalid_metadata_format")
    if not found:
        return None
    event_type, payload = found.get("event_type"), found.get("event_payload")
    if not isinstance(event_type, str) or not isinstance(payload, dict):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(found)) > MAX_METADATA_CHARS:
        raise SlackError("metadata_too_large")
    return found
