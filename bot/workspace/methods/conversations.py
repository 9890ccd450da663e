"""`conversations.*`: reading channels, threads and members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.workspace.arguments import Arguments
from bot.workspace.errors import SlackError, missing_scope
from bot.workspace.method import Method, Office
from bot.workspace.payload import JsonObject, JsonValue
from bot.workspace.shapes import channel_json, message_json
from bot.workspace.state import Channel, ChannelKind, Message

_READ: Final = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY: Final = ("channels:history", "groups:history", "im:history", "mpim:history")
_SCOPE_OF_KIND: Final = {
    ChannelKind.PUBLIC: "channels",
    ChannelKind.PRIVATE: "groups",
    ChannelKind.DIRECT: "im",
}
_KINDS: Final = {
    "public_channel": ChannelKind.PUBLIC,
    "private_channel": ChannelKind.PRIVATE,
    "im": ChannelKind.DIRECT,
}
_DEFAULT_PAGE: Final = 100
_LARGEST_PAGE: Final = 999


def replies(office: Office, arguments: Arguments) -> JsonObject:
    """Return a thread, oldest first."""
    channel = _readable(office, arguments)
    thread = office.state.thread(channel.id, arguments.required("ts"))
    if not thread:
        raise SlackError("thread_not_found")
    return _page(office, arguments, thread)


def history(office: Office, arguments: Arguments) -> JsonObject:
    """Return a channel's messages, newest first, without replies inside threads."""
    channel = _readable(office, arguments)
    messages = [
        message
        for message in office.state.messages(channel.id)
        if not message.is_reply or message.is_broadcast
    ]
    return _page(office, arguments, messages[::-1])


def info(office: Office, arguments: Arguments) -> JsonObject:
    """Describe a conversation."""
    channel = _described(office, arguments)
    return {"ok": True, "channel": channel_json(office.state, channel)}


def members(office: Office, arguments: Arguments) -> JsonObject:
    """Say who is in a conversation."""
    channel = _described(office, arguments)
    return {"ok": True, "members": list(channel.members), "response_metadata": {"next_cursor": ""}}


def of_app(office: Office, arguments: Arguments) -> JsonObject:
    """Describe the channels that the app is in, on one page."""
    kinds = {_KINDS[name] for name in arguments.names("types") if name in _KINDS}
    kinds = kinds or {ChannelKind.PUBLIC}
    for kind in kinds:
        _check_scope(office, kind, "read")
    own = [
        channel
        for channel in office.state.channels.values()
        if channel.kind in kinds and office.state.app.user.id in channel.members
    ]
    shapes: list[JsonValue] = [channel_json(office.state, channel) for channel in own]
    return {"ok": True, "channels": shapes, "response_metadata": {"next_cursor": ""}}


def open_direct(office: Office, arguments: Arguments) -> JsonObject:
    """Open the direct conversation with one person."""
    users = arguments.names("users")
    if len(users) != 1:
        raise SlackError("users_list_not_supplied" if not users else "not_enough_users")
    channel = office.state.direct_channel(users[0])
    return {"ok": True, "channel": {"id": channel.id}}


METHODS: Final = {
    "conversations.replies": Method(replies, _HISTORY, per_minute=50),
    "conversations.history": Method(history, _HISTORY, per_minute=50),
    "conversations.info": Method(info, _READ, per_minute=50),
    "conversations.members": Method(members, _READ, per_minute=100),
    "users.conversations": Method(of_app, _READ, per_minute=50),
    "conversations.open": Method(open_direct, ("im:write",), per_minute=50),
}


def _readable(office: Office, arguments: Arguments) -> Channel:
    channel = _visible(office, arguments)
    _check_scope(office, channel.kind, "history")
    if office.state.app.user.id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _described(office: Office, arguments: Arguments) -> Channel:
    channel = _visible(office, arguments)
    _check_scope(office, channel.kind, "read")
    return channel


def _visible(office: Office, arguments: Arguments) -> Channel:
    channel = office.state.channel(arguments.required("channel"))
    if channel.kind is not ChannelKind.PUBLIC and office.state.app.user.id not in channel.members:
        raise SlackError("channel_not_found")
    return channel


def _check_scope(office: Office, kind: ChannelKind, right: str) -> None:
    scope = f"{_SCOPE_OF_KIND[kind]}:{right}"
    if scope not in office.scopes:
        raise missing_scope([scope], office.scopes)


def _page(office: Office, arguments: Arguments, messages: Sequence[Message]) -> JsonObject:
    with_metadata = arguments.flag("include_all_metadata")
    inside = [message for message in messages if _is_between(arguments, message)]
    limit = min(max(arguments.number("limit", _DEFAULT_PAGE), 1), _LARGEST_PAGE)
    start = arguments.number("cursor", 0)
    end = start + limit
    has_more = end < len(inside)
    response: JsonObject = {
        "ok": True,
        "messages": [
            message_json(office.state, message, with_metadata=with_metadata)
            for message in inside[start:end]
        ],
        "has_more": has_more,
    }
    if has_more:
        response["response_metadata"] = {"next_cursor": str(end)}
    return response


def _is_between(arguments: Arguments, message: Message) -> bool:
    oldest, latest = arguments.text("oldest"), arguments.text("latest")
    if arguments.flag("inclusive") and message.ts in (oldest, latest):
        return True
    return (not oldest or message.ts > oldest) and (not latest or message.ts < latest)
