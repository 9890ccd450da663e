"""A manifest that uses all that the workspace knows, and blocks that use all that can be used."""

from __future__ import annotations

from typing import Final

from bot.workspace.manifest import manifest_of
from bot.workspace.payload import JsonObject

ENTRIES: Final[JsonObject] = {
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "agent_view": {
            "agent_description": "Answers.",
            "suggested_prompts": [{"title": "Start", "message": "What can you answer?"}],
        },
        "slash_commands": [
            {
                "command": "/onrecord",
                "description": "Ask the documents",
                "usage_hint": "check CLAIM | help | admin: reindex | gaps",
                "should_escape": True,
            }
        ],
        "shortcuts": [
            {
                "type": "message",
                "name": "Check this message",
                "callback_id": "check_message",
                "description": "Compares a message with the documents",
            }
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "app_mentions:read",
                "assistant:write",
                "channels:history",
                "chat:write",
                "commands",
                "groups:history",
                "im:history",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "agent_session_stopped",
                "app_context_changed",
                "app_home_opened",
                "app_mention",
                "message.channels",
                "message.groups",
                "message.im",
            ]
        },
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}
MANIFEST: Final = manifest_of(ENTRIES)


def plain(text: str) -> JsonObject:
    """Return a plain text object."""
    return {"type": "plain_text", "text": text}


def option(value: str) -> JsonObject:
    """Return a choice."""
    return {"text": plain(value.capitalize()), "value": value}


def button(action_id: str, value: str = "7") -> JsonObject:
    """Return a button."""
    return {"type": "button", "text": plain("Press"), "action_id": action_id, "value": value}


FEEDBACK: Final[JsonObject] = {
    "type": "feedback_buttons",
    "action_id": "feedback",
    "positive_button": {"text": plain("Good"), "value": "up:1"},
    "negative_button": {"text": plain("Bad"), "value": "down:1"},
}
KIND: Final[JsonObject] = {
    "type": "input",
    "block_id": "kind",
    "label": plain("What was wrong?"),
    "element": {
        "type": "radio_buttons",
        "action_id": "kind",
        "options": [option("wrong"), option("incomplete")],
    },
}
COMMENT: Final[JsonObject] = {
    "type": "input",
    "block_id": "comment",
    "label": plain("Comment"),
    "optional": True,
    "element": {"type": "plain_text_input", "action_id": "comment", "max_length": 20},
}
FORM: Final[JsonObject] = {
    "type": "modal",
    "callback_id": "form",
    "private_metadata": "42",
    "title": plain("Form"),
    "submit": plain("Send"),
    "blocks": [KIND, COMMENT],
}
