"""`reactions.*`: emoji under a message."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.workspace.arguments import Arguments
from bot.workspace.errors import SlackError
from bot.workspace.method import Method, Office
from bot.workspace.payload import JsonObject
from bot.workspace.state import Message


def add(office: Office, arguments: Arguments) -> JsonObject:
    """React to a message."""
    message, reaction = _target(office, arguments)
    if reaction in message.reactions:
        raise SlackError("already_reacted")
    office.state.replace_message(replace(message, reactions=(*message.reactions, reaction)))
    return {"ok": True}


def remove(office: Office, arguments: Arguments) -> JsonObject:
    """Take a reaction back."""
    message, reaction = _target(office, arguments)
    if reaction not in message.reactions:
        raise SlackError("no_reaction")
    kept = tuple(other for other in message.reactions if other != reaction)
    office.state.replace_message(replace(message, reactions=kept))
    return {"ok": True}


METHODS: Final = {
    "reactions.add": Method(add, ("reactions:write",), per_minute=50),
    "reactions.remove": Method(remove, ("reactions:write",), per_minute=20),
}


def _target(office: Office, arguments: Arguments) -> tuple[Message, tuple[str, str]]:
    channel = office.state.channel(arguments.required("channel"))
    message = office.state.message(channel.id, arguments.required("timestamp"))
    return message, (arguments.required("name").strip(":"), office.state.app.user.id)
