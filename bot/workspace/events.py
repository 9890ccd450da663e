"""What happens in a workspace, as the events that Slack sends for it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.workspace.payload import JsonObject
from bot.workspace.shapes import message_json
from bot.workspace.state import ChannelKind, Message, WorkspaceState

_MESSAGE_SUBSCRIPTIONS: Final = {
    ChannelKind.PUBLIC: "message.channels",
    ChannelKind.PRIVATE: "message.groups",
    ChannelKind.DIRECT: "message.im",
}


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
    if channel.kind is ChannelKind.DIRECT and message.user in state.looks_at:
        shape["app_context"] = app_context(state, message.user)
    events = [_message_event(state, message.channel, shape)]
    if channel.kind is not ChannelKind.DIRECT and names_app(state, message):
        events.append(Event("app_mention", shape | {"type": "app_mention"}))
    return events


def message_edited(state: WorkspaceState, before: Message, after: Message) -> list[Event]:
    """An edit: `message_changed` with the message as it is and as it was.

    An edit that names the app for the first time is an `app_mention` too.
    """
    ts, shape = state.next_ts(), message_json(state, after)
    body: JsonObject = {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": after.channel,
        "ts": ts,
        "event_ts": ts,
        "message": shape,
        "previous_message": message_json(state, before),
    }
    events = _to_members(state, after.channel, body)
    is_direct = state.channel(after.channel).is_direct
    if events and not is_direct and names_app(state, after) and not names_app(state, before):
        mention = shape | {"type": "app_mention", "channel": after.channel, "event_ts": ts}
        events.append(Event("app_mention", mention))
    return events


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
    if tab == "messages":
        body["context"] = app_context(state, user_id)
    return [Event("app_home_opened", body)]


def context_changed(state: WorkspaceState, user_id: str) -> list[Event]:
    """Somebody has turned to another channel, with the app's conversation beside it."""
    body: JsonObject = {
        "type": "app_context_changed",
        "user": user_id,
        "channel": state.direct_channel(user_id).id,
        "context": app_context(state, user_id),
        "event_ts": state.next_ts(),
    }
    return [Event("app_context_changed", body)]


def session_stopped(
    state: WorkspaceState, user_id: str, channel_id: str, thread_ts: str
) -> list[Event]:
    """Somebody wants the app to stop what it does in a thread; its streams there end at once."""
    streams = state.stop_streams(channel_id, thread_ts)
    body: JsonObject = {
        "type": "agent_session_stopped",
        "user": user_id,
        "channel": channel_id,
        "thread_ts": thread_ts,
        "streaming_message_ts": [*streams],
        "event_ts": state.next_ts(),
    }
    return [Event("agent_session_stopped", body)]


def app_context(state: WorkspaceState, user_id: str) -> JsonObject:
    """Return what somebody has before them beside the app's conversation."""
    channel_id = state.looks_at.get(user_id)
    if channel_id is None:
        return {"entities": []}
    entity: JsonObject = {
        "type": "slack#/types/channel_id",
        "value": channel_id,
        "team_id": state.team.id,
    }
    return {"entities": [entity]}


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


def _to_members(state: WorkspaceState, channel_id: str, body: JsonObject) -> list[Event]:
    if state.app.user.id not in state.channel(channel_id).members:
        return []
    return [_message_event(state, channel_id, body)]


def _message_event(state: WorkspaceState, channel_id: str, body: JsonObject) -> Event:
    kind = state.channel(channel_id).kind
    return Event(_MESSAGE_SUBSCRIPTIONS[kind], body | {"channel_type": kind.value})
