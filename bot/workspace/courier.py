"""Brings payloads to the app's open connections and repeats what nobody acknowledges.

A payload goes to one open connection, in turn. When no acknowledgement comes in time it is sent
again with the same event inside a new envelope, three times at most, as Slack does. A command, a
press or a submission is never repeated: the person sees it fail, and tries again. Two things are
simpler than Slack: events wait, unsent and without counting as an attempt, while no connection is
open; and a connection holds only so many unacknowledged payloads at a time, since the reader of
slack_sdk recurses once for every 1,024 bytes that arrive without a pause.
"""

from __future__ import annotations

import heapq
import itertools
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.workspace.delivery import EVENTS, Delivery, Envelope, Link, Taken
from bot.workspace.errors import SlackError
from bot.workspace.faults import Faults
from bot.workspace.payload import JsonObject

_log = logging.getLogger(__name__)

WINDOW_ENVELOPES: Final = 64
WINDOW_BYTES: Final = 192 * 1024


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
    envelope: Envelope
    frame: str


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

    @property
    def links(self) -> int:
        """How many connections are in use."""
        with self._wake:
            return len(self._slots)

    def start(self) -> None:
        """Begin to deliver."""
        self._thread.start()

    def stop(self) -> None:
        """Stop delivering; what was not delivered stays undelivered."""
        with self._wake:
            self._is_stopping = True
            self._wake.notify()
        self._thread.join()

    def submit(self, kind: str, payload: JsonObject, taken: Taken | None = None) -> Delivery:
        """Take a payload to be delivered, and what shall take the answer to it."""
        delivery = Delivery(kind, payload, self._clock(), taken)
        with self._wake:
            self._waiting.append(delivery)
            self._pending += 1
            if kind != EVENTS:
                # Nobody waits longer before the screen, whether or not it could be sent.
                due = delivery.submitted_at + self._ack_timeout_s
                self._at(due, lambda: self._give_up(delivery))
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
        delivery = self._claim(envelope_id)
        if delivery is not None:
            self._hand_over(delivery, response)
        self._notify()

    def fail(self, envelope_id: str, reason: str, *, is_final: bool = False) -> None:
        """Note that an envelope could not be delivered, and whether to leave it at that."""
        with self._wake:
            flight = self._land(envelope_id)
            if flight is not None and not flight.delivery.is_settled:
                self._retry(flight.delivery, reason, is_final=is_final)
            self._wake.notify()
        self._notify()

    def _claim(self, envelope_id: str) -> Delivery | None:
        """Return what an acknowledgement settles, if anything."""
        with self._wake:
            flight = self._land(envelope_id)
            delivery = self._by_envelope.get(envelope_id)
            self._wake.notify()
            if delivery is None or delivery.is_settled:
                return None
            if delivery.attempts == 1 and self._faults.take_redelivery(delivery.kind):
                del self._by_envelope[envelope_id]
                delivery.retry_reason = flight.slot.link.timeout_reason if flight else "timeout"
                self._waiting.append(delivery)
                return None
            delivery.is_claimed = True
            return delivery

    def _hand_over(self, delivery: Delivery, response: JsonObject | None) -> None:
        """Let the answer take effect before anybody is told that it has come."""
        delivery.response = response
        if delivery.taken is not None:
            try:
                delivery.taken(response or {})
            except SlackError as refused:
                delivery.complaint = refused
        with self._wake:
            delivery.acked_at = self._clock()
            self._finish(delivery)

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
        while self._waiting and self._waiting[0].is_settled:
            self._waiting.popleft()
        return bool(self._waiting) and any(slot.has_room() for slot in self._slots)

    def _take_off(self) -> _Flight:
        delivery = self._waiting.popleft()
        while not self._slots[0].has_room():
            self._slots.rotate(-1)
        slot = self._slots[0]
        self._slots.rotate(-1)
        envelope_id = f"envelope-{next(self._numbers)}"
        envelope = Envelope(
            envelope_id, delivery.kind, delivery.payload, delivery.attempts, delivery.retry_reason
        )
        flight = _Flight(delivery, slot, envelope, envelope.frame())
        slot.envelopes += 1
        slot.size += len(flight.frame)
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
                flight.slot.link.send(flight.envelope, flight.frame)
        except OSError:
            _log.info("connection lost while sending")
            self.detach(flight.slot.link)

    def _time_out(self, envelope_id: str) -> None:
        flight = self._land(envelope_id)
        if flight is not None and not flight.delivery.is_settled:
            self._retry(flight.delivery, flight.slot.link.timeout_reason)

    def _retry(self, delivery: Delivery, reason: str, *, is_final: bool = False) -> None:
        retry_delays_s = self._retry_delays_s if delivery.kind == EVENTS else ()
        if is_final or delivery.attempts > len(retry_delays_s):
            self._give_up(delivery)
            return
        delivery.retry_reason = reason
        due = self._clock() + retry_delays_s[delivery.attempts - 1]
        self._at(due, lambda: self._waiting.append(delivery))

    def _give_up(self, delivery: Delivery) -> None:
        if not delivery.is_settled:
            delivery.is_lost = True
            self._finish(delivery)
            _log.warning(
                "never acknowledged: kind=%s attempts=%d", delivery.kind, delivery.attempts
            )

    def _land(self, envelope_id: str) -> _Flight | None:
        flight = self._flights.pop(envelope_id, None)
        if flight is not None:
            flight.slot.envelopes -= 1
            flight.slot.size -= len(flight.frame)
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
