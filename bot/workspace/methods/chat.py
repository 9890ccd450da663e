"""`chat.*`: posting, changing and deleting messages."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.workspace.arguments import Arguments
from bot.workspace.content import content, metadata
from bot.workspace.errors import SlackError
from bot.workspace.events import message_deleted, message_edited, message_posted
from bot.workspace.limits import MAX_TEXT_CHARS, MAX_UPDATE_TEXT_CHARS
from bot.workspace.method import Method, Office
from bot.workspace.payload import JsonObject
from bot.workspace.shapes import message_json
from bot.workspace.state import Channel, ChannelKind, Ephemeral, Message

_CHAT_WRITE: Final = ("chat:write",)


def post_message(office: Office, arguments: Arguments) -> JsonObject:
    """Post a message as the app, in a channel, a thread or a direct conversation."""
    state = office.state
    channel = writable_channel(office, arguments)
    text, blocks = content(arguments)
    message = Message(
        channel=channel.id,
        ts=state.next_ts(),
        user=state.app.user.id,
        text=text[:MAX_TEXT_CHARS],
        blocks=blocks,
        thread_ts=thread_of(office, channel, arguments),
        bot_id=state.app.bot_id,
        app_id=state.app.id,
        metadata=metadata(arguments),
        is_broadcast=arguments.flag("reply_broadcast"),
    )
    state.add_message(message)
    if message.is_reply and state.status(channel.id, message.root_ts):
        state.set_status(channel.id, message.root_ts, "")
    office.publish(message_posted(state, message))
    shape = message_json(state, message)
    return {"ok": True, "channel": channel.id, "ts": message.ts, "message": shape}


def update(office: Office, arguments: Arguments) -> JsonObject:
    """Change one of the app's own messages."""
    state = office.state
    channel = _reachable(office, arguments.required("channel"))
    before = _own_message(office, channel, arguments.required("ts"), "cant_update_message")
    if (channel.id, before.ts) in state.streams:
        raise SlackError("streaming_state_conflict")
    if len(arguments.text("text")) > MAX_UPDATE_TEXT_CHARS:
        raise SlackError("msg_too_long")
    text, blocks = content(arguments)
    hidden = metadata(arguments) if "metadata" in arguments else before.metadata
    after = replace(
        before,
        text=text or before.text,
        blocks=blocks,
        metadata=hidden,
        edited_ts=before.edited_ts if blocks else state.next_ts(),
    )
    state.replace_message(after)
    office.publish(message_edited(state, before, after))
    shape = message_json(state, after)
    return {"ok": True, "channel": channel.id, "ts": after.ts, "text": after.text, "message": shape}


def delete(office: Office, arguments: Arguments) -> JsonObject:
    """Delete one of the app's own messages."""
    channel = _reachable(office, arguments.required("channel"))
    ts = arguments.required("ts")
    _own_message(office, channel, ts, "cant_delete_message")
    message = office.state.remove_message(channel.id, ts)
    office.publish(message_deleted(office.state, message))
    return {"ok": True, "channel": channel.id, "ts": ts}


def post_ephemeral(office: Office, arguments: Arguments) -> JsonObject:
    """Show a message to one person who is in the channel."""
    channel = writable_channel(office, arguments)
    user = arguments.required("user")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    text, blocks = content(arguments)
    ephemeral = Ephemeral(
        channel=channel.id,
        user=user,
        ts=office.state.next_ts(),
        text=text[:MAX_TEXT_CHARS],
        blocks=blocks,
        thread_ts=thread_of(office, channel, arguments),
    )
    office.state.add_ephemeral(ephemeral)
    return {"ok": True, "message_ts": ephemeral.ts}


def get_permalink(office: Office, arguments: Arguments) -> JsonObject:
    """Return a message's address."""
    channel = _reachable(office, arguments.required("channel"))
    message = office.state.message(channel.id, arguments.required("message_ts"))
    place = f"archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        place += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    permalink = f"{office.api_url().removesuffix('api/')}{place}"
    return {"ok": True, "channel": channel.id, "permalink": permalink}


METHODS: Final = {
    "chat.postMessage": Method(post_message, _CHAT_WRITE, per_minute=600),
    "chat.update": Method(update, _CHAT_WRITE, per_minute=50),
    "chat.delete": Method(delete, _CHAT_WRITE, per_minute=50),
    "chat.postEphemeral": Method(post_ephemeral, _CHAT_WRITE, per_minute=100),
    "chat.getPermalink": Method(get_permalink, per_minute=600),
}


def _reachable(office: Office, reference: str) -> Channel:
    """Return a channel that the app can see; a user's id stands for the conversation with them."""
    state = office.state
    if reference in state.users and reference != state.app.user.id:
        return state.direct_channel(reference)
    channel = state.channel(reference)
    if channel.kind is not ChannelKind.PUBLIC and state.app.user.id not in channel.members:
        raise SlackError("channel_not_found")
    return channel


def writable_channel(office: Office, arguments: Arguments) -> Channel:
    """Return the channel that a call names, if the app may write there."""
    channel = _reachable(office, arguments.required("channel"))
    if office.state.app.user.id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def thread_of(office: Office, channel: Channel, arguments: Arguments) -> str | None:
    """Return the thread that a call names, if any."""
    thread_ts = arguments.text("thread_ts") or None
    if thread_ts is None:
        return None
    conversation = office.state.thread(channel.id, thread_ts)
    if not conversation:
        raise SlackError("thread_not_found")
    # A reply's own timestamp puts the message into that reply's thread.
    return conversation[0].root_ts


def _own_message(office: Office, channel: Channel, ts: str, error: str) -> Message:
    message = office.state.message(channel.id, ts)
    if message.bot_id != office.state.app.bot_id:
        raise SlackError(error)
    return message
