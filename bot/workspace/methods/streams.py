"""`chat.*Stream`: a message that an app writes bit by bit, in text or in chunks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bot.workspace.agent_threads import STREAM_LIFE_S, Stream
from bot.workspace.arguments import Arguments
from bot.workspace.block_ids import with_ids
from bot.workspace.block_kit import MESSAGE_BLOCK
from bot.workspace.blocks import check_message_blocks
from bot.workspace.checks import anything, many, record, string, tagged, word
from bot.workspace.content import metadata
from bot.workspace.errors import SlackError, explained, invalid_arguments
from bot.workspace.events import message_edited, message_posted
from bot.workspace.limits import MAX_MARKDOWN_CHARS, MAX_MESSAGE_BLOCKS
from bot.workspace.method import Method, Office
from bot.workspace.methods.agents import checked_status
from bot.workspace.methods.chat import thread_of, writable_channel
from bot.workspace.payload import JsonObject
from bot.workspace.state import Channel, Message

_CHAT_WRITE: Final = ("chat:write",)
_MODES: Final = ("timeline", "plan", "dense")
_CHUNKS: Final = many(
    tagged(
        {
            "markdown_text": record({"text": string(MAX_MARKDOWN_CHARS)}),
            "task_update": record(
                {
                    "id": string(255),
                    "title": string(256),
                    "status": word("pending", "in_progress", "complete", "error"),
                },
                {"details": anything, "output": anything, "sources": anything},
            ),
            "plan_update": record({"title": string(256)}),
            "blocks": record({"blocks": many(MESSAGE_BLOCK, MAX_MESSAGE_BLOCKS)}),
        },
        "markdown_text",
        "task_update",
        "plan_update",
        "blocks",
    ),
    100,
)


@dataclass(frozen=True, slots=True)
class _Bit:
    """What one call adds to the message."""

    text: str
    blocks: tuple[JsonObject, ...]
    uses_chunks: bool | None
    """None when the call adds nothing."""


def start(office: Office, arguments: Arguments) -> JsonObject:
    """Begin a message in a thread."""
    state, channel = office.state, writable_channel(office, arguments)
    arguments.required("thread_ts")
    thread_ts = thread_of(office, channel, arguments) or ""
    _check_recipient(channel, arguments)
    if arguments.text("task_display_mode", _MODES[0]) not in _MODES:
        raise invalid_arguments(f"must be one of {', '.join(_MODES)}")
    bit = _bit(arguments)
    message = Message(
        channel=channel.id,
        ts=state.next_ts(),
        user=state.app.user.id,
        text=bit.text,
        blocks=_blocks(bit.text, bit.blocks),
        thread_ts=thread_ts,
        bot_id=state.app.bot_id,
        app_id=state.app.id,
    )
    state.add_message(message)
    until = state.now() + STREAM_LIFE_S
    state.streams[channel.id, message.ts] = Stream(thread_ts, until, bit.uses_chunks, bit.blocks)
    state.set_status(channel.id, thread_ts, "")
    state.agent_thread(channel.id, thread_ts).session = "processing"
    office.publish(message_posted(state, message))
    return {"ok": True, "channel": channel.id, "ts": message.ts}


def append(office: Office, arguments: Arguments) -> JsonObject:
    """Add to a message that is being written."""
    channel = writable_channel(office, arguments)
    message, stream = _streaming(office, channel, arguments)
    bit = _bit(arguments)
    if bit.uses_chunks is None:
        raise SlackError("no_text")
    office.state.replace_message(_longer(message, stream, bit))
    return {"ok": True, "channel": channel.id, "ts": message.ts}


def stop(office: Office, arguments: Arguments) -> JsonObject:
    """End a message, with blocks below it if wanted."""
    state, channel = office.state, writable_channel(office, arguments)
    before, stream = _streaming(office, channel, arguments)
    status = checked_status(arguments.text("session_status", "active"))
    last = tuple(arguments.objects("blocks", error="invalid_blocks_format"))
    check_message_blocks(last)
    after = _longer(before, stream, _bit(arguments))
    after = replace(after, blocks=(*after.blocks, *with_ids(last)), metadata=metadata(arguments))
    check_message_blocks(after.blocks)
    state.replace_message(after)
    del state.streams[channel.id, before.ts]
    state.agent_thread(channel.id, stream.thread_ts).session = status
    office.publish(message_edited(state, before, after))
    return {"ok": True, "channel": channel.id, "ts": after.ts}


METHODS: Final = {
    "chat.startStream": Method(start, _CHAT_WRITE, per_minute=20),
    "chat.appendStream": Method(append, _CHAT_WRITE, per_minute=100),
    "chat.stopStream": Method(stop, _CHAT_WRITE, per_minute=20),
}


def _check_recipient(channel: Channel, arguments: Arguments) -> None:
    for name in ("recipient_team_id", "recipient_user_id"):
        if not channel.is_direct and not arguments.text(name):
            raise SlackError(f"missing_{name}")


def _streaming(office: Office, channel: Channel, arguments: Arguments) -> tuple[Message, Stream]:
    message = office.state.message(channel.id, arguments.required("ts"))
    if message.bot_id != office.state.app.bot_id:
        raise SlackError("message_not_owned_by_app")
    stream = office.state.streams.get((channel.id, message.ts))
    if stream is None or office.state.now() > stream.until:
        raise SlackError("message_not_in_streaming_state")
    if stream.is_stopped_by_user:
        raise SlackError("stopped_by_user")
    return message, stream


def _bit(arguments: Arguments) -> _Bit:
    markdown, chunks = arguments.text("markdown_text"), arguments.objects("chunks")
    if markdown and chunks:
        raise SlackError("streaming_mode_mismatch")
    if len(markdown) > MAX_MARKDOWN_CHARS:
        raise SlackError("msg_too_long")
    if not chunks:
        return _Bit(markdown, (), False if markdown else None)
    problems = tuple(_CHUNKS(list(chunks), "/chunks"))
    if problems:
        raise explained("invalid_chunks", problems)
    texts = (str(chunk["text"]) for chunk in chunks if chunk["type"] == "markdown_text")
    return _Bit("".join(texts), tuple(_chunk_blocks(chunks)), True)


def _chunk_blocks(chunks: list[JsonObject]) -> list[JsonObject]:
    found: list[JsonObject] = []
    for chunk in chunks:
        blocks = chunk.get("blocks")
        found += [b for b in blocks if isinstance(b, dict)] if isinstance(blocks, list) else []
    return found


def _longer(message: Message, stream: Stream, bit: _Bit) -> Message:
    if bit.uses_chunks is not None:
        if stream.uses_chunks not in (None, bit.uses_chunks):
            raise SlackError("streaming_mode_mismatch")
        stream.uses_chunks = bit.uses_chunks
    text, blocks = message.text + bit.text, (*stream.blocks, *bit.blocks)
    shown = _blocks(text, blocks)
    stream.blocks = blocks
    return replace(message, text=text, blocks=shown)


def _blocks(text: str, blocks: tuple[JsonObject, ...]) -> tuple[JsonObject, ...]:
    written: list[JsonObject] = [{"type": "markdown", "text": text}] if text else []
    check_message_blocks([*written, *blocks])
    return with_ids([*written, *blocks])
