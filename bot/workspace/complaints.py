"""Slack's error codes in words that a person reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.workspace.errors import SlackError

COMPLAINTS: Final[Mapping[str, str]] = {
    "action_not_found": "That button is not there any more.",
    "cant_update_message": "Only its author can change a message.",
    "cant_delete_message": "Only its author can delete a message.",
    "channel_not_found": "There is no such channel.",
    "dispatch_failed": "The app did not answer as Slack expects, so nothing was done.",
    "edit_window_closed": "That message can no longer be changed.",
    "home_not_enabled": "The app has no such tab.",
    "interactivity_not_enabled": "The app does not take presses.",
    "invalid_arguments": "The page sent something the workspace does not understand.",
    "invalid_entries": "Something is missing or not allowed in what was entered.",
    "message_not_found": "That message is not there any more.",
    "msg_too_long": "That message is too long.",
    "no_text": "Write something first.",
    "not_found": "That is not open any more.",
    "not_submittable": "There is nothing to submit here.",
    "not_in_channel": "You are not in that channel.",
    "operation_timeout": "onrecord did not respond.",
    "option_not_found": "That choice is not offered any more.",
    "thread_not_found": "That thread is not there any more.",
    "unknown_act": "The page asked for something the workspace cannot do.",
    "unknown_command": "There is no such command.",
    "unknown_fault": "There is no such fault.",
    "unknown_shortcut": "There is no such entry in the menu.",
    "user_not_found": "There is nobody of that name.",
    "user_not_in_channel": "That person is not in the channel.",
}


def complaint(refused: SlackError) -> str:
    """Say what went wrong."""
    return COMPLAINTS.get(refused.code, f"That did not work ({refused.code}).")
