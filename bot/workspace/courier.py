"""Brings payloads to the app's open connections and repeats what nobody acknowledges.

A payload goes to one open connection, in turn. When no acknowledgement comes in time it is sent
again with the same event inside a new envelope, three times at most, as Slack does. Two things
are simpler than Slack: payloads wait, unsent and without counting as an attempt, while no
connection is open; and a connection holds only so many unacknowledged payloads at a time, since
the reader of slack_sdk recurses once for every 1,024 bytes that arrive without a pause.
"""

from __future__ import annotations

import heapq
import itertools
import json
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from bot.workspace.faults import Faults
from bot.workspace.payload import JsonObject

_log = logging.getLogger(__name__)

WINDOW_ENVELOPES: Final = 64
WINDOW_BYTES: Final = 192 * 1024


class Link(Protocol):
    """One open connection of the app's."""

    def send(self, text: str) -> None:
        """Send a text frame; raise OSError when the connection is gone."""


@dataclass(eq=False, slots=True)
class Delivery:
    """One payload on its way to the app, from the first attempt to the acknowledgement."""

    kind: str
    """`events_api`, `interactive` or `slash_commands`."""
    payload: JsonObject
    submitted_at: float
    attempts: int = 0
    sent_at: float | None = None
    acked_at: float | None = None
    is_lost: bool = False
    """Given up after the last attempt."""
    response: JsonObject | None = None
    """What the app sent along with its acknowledgement."""
    envelope_ids: list[str] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        """Whether nothing more will be sent."""
        return self.is_lost or self.acked_at is not None


@dataclass(eq=False, slots=True)
class _Slot:
    """How much of a connection's window is taken."""

    link: Link
    envelopes: int = 0
    size: int = 0

    def has_room(self) -> bool:
        return self.envelopes < WINDOW_ENVELOPES and self.size < WINDOW_BYTES


@dataclass(eq=False, slots=True)
class _Flight:
    """An envelope that has been sent and not been acknowledged yet."""

    delivery: Delivery
    slot: _Slot
    text: str


class Courier:
    """Sends from a thread of its own; every other method returns at once."""

    def __init__(
        self,
        faults: Faults,
        *,
        ack_timeout_s: float = 3.0,
        retry_delays_s: tuple[float, ...] = (0.0, 60.0, 300.0),
        changed: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._faults = faults
        self._ack_timeout_s = ack_timeout_s
        self._retry_delays_s = retry_delays_s
        self._notify = changed
        self._clock = clock
        self._wake = threading.Condition()
        self._waiting: deque[Delivery] = deque()
        self._slots: deque[_Slot] = deque()
        self._flights: dict[str, _Flight] = {}
        self._by_envelope: dict[str, Delivery] = {}
        self._timers: list[tuple[float, int, Callable[[], None]]] = []
        self._pending = 0
        self._numbers = itertools.count(1)
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="workspace-courier", daemon=True)

    @property
    def pending(self) -> int:
        """How many payloads are neither acknowledged nor given up."""
        with self._wake:
            return self._pending

    def start(self) -> None:
        """Begin to deliver."""
        self._thread.start()

    def stop(self) -> None:
        """Stop delivering; what was not delivered stays undelivered."""
        with self._wake:
            self._is_stopping = True
            self._wake.notify()
        self._thread.join()

    def submit(self, kind: str, payload: JsonObject) -> Delivery:
        """Take a payload to be delivered."""
        delivery = Delivery(kind, payload, self._clock())
        with self._wake:
            self._waiting.append(delivery)
            self._pending += 1
            self._wake.notify()
        return delivery

    def attach(self, link: Link) -> None:
        """Use a connection from now on."""
        with self._wake:
            self._slots.append(_Slot(link))
            self._wake.notify()

    def detach(self, link: Link) -> None:
        """Stop using a connection. What it has not acknowledged is sent again in its time."""
        with self._wake:
            self._slots = deque(slot for slot in self._slots if slot.link is not link)

    def acknowledge(self, envelope_id: str, response: JsonObject | None = None) -> None:
        """Note that the app has received an envelope, even if late."""
        with self._wake:
            self._land(envelope_id)
            delivery = self._by_envelope.get(envelope_id)
            if delivery is None or delivery.is_done:
                return
            if delivery.attempts == 1 and self._faults.take_redelivery(delivery.kind):
                del self._by_envelope[envelope_id]
                self._waiting.append(delivery)
            else:
                delivery.acked_at = self._clock()
                delivery.response = response
                self._finish(delivery)
            self._wake.notify()
        self._notify()

    def _run(self) -> None:
        while not self._is_stopping:
            with self._wake:
                has_fired = self._fire_timers()
                flight = self._take_off() if self._can_send() else None
                if flight is None and not has_fired and not self._is_stopping:
                    self._wake.wait(self._until_timer_s())
            if has_fired:
                self._notify()
            if flight is not None:
                self._send(flight)

    def _can_send(self) -> bool:
        while self._waiting and self._waiting[0].is_done:
            self._waiting.popleft()
        return bool(self._waiting) and any(slot.has_room() for slot in self._slots)

    def _take_off(self) -> _Flight:
        delivery = self._waiting.popleft()
        while not self._slots[0].has_room():
            self._slots.rotate(-1)
        slot = self._slots[0]
        self._slots.rotate(-1)
        envelope_id = f"envelope-{next(self._numbers)}"
        flight = _Flight(delivery, slot, json.dumps(_envelope(delivery, envelope_id)))
        slot.envelopes += 1
        slot.size += len(flight.text)
        delivery.attempts += 1
        delivery.sent_at = self._clock()
        delivery.envelope_ids.append(envelope_id)
        self._flights[envelope_id] = flight
        self._by_envelope[envelope_id] = delivery
        self._at(delivery.sent_at + self._ack_timeout_s, lambda: self._time_out(envelope_id))
        return flight

    def _send(self, flight: _Flight) -> None:
        times = 2 if self._faults.take_duplicate(flight.delivery.kind) else 1
        try:
            for _ in range(times):
                flight.slot.link.send(flight.text)
        except OSError:
            _log.info("connection lost while sending")
            self.detach(flight.slot.link)

    def _time_out(self, envelope_id: str) -> None:
        flight = self._land(envelope_id)
        if flight is None or flight.delivery.is_done:
            return
        delivery = flight.delivery
        # A command or a press is lost at once: the person has seen it fail, and tries again.
        retry_delays_s = self._retry_delays_s if delivery.kind == "events_api" else ()
        if delivery.attempts > len(retry_delays_s):
            delivery.is_lost = True
            self._finish(delivery)
            _log.warning("never acknowledged: envelope_id=%s kind=%s", envelope_id, delivery.kind)
            return
        due = self._clock() + retry_delays_s[delivery.attempts - 1]
        self._at(due, lambda: self._waiting.append(delivery))

    def _land(self, envelope_id: str) -> _Flight | None:
        flight = self._flights.pop(envelope_id, None)
        if flight is not None:
            flight.slot.envelopes -= 1
            flight.slot.size -= len(flight.text)
        return flight

    def _finish(self, delivery: Delivery) -> None:
        self._pending -= 1
        for envelope_id in delivery.envelope_ids:
            self._by_envelope.pop(envelope_id, None)

    def _at(self, due: float, action: Callable[[], None]) -> None:
        heapq.heappush(self._timers, (due, next(self._numbers), action))

    def _fire_timers(self) -> bool:
        """Do what is due; say whether anything was."""
        has_fired = False
        while self._timers and self._timers[0][0] <= self._clock():
            heapq.heappop(self._timers)[2]()
            has_fired = True
        return has_fired

    def _until_timer_s(self) -> float | None:
        return self._timers[0][0] - self._clock() if self._timers else None


def _envelope(delivery: Delivery, envelope_id: str) -> JsonObject:
    envelope: JsonObject = {
        "envelope_id": envelope_id,
        "payload": delivery.payload,
        "type": delivery.kind,
        "accepts_response_payload": delivery.kind != "events_api",
    }
    if delivery.kind == "events_api":
        retries = delivery.attempts
        envelope |= {"retry_attempt": retries, "retry_reason": "timeout" if retries else ""}
    return envelope
