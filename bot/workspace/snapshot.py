"""What one person sees of the workspace now, as the page in the browser reads it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.workspace.manifest import Command, Manifest
from bot.workspace.payload import JsonObject, JsonValue
from bot.workspace.recorder import Call
from bot.workspace.shapes import message_json
from bot.workspace.state import Channel, Ephemeral, Message, User, WorkspaceState

MAX_MESSAGES: Final = 300
MAX_CALLS: Final = 50


def seen_by(state: WorkspaceState, manifest: Manifest, me: User, window: str = "") -> JsonObject:
    """Return the people, conversations, views and offers that somebody has before them."""
    state.direct_channel(me.id)
    mine = [channel for channel in state.channels.values() if me.id in channel.members]
    return {
        "team": {"name": state.team.name, "id": state.team.id},
        "me": me.id,
        "bot": {"id": state.app.user.id, "bot_id": state.app.bot_id, "name": state.app.user.name},
        "people": [_person(user) for user in state.users.values()],
        "channels": [_channel(state, channel, me) for channel in mine],
        "ephemerals": [_ephemeral(e) for e in state.ephemerals if e.user == me.id],
        "statuses": _statuses(state, mine),
        "home": state.home_views.get(me.id),
        "modal": state.modals.shown_to(me.id, window),
        "prompts": [*state.prompts(me.id, manifest.prompts)],
        "commands": [_command(command) for command in manifest.commands],
        "shortcuts": [{"callback_id": s.callback_id, "name": s.name} for s in manifest.shortcuts],
        "tabs": list(manifest.tabs),
    }


def call_lines(calls: Iterable[Call]) -> list[JsonValue]:
    """Return what the app has called, without what it said."""
    return [{"method": c.method, "error": c.error, "ms": round(c.elapsed_ms, 1)} for c in calls]


def _person(user: User) -> JsonObject:
    return {
        "id": user.id,
        "name": user.name,
        "is_admin": user.is_admin,
        "is_guest": user.is_guest,
        "is_bot": user.is_bot,
    }


def _channel(state: WorkspaceState, channel: Channel, me: User) -> JsonObject:
    shape: JsonObject = {"id": channel.id, "name": channel.name, "kind": channel.kind.value}
    if channel.is_direct:
        other = next(member for member in channel.members if member != me.id)
        shape |= {"name": state.user(other).name, "with": other}
    messages: list[JsonValue] = []
    for message in _last(list(state.messages(channel.id))):
        messages.append(message_json(state, message) | {"is_mine": message.user == me.id})
    return shape | {"messages": messages}


def _last(messages: list[Message]) -> list[Message]:
    """Return the last messages, and the ones that their threads begin with."""
    shown = messages[-MAX_MESSAGES:]
    roots = {message.root_ts for message in shown}
    return [message for message in messages[:-MAX_MESSAGES] if message.ts in roots] + shown


def _ephemeral(ephemeral: Ephemeral) -> JsonObject:
    return {
        "channel": ephemeral.channel,
        "ts": ephemeral.ts,
        "thread_ts": ephemeral.thread_ts,
        "text": ephemeral.text,
        "blocks": list(ephemeral.blocks),
    }


def _statuses(state: WorkspaceState, channels: list[Channel]) -> list[JsonValue]:
    places = {channel.id for channel in channels}
    shown: list[JsonValue] = []
    for channel_id, thread_ts in state.agent_threads:
        text = state.status(channel_id, thread_ts)
        if not text and state.session(channel_id, thread_ts) == "processing":
            text = "is working…"
        if text and channel_id in places:
            shown.append({"channel": channel_id, "thread_ts": thread_ts, "text": text})
    return shown


def _command(command: Command) -> JsonObject:
    return {
        "command": command.name,
        "description": command.description,
        "usage_hint": command.usage_hint,
        "words": [
            {"word": word.word, "hint": word.hint, "admin": word.is_for_admins}
            for word in command.words()
        ],
    }
