"""What people do in a workspace: each act changes the state and says which events follow. Pure."""

from __future__ import annotations

import uuid
from dataclasses import replace

from bot.workspace.composed import rich_text
from bot.workspace.errors import SlackError
from bot.workspace.events import (
    Event,
    message_deleted,
    message_edited,
    message_posted,
)
from bot.workspace.limits import MAX_TYPED_CHARS
from bot.workspace.state import Channel, Message, WorkspaceState


def post(
    state: WorkspaceState, user: str, channel: str, text: str, thread_ts: str | None
) -> tuple[Message, list[Event]]:
    """Write a message."""
    place = member_of(state, user, channel)
    _check_words(text)
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
    before = _own(state, user, channel, ts, "cant_update_message")
    _check_words(text)
    after = replace(before, text=text, blocks=(rich_text(text),), edited_ts=state.next_ts())
    state.replace_message(after)
    return message_edited(state, before, after)


def delete(state: WorkspaceState, user: str, channel: str, ts: str) -> list[Event]:
    """Delete one's own message."""
    message = _own(state, user, channel, ts, "cant_delete_message")
    state.remove_message(channel, ts)
    return message_deleted(state, message)


def member_of(state: WorkspaceState, user: str, channel: str) -> Channel:
    """Return a channel that somebody is in."""
    place = state.channel(channel)
    if state.user(user).id not in place.members:
        raise SlackError("not_in_channel")
    return place


def _check_words(text: str) -> None:
    if not text.strip():
        raise SlackError("no_text")
    if len(text) > MAX_TYPED_CHARS:
        raise SlackError("msg_too_long")


def _own(state: WorkspaceState, user: str, channel: str, ts: str, error: str) -> Message:
    message = state.message(member_of(state, user, channel).id, ts)
    if message.user != user:
        raise SlackError(error)
    return message
