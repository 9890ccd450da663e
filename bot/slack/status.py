"""The status line in a thread while its question waits or is being answered.

It is a courtesy: one thread of its own makes all calls, so no failure and no delay of it reaches an
answer. What is in work comes first; places in line are told at a pace that Slack allows.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from slack_sdk import WebClient

from bot.slack.backlog import Place
from bot.slack.failures import RateLimitedError, UndeliverableError, UnknownOutcomeError, done

log = logging.getLogger(__name__)

SEARCHING = "is searching the documents…"
REFRESH_S = 60.0
"""Slack clears a status after two minutes."""
WAITING_LOOK_S = 2.0
WAITING_PACE_S = 0.5
_PLACE_HOLDS_S = 5.0
_MAX_FAILED_CLEARS = 3
_PAUSE_S = 0.5


def waiting_text(before: int) -> str:
    """What a thread shows whose question is not in work yet."""
    return f"is answering others first: {before} before you"


@dataclass(frozen=True, slots=True)
class _Shown:
    text: str
    at: float
    is_set: bool = True
    failed_clears: int = 0


class StatusLine:
    """Sets, refreshes and clears the statuses of threads."""

    def __init__(
        self,
        client: WebClient,
        waiting: Callable[[], Mapping[Place, int]] = dict,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._look_for_waiting = waiting
        self._clock = clock
        self._changed = threading.Condition()
        self._in_work: dict[Place, str] = {}
        self._waiting: dict[Place, str] = {}
        self._shown: dict[Place, _Shown] = {}
        self._paused_until = 0.0
        self._next_waiting = 0.0
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="onrecord-status", daemon=True)

    def start(self) -> None:
        """Begin to show statuses."""
        self._thread.start()

    def stop(self, timeout_s: float) -> None:
        """Clear what is shown, as far as that goes in time."""
        with self._changed:
            self._is_stopping = True
            self._in_work.clear()
            self._waiting.clear()
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    @contextmanager
    def searching(self, channel: str, thread: str) -> Iterator[None]:
        """Show that the documents are being searched; cleared on every way out."""
        place = (channel, thread)
        with self._changed:
            self._in_work[place] = SEARCHING
            self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                self._in_work.pop(place, None)
                self._waiting.pop(place, None)
                self._changed.notify()

    def _run(self) -> None:
        next_look = 0.0
        while True:
            if self._clock() >= next_look and not self._is_stopping:
                self._look()
                next_look = self._clock() + WAITING_LOOK_S
            with self._changed:
                due = self._due()
                if due is None:
                    if self._is_stopping:
                        return
                    self._changed.wait(max(0.0, min(next_look - self._clock(), _PAUSE_S)))
                    continue
            self._show(*due)

    def _look(self) -> None:
        try:
            waiting = self._look_for_waiting()
        except sqlite3.Error as error:
            log.warning("places_in_line_unknown error=%s", error)
            return
        with self._changed:
            if not self._is_stopping:
                self._waiting = {p: waiting_text(n) for p, n in waiting.items() if n > 0}

    def _due(self) -> tuple[Place, str] | None:
        """The next call to make, if any."""
        now = self._clock()
        if now < self._paused_until:
            return None
        for place, text in self._in_work.items():
            if self._differs(place, text, now):
                return place, text
        for place, shown in list(self._shown.items()):
            if place not in self._in_work and place not in self._waiting:
                if shown.is_set:
                    return place, ""
                del self._shown[place]
        return self._due_waiting(now)

    def _due_waiting(self, now: float) -> tuple[Place, str] | None:
        if now < self._next_waiting:
            return None
        for place, text in self._waiting.items():
            shown = self._shown.get(place)
            holds = shown is not None and now - shown.at < _PLACE_HOLDS_S
            if place not in self._in_work and not holds and self._differs(place, text, now):
                self._next_waiting = now + WAITING_PACE_S
                return place, text
        return None

    def _differs(self, place: Place, text: str, now: float) -> bool:
        shown = self._shown.get(place)
        return shown is None or shown.text != text or now - shown.at >= REFRESH_S

    def _show(self, place: Place, text: str) -> None:
        channel, thread = place
        pause_s, is_set, is_known = 0.0, True, True
        try:
            done(
                lambda: self._client.assistant_threads_setStatus(
                    channel_id=channel, thread_ts=thread, status=text
                ),
                logging.DEBUG,
            )
        except RateLimitedError as error:
            pause_s, is_known = error.retry_after_s, False
        except UndeliverableError:
            is_set = False
        except UnknownOutcomeError:
            # It may have been set all the same.
            pause_s, is_known = _PAUSE_S, bool(text)
        with self._changed:
            self._paused_until = self._clock() + pause_s
            self._note(place, text, is_set=is_set, is_known=is_known)

    def _note(self, place: Place, text: str, *, is_set: bool, is_known: bool) -> None:
        shown = self._shown.get(place)
        if is_known and text:
            self._shown[place] = _Shown(text, self._clock(), is_set)
        elif is_known or (shown and shown.failed_clears + 1 >= _MAX_FAILED_CLEARS):
            self._shown.pop(place, None)
        elif shown and not text:
            self._shown[place] = _Shown(shown.text, shown.at, shown.is_set, shown.failed_clears + 1)
