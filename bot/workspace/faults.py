"""Faults to inject: what a network and a busy Slack do now and then, on demand."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.workspace.payload import JsonObject

ALWAYS: Final = 1_000_000_000
"""Enough times to mean for good."""
ANY_METHOD: Final = "*"


@dataclass(frozen=True, slots=True)
class ApiFault:
    """What becomes of one Web API call."""

    status: int = 200
    """An HTTP status to answer instead of doing the call; 200 does it."""
    retry_after_s: int = 0
    delay_s: float = 0.0
    cuts_connection: bool = False
    """Do the call, then close the connection without an answer."""
    is_unreachable: bool = False
    """Close the connection without doing the call."""


@dataclass(slots=True)
class _Planned:
    fault: ApiFault
    method: str
    times: int


class Faults:
    """Switches for faults; each is used up after the given number of times."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._planned: list[_Planned] = []
        self._redeliveries = 0
        self._duplicates = 0
        self._refused_tickets = 0
        self._unreachable_until = 0.0

    def answer_429(
        self, times: int = 1, *, method: str = "chat.postMessage", retry_after_s: int = 1
    ) -> None:
        """Answer calls with HTTP 429 and Retry-After."""
        self._plan(ApiFault(429, retry_after_s=retry_after_s), method, times)

    def answer_5xx(self, times: int = 1, *, method: str = ANY_METHOD, status: int = 503) -> None:
        """Answer calls with a server error."""
        self._plan(ApiFault(status), method, times)

    def slow(self, delay_s: float, times: int = 1, *, method: str = ANY_METHOD) -> None:
        """Wait before doing a call."""
        self._plan(ApiFault(delay_s=delay_s), method, times)

    def cut_after_accept(self, times: int = 1, *, method: str = "chat.postMessage") -> None:
        """Do a call, then cut the connection before the answer."""
        self._plan(ApiFault(cuts_connection=True), method, times)

    def redeliver(self, times: int = 1) -> None:
        """Send events once more although the app has acknowledged them."""
        with self._lock:
            self._redeliveries = times

    def duplicate(self, times: int = 1) -> None:
        """Send the same envelope twice in a row."""
        with self._lock:
            self._duplicates = times

    def refuse_tickets(self, times: int = 1) -> None:
        """Refuse fresh Socket Mode addresses when they are used."""
        with self._lock:
            self._refused_tickets = times

    def cut_off(self, seconds: float) -> None:
        """Cut every call of the app's for a while, before it is done."""
        with self._lock:
            self._unreachable_until = self._clock() + seconds

    def clear(self) -> None:
        """Work again as if nothing had been."""
        with self._lock:
            self._planned.clear()
            self._redeliveries = self._duplicates = self._refused_tickets = 0
            self._unreachable_until = 0.0

    @property
    def is_cut_off(self) -> bool:
        """Whether the app cannot reach the workspace now."""
        with self._lock:
            return self._clock() < self._unreachable_until

    def in_force(self) -> JsonObject:
        """Return what is switched on now."""
        with self._lock:
            planned = [planned.fault for planned in self._planned]
            return {
                "slow_s": next((fault.delay_s for fault in planned if fault.delay_s), 0),
                "status": next((fault.status for fault in planned if fault.status != 200), None),
                "cut_after_accept": any(fault.cuts_connection for fault in planned),
                "unreachable": self._clock() < self._unreachable_until,
                "redeliver": self._redeliveries,
                "duplicate": self._duplicates,
            }

    def take_api_fault(self, method: str) -> ApiFault:
        """Return what shall happen to this call, and use it up."""
        with self._lock:
            if self._clock() < self._unreachable_until:
                return ApiFault(is_unreachable=True)
            for planned in self._planned:
                if planned.method in (ANY_METHOD, method):
                    planned.times -= 1
                    if planned.times <= 0:
                        self._planned.remove(planned)
                    return planned.fault
        return ApiFault()

    def take_redelivery(self, kind: str) -> bool:
        """Say whether this acknowledgement shall be forgotten. Only events are redelivered."""
        with self._lock:
            if kind != "events_api" or self._redeliveries <= 0:
                return False
            self._redeliveries -= 1
            return True

    def take_duplicate(self, kind: str) -> bool:
        """Say whether this envelope shall be sent twice."""
        with self._lock:
            if kind != "events_api" or self._duplicates <= 0:
                return False
            self._duplicates -= 1
            return True

    def take_ticket_refusal(self) -> bool:
        """Say whether this ticket shall be refused."""
        with self._lock:
            if self._clock() < self._unreachable_until:
                return True
            if self._refused_tickets <= 0:
                return False
            self._refused_tickets -= 1
            return True

    def _plan(self, fault: ApiFault, method: str, times: int) -> None:
        with self._lock:
            self._planned.append(_Planned(fault, method, times))
