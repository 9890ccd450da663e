"""One payload on its way to the app: what is sent, over what, and what has become of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from bot.workspace.errors import SlackError
from bot.workspace.payload import JsonObject

EVENTS: Final = "events_api"
INTERACTIVE: Final = "interactive"
COMMANDS: Final = "slash_commands"


@dataclass(frozen=True, slots=True)
class Envelope:
    """One attempt to bring a payload to the app."""

    id: str
    kind: str
    payload: JsonObject
    retries: int
    retry_reason: str
    """Why it is sent again; empty the first time."""

    def frame(self) -> str:
        """Return it as Socket Mode sends it."""
        frame: JsonObject = {
            "envelope_id": self.id,
            "payload": self.payload,
            "type": self.kind,
            "accepts_response_payload": self.kind != EVENTS,
        }
        if self.kind == EVENTS:
            frame |= {"retry_attempt": self.retries, "retry_reason": self.retry_reason}
        return json.dumps(frame)


class Link(Protocol):
    """One open connection of the app's."""

    @property
    def timeout_reason(self) -> str:
        """What a retry after a missing acknowledgement gives as its reason."""

    def send(self, envelope: Envelope, frame: str) -> None:
        """Send an envelope, also given as a text frame; raise OSError if that is impossible."""


Taken = Callable[[JsonObject], None]
"""Takes what the app has sent along with its acknowledgement."""


@dataclass(eq=False, slots=True)
class Delivery:
    """One payload on its way to the app, from the first attempt to the acknowledgement."""

    kind: str
    """`events_api`, `interactive` or `slash_commands`."""
    payload: JsonObject
    submitted_at: float
    taken: Taken | None = None
    attempts: int = 0
    sent_at: float | None = None
    acked_at: float | None = None
    is_lost: bool = False
    """Given up after the last attempt."""
    response: JsonObject | None = None
    """What the app sent along with its acknowledgement."""
    complaint: SlackError | None = None
    """Why that could not be used."""
    retry_reason: str = ""
    is_claimed: bool = False
    """Acknowledged, though the answer may not have taken effect yet."""
    envelope_ids: list[str] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        """Whether nothing more will happen."""
        return self.is_lost or self.acked_at is not None

    @property
    def is_settled(self) -> bool:
        """Whether nothing more will be sent."""
        return self.is_lost or self.is_claimed
