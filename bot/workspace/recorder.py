"""The calls that the app has made, for tests and for a look behind the scenes."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.workspace.payload import JsonObject

MAX_CALLS: Final = 10_000
"""More than a test makes; a workspace that runs for days forgets its oldest calls."""
MAX_STRANGE_LINKS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Web API: what was asked and what came back. Tokens are left out."""

    method: str
    arguments: JsonObject
    status: int
    response: JsonObject
    elapsed_ms: float = 0.0

    @property
    def error(self) -> str | None:
        """Slack's error code, where the call was refused."""
        error = self.response.get("error")
        return error if isinstance(error, str) else None


@dataclass(frozen=True, slots=True)
class StrangeLink:
    """A link that the app has shown to people and that leads out of the workspace."""

    place: str
    """The method, or `ack` for what came with an acknowledgement."""
    address: str


class Recorder:
    """Keeps the last calls, in the order of their answers, and counts all of them."""

    def __init__(self, max_calls: int = MAX_CALLS) -> None:
        self._lock = threading.Lock()
        self._calls: deque[Call] = deque(maxlen=max_calls)
        self._counts: Counter[str] = Counter()
        self._strange_links: deque[StrangeLink] = deque(maxlen=MAX_STRANGE_LINKS)
        self._unfurling: Counter[str] = Counter()

    @property
    def strange_links(self) -> list[StrangeLink]:
        """Every link shown that does not lead to a message of the workspace."""
        with self._lock:
            return list(self._strange_links)

    @property
    def unfurling(self) -> dict[str, int]:
        """How many messages were posted for all to see without unfurling switched off, by way."""
        with self._lock:
            return dict(self._unfurling)

    def add(self, call: Call) -> None:
        """Keep a call."""
        with self._lock:
            self._calls.append(call)
            self._counts[call.method] += 1

    def add_strange_links(self, place: str, addresses: Iterable[str]) -> None:
        """Keep links that lead out of the workspace."""
        with self._lock:
            self._strange_links.extend(StrangeLink(place, address) for address in addresses)

    def add_unfurling(self, place: str) -> None:
        """Count a message whose links Slack would have unfurled."""
        with self._lock:
            self._unfurling[place] += 1

    def calls(self, method: str | None = None) -> list[Call]:
        """Return the calls so far, of one method or of all."""
        with self._lock:
            return [call for call in self._calls if method in (None, call.method)]

    def last(self, count: int) -> list[Call]:
        """Return the last calls, oldest first."""
        with self._lock:
            return list(self._calls)[-count:]

    def count(self, method: str) -> int:
        """Return how often a method has been called."""
        with self._lock:
            return self._counts[method]
