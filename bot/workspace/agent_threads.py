"""What an app shows about threads beside its messages: status, session, title, prompts, streams."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from bot.workspace.payload import JsonObject

STREAM_LIFE_S: Final = 300.0
"""Slack ends a stream after about five minutes."""
STATUS_LIFE_S: Final = 120.0
"""Slack clears a status that nobody refreshes after two minutes."""


@dataclass(frozen=True, slots=True)
class ThreadStatus:
    """What an app says it is doing in a thread."""

    text: str
    loading_messages: tuple[str, ...]
    until: float


@dataclass(slots=True)
class Stream:
    """A message that the app writes bit by bit."""

    thread_ts: str
    until: float
    uses_chunks: bool | None = None
    """Whether it is written in chunks or as text; not known before the first bit."""
    blocks: tuple[JsonObject, ...] = ()
    """What was sent as blocks, below the text."""
    is_stopped_by_user: bool = False


@dataclass(slots=True)
class AgentThread:
    """What an app has set on a thread beside its messages."""

    status: ThreadStatus | None = None
    session: str = ""
    """How the work stands: `processing`, `active`, `suspended`, `closed`, or not begun."""
    title: str | None = None
    prompts: list[JsonObject] = field(default_factory=list)


class AgentThreads:
    """Every thread on which the app has set something. Not locked."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.agent_threads: dict[tuple[str, str], AgentThread] = {}
        """By channel and first timestamp; without a timestamp, of the conversation itself."""
        self.streams: dict[tuple[str, str], Stream] = {}
        """Messages that the app writes bit by bit, by channel and timestamp."""
        self._now = now

    def now(self) -> float:
        """Return the time."""
        return self._now()

    def agent_thread(self, channel_id: str, thread_ts: str) -> AgentThread:
        """Return what the app has set on a thread."""
        return self.agent_threads.setdefault((channel_id, thread_ts), AgentThread())

    def set_status(
        self, channel_id: str, thread_ts: str, text: str, loading_messages: tuple[str, ...] = ()
    ) -> None:
        """Show what the app is doing in a thread; an empty text clears it.

        Slack takes the one for the beginning, the other for the end of a session's work.
        """
        until = self._now() + STATUS_LIFE_S
        thread = self.agent_thread(channel_id, thread_ts)
        thread.status = ThreadStatus(text, loading_messages, until) if text else None
        thread.session = "processing" if text else "active"

    def status(self, channel_id: str, thread_ts: str) -> str:
        """Return what a thread shows as the app's status now, or nothing."""
        thread = self.agent_threads.get((channel_id, thread_ts))
        if thread is None or thread.status is None or thread.status.until < self._now():
            return ""
        return thread.status.text

    def session(self, channel_id: str, thread_ts: str) -> str:
        """Return how the app's work in a thread stands, or nothing."""
        thread = self.agent_threads.get((channel_id, thread_ts))
        if thread is None:
            return ""
        has_faded = thread.status is not None and thread.status.until < self._now()
        return "active" if has_faded else thread.session

    def stop_streams(self, channel_id: str, thread_ts: str) -> list[str]:
        """Stop what the app writes bit by bit in a thread; return the timestamps."""
        stopped = []
        for (channel, ts), stream in self.streams.items():
            if (channel, stream.thread_ts) == (channel_id, thread_ts):
                stream.is_stopped_by_user = True
                stopped.append(ts)
        return stopped
