"""What the desk may send to Slack; the poster does it, and its errors say what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.slack.show.message import Message, View


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a message stands."""

    channel: str
    ts: str


class Post(Protocol):
    """Every call raises `UndeliverableError` when Slack refuses it for good."""

    def send(self, channel: str, message: Message) -> Sent:
        """Post into a channel, or into the conversation with a person."""
        ...

    def change(self, channel: str, ts: str, message: Message) -> None:
        """Replace a message of the bot's own."""
        ...

    def respond(
        self,
        url: str,
        message: Message,
        *,
        thread: str = "",
        replaces: bool = False,
        in_channel: bool = False,
    ) -> None:
        """Answer a command or a press, in `thread`: to its author alone, unless `in_channel`."""
        ...

    def open_view(self, trigger_id: str, view: View) -> str:
        """Open a modal and return its id; at once, since a trigger lives for three seconds."""
        ...

    def update_view(self, view_id: str, view: View) -> None:
        """Show something else in an open modal."""
        ...

    def publish_home(self, user: str, view: View) -> None:
        """Show somebody their home."""
        ...

    def suggest(self, channel: str, questions: Sequence[str]) -> None:
        """Offer questions in a conversation with the bot."""
        ...
