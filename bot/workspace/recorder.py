"""Every call that the app has made, for tests and for a look behind the scenes."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass

from bot.workspace.payload import JsonObject


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Web API: what was asked and what came back. Tokens are left out."""

    method: str
    arguments: JsonObject
    status: int
    response: JsonObject

    @property
    def error(self) -> str | None:
        """Slack's error code, where the call was refused."""
        error = self.response.get("error")
        return error if isinstance(error, str) else None


class Recorder:
    """Keeps calls in the order of their answers."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: list[Call] = []
        self._counts: Counter[str] = Counter()

    def add(self, call: Call) -> None:
        """Keep a call."""
        with self._lock:
            self._calls.append(call)
            self._counts[call.method] += 1

    def calls(self, method: str | None = None) -> list[Call]:
        """Return the calls so far, of one method or of all."""
        with self._lock:
            return [call for call in self._calls if method in (None, call.method)]

    def count(self, method: str) -> int:
        """Return how often a method has been called."""
        with self._lock:
            return self._counts[method]
