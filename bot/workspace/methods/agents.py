"""`agents.sessions.*`: how an app's work in a thread stands, and what the thread is called."""

from __future__ import annotations

from typing import Final

from bot.workspace.agent_threads import AgentThread
from bot.workspace.arguments import Arguments
from bot.workspace.errors import SlackError, invalid_arguments
from bot.workspace.limits import MAX_TITLE_CHARS
from bot.workspace.method import Method, Office
from bot.workspace.payload import JsonObject

STATUSES: Final = ("processing", "active", "suspended", "closed")
_STOP_EVENT: Final = "agent_session_stopped"


def set_status(office: Office, arguments: Arguments) -> JsonObject:
    """Say how the work in a thread stands; the first call begins the session."""
    thread = _thread(office, arguments)
    status = checked_status(arguments.required("status"))
    title = _title(arguments)
    if not thread.session and title:
        thread.title = title
    thread.session = status
    response: JsonObject = {"ok": True, "status": status, "title": thread.title or ""}
    if _STOP_EVENT not in office.subscriptions:
        response["warning"] = f"missing_{_STOP_EVENT}_event_subscription"
    return response


def rename(office: Office, arguments: Arguments) -> JsonObject:
    """Give a session another title."""
    thread = _thread(office, arguments)
    if not thread.session:
        raise SlackError("session_not_found")
    arguments.required("title")
    thread.title = _title(arguments)
    return {"ok": True, "title": thread.title}


METHODS: Final = {
    "agents.sessions.setStatus": Method(set_status, ("chat:write",), per_minute=50),
    "agents.sessions.rename": Method(rename, ("chat:write",), per_minute=50),
}


def checked_status(status: str) -> str:
    """Return the status of a session, or refuse it."""
    if status not in STATUSES:
        raise invalid_arguments(f"must be one of {', '.join(STATUSES)} [json-pointer:/status]")
    return status


def _title(arguments: Arguments) -> str:
    title = arguments.text("title")
    if len(title) > MAX_TITLE_CHARS:
        raise invalid_arguments(
            f"must be at most {MAX_TITLE_CHARS} characters [json-pointer:/title]"
        )
    return title


def _thread(office: Office, arguments: Arguments) -> AgentThread:
    if not office.manifest.is_agent:
        raise SlackError("not_agent_app")
    channel = office.state.channel(arguments.required("channel_id"))
    if office.state.app.user.id not in channel.members:
        raise SlackError("channel_not_found")
    thread_ts = arguments.required("thread_ts")
    if not office.state.thread(channel.id, thread_ts):
        raise SlackError("invalid_thread_ts")
    return office.state.agent_thread(channel.id, thread_ts)
