"""What happens in a workspace, as the events that Slack sends for it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.workspace.payload import JsonObject, JsonValue
from bot.workspace.shapes import message_json
from bot.workspace.state import ChannelKind, Message, WorkspaceState

_MENTION: Final = re.compile(r"<@([UW][A-Z0-9]+)>")
_MESSAGE_SUBSCRIPTIONS: Final = {
    ChannelKind.PUBLIC: "message.channels",
    ChannelKind.PRIVATE: "message.groups",
    ChannelKind.DIRECT: "message.im",
}
ALL_SUBSCRIPTIONS: Final = frozenset(
    {"app_mention", "app_home_opened", *_MESSAGE_SUBSCRIPTIONS.values()}
)


@dataclass(frozen=True, slots=True)
class Event:
    """One event, and the subscription under which an app receives it."""

    subscription: str
    body: JsonObject


def message_posted(state: WorkspaceState, message: Message) -> list[Event]:
    """A new message: a `message` event, and `app_mention` beside it when it names the app."""
    channel = state.channel(message.channel)
    if state.app.user.id not in channel.members:
        return []
    shape = message_json(state, message)
    shape |= {"channel": channel.id, "event_ts": message.ts}
    events = [_message_event(state, message.channel, shape)]
    if channel.kind is not ChannelKind.DIRECT and names_app(state, message):
        events.append(Event("app_mention", shape | {"type": "app_mention"}))
    return events


def message_edited(state: WorkspaceState, before: Message, after: Message) -> list[Event]:
    """An edit: `message_changed` with the message as it is and as it was."""
    ts = state.next_ts()
    body: JsonObject = {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": after.channel,
        "ts": ts,
        "event_ts": ts,
        "message": message_json(state, after),
        "previous_message": message_json(state, before),
    }
    return _to_members(state, after.channel, body)


def message_deleted(state: WorkspaceState, message: Message) -> list[Event]:
    """A deletion: `message_deleted` with the message as it was."""
    ts = state.next_ts()
    body: JsonObject = {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "channel": message.channel,
        "ts": ts,
        "event_ts": ts,
        "deleted_ts": message.ts,
        "previous_message": message_json(state, message),
    }
    return _to_members(state, message.channel, body)


def home_opened(state: WorkspaceState, user_id: str, tab: str) -> list[Event]:
    """Somebody has opened the app's home or its messages tab."""
    body: JsonObject = {
        "type": "app_home_opened",
        "user": user_id,
        "channel": state.direct_channel(user_id).id,
        "tab": tab,
        "event_ts": state.next_ts(),
    }
    if tab == "home" and user_id in state.home_views:
        body["view"] = state.home_views[user_id]
    return [Event("app_home_opened", body)]


def names_app(state: WorkspaceState, message: Message) -> bool:
    """Say whether a message mentions the app's bot user."""
    return state.app.user.mention in message.text


def envelope_body(state: WorkspaceState, event: JsonObject, *, event_id: str) -> JsonObject:
    """Wrap an event as Slack does for every app that receives it."""
    event_ts = event.get("event_ts")
    return {
        "token": "local-workspace",
        "team_id": state.team.id,
        "context_team_id": state.team.id,
        "context_enterprise_id": None,
        "api_app_id": state.app.id,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(float(event_ts)) if isinstance(event_ts, str) else 0,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": state.team.id,
                "user_id": state.app.user.id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event_id}",
    }


def rich_text(text: str) -> JsonObject:
    """Return the block that Slack's composer makes of typed text: words and mentions."""
    elements: list[JsonValue] = []
    for position, part in enumerate(_MENTION.split(text)):
        if position % 2:
            elements.append({"type": "user", "user_id": part})
        elif part:
            elements.append({"type": "text", "text": part})
    section: JsonObject = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text", "block_id": "composed", "elements": [section]}


def _to_members(state: WorkspaceState, channel_id: str, body: JsonObject) -> list[Event]:
    if state.app.user.id not in state.channel(channel_id).members:
        return []
    return [_message_event(state, channel_id, body)]


def _message_event(state: WorkspaceState, channel_id: str, body: JsonObject) -> Event:
    kind = state.channel(channel_id).kind
    return Event(_MESSAGE_SUBSCRIPTIONS[kind], body | {"channel_type": kind.value})
