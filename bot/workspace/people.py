"""What people do in a workspace: each act changes the state and says which events follow. Pure."""

from __future__ import annotations

import uuid
from dataclasses import replace

from bot.workspace.errors import SlackError
from bot.workspace.events import (
    Event,
    message_deleted,
    message_edited,
    message_posted,
    rich_text,
)
from bot.workspace.payload import JsonObject, JsonValue
from bot.workspace.shapes import message_json
from bot.workspace.state import Message, User, WorkspaceState
from bot.workspace.vouchers import Vouchers, response_url


def post(
    state: WorkspaceState, user: str, channel: str, text: str, thread_ts: str | None
) -> tuple[Message, list[Event]]:
    """Write a message."""
    place = state.channel(channel)
    if user not in place.members:
        raise SlackError("not_in_channel")
    if thread_ts is not None and not state.thread(place.id, thread_ts):
        raise SlackError("thread_not_found")
    message = Message(
        channel=place.id,
        ts=state.next_ts(),
        user=user,
        text=text,
        blocks=(rich_text(text),),
        thread_ts=thread_ts,
        client_msg_id=str(uuid.uuid4()),
    )
    state.add_message(message)
    return message, message_posted(state, message)


def edit(state: WorkspaceState, user: str, channel: str, ts: str, text: str) -> list[Event]:
    """Change one's own message."""
    before = _own(state, user, channel, ts)
    after = replace(before, text=text, blocks=(rich_text(text),), edited_ts=state.next_ts())
    state.replace_message(after)
    return message_edited(state, before, after)


def delete(state: WorkspaceState, user: str, channel: str, ts: str) -> list[Event]:
    """Delete one's own message."""
    message = _own(state, user, channel, ts)
    state.remove_message(channel, ts)
    return message_deleted(state, message)


def command(
    state: WorkspaceState, vouchers: Vouchers, api_url: str, user: str, channel: str, typed: str
) -> JsonObject:
    """Return the payload of a slash command, typed as `/name words`."""
    person, place = state.user(user), state.channel(channel)
    name, _, text = typed.partition(" ")
    return {
        "token": "local-workspace",
        "team_id": state.team.id,
        "team_domain": state.team.domain,
        "channel_id": place.id,
        "channel_name": "directmessage" if place.is_direct else place.name,
        "user_id": person.id,
        "user_name": person.name.lower(),
        "command": name,
        "text": text,
        "api_app_id": state.app.id,
        "is_enterprise_install": "false",
        "response_url": response_url(api_url, vouchers.new_response_id(user, place.id)),
        "trigger_id": vouchers.new_trigger(user),
    }


def press(
    state: WorkspaceState,
    vouchers: Vouchers,
    api_url: str,
    user: str,
    message: Message,
    action: str,
) -> JsonObject:
    """Return the payload of a press on a button of a message, found by its `action_id`."""
    person, place = state.user(user), state.channel(message.channel)
    element, block_id = _button(message, action)
    ts = state.next_ts()
    pressed: JsonObject = {
        "type": element["type"],
        "action_id": action,
        "block_id": block_id,
        "text": element.get("text"),
        "value": element.get("value"),
        "action_ts": ts,
    }
    address = vouchers.new_response_id(user, place.id, message.ts)
    return {
        "type": "block_actions",
        "user": _user(state, person),
        "api_app_id": state.app.id,
        "token": "local-workspace",
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": place.id,
            "is_ephemeral": False,
        },
        "trigger_id": vouchers.new_trigger(user),
        "team": {"id": state.team.id, "domain": state.team.domain},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": place.id, "name": place.name},
        "message": message_json(state, message),
        "state": {"values": {}},
        "response_url": response_url(api_url, address),
        "actions": [pressed],
    }


def _button(message: Message, action: str) -> tuple[JsonObject, JsonValue]:
    for block in message.blocks:
        elements = block.get("elements")
        for element in elements if isinstance(elements, list) else []:
            if isinstance(element, dict) and element.get("action_id") == action:
                return element, block.get("block_id", "")
    raise SlackError("action_not_found")


def _user(state: WorkspaceState, person: User) -> JsonObject:
    name = person.name.lower()
    return {"id": person.id, "username": name, "name": name, "team_id": state.team.id}


def _own(state: WorkspaceState, user: str, channel: str, ts: str) -> Message:
    message = state.message(channel, ts)
    if message.user != user:
        raise SlackError("cant_update_message")
    return message
