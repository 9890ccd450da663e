"""`assistant.threads.*`: what an app shows about a thread beside its messages."""

from __future__ import annotations

from typing import Final

from bot.workspace.arguments import Arguments
from bot.workspace.errors import SlackError, invalid_arguments
from bot.workspace.limits import MAX_PROMPTS, MAX_STATUS_MESSAGES
from bot.workspace.method import Method, Office
from bot.workspace.payload import JsonObject
from bot.workspace.state import Channel


def set_status(office: Office, arguments: Arguments) -> JsonObject:
    """Show what the app is doing; an empty status clears it."""
    channel = _channel(office, arguments)
    if "status" not in arguments:
        raise invalid_arguments("missing required field: status")
    loading = tuple(arguments.names("loading_messages"))
    if len(loading) > MAX_STATUS_MESSAGES:
        raise invalid_arguments("must be at most 10 items [json-pointer:/loading_messages]")
    thread_ts = _thread_ts(office, channel, arguments)
    office.state.set_status(channel.id, thread_ts, arguments.text("status"), loading)
    return {"ok": True}


def set_title(office: Office, arguments: Arguments) -> JsonObject:
    """Name a thread."""
    channel = _channel(office, arguments)
    thread = office.state.agent_thread(channel.id, _thread_ts(office, channel, arguments))
    thread.title = arguments.required("title")
    return {"ok": True}


def set_suggested_prompts(office: Office, arguments: Arguments) -> JsonObject:
    """Offer questions to start with; without a thread they stand above the conversation."""
    channel = _channel(office, arguments)
    if not office.manifest.is_agent:
        raise SlackError("not_agent_app")
    prompts = arguments.objects("prompts")
    if not prompts or len(prompts) > MAX_PROMPTS:
        raise invalid_arguments("must have 1 to 4 items [json-pointer:/prompts]")
    for prompt in prompts:
        if not isinstance(prompt.get("title"), str) or not isinstance(prompt.get("message"), str):
            raise invalid_arguments("a prompt has a title and a message [json-pointer:/prompts]")
    office.state.agent_thread(channel.id, arguments.text("thread_ts")).prompts = prompts
    return {"ok": True}


METHODS: Final = {
    "assistant.threads.setStatus": Method(
        set_status, ("chat:write", "assistant:write"), per_minute=600
    ),
    "assistant.threads.setTitle": Method(set_title, ("assistant:write",), per_minute=100),
    "assistant.threads.setSuggestedPrompts": Method(
        set_suggested_prompts, ("assistant:write",), per_minute=100
    ),
}


def _channel(office: Office, arguments: Arguments) -> Channel:
    channel = office.state.channel(arguments.required("channel_id"))
    if office.state.app.user.id not in channel.members:
        raise SlackError("channel_not_found")
    return channel


def _thread_ts(office: Office, channel: Channel, arguments: Arguments) -> str:
    thread_ts = arguments.required("thread_ts")
    if not office.state.thread(channel.id, thread_ts):
        raise SlackError("invalid_thread_ts")
    return thread_ts
