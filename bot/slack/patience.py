"""Calls repeated until Slack has taken them, the caller's time is up, or the bot stops."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from bot.slack.failures import (
    AbandonedError,
    RateLimitedError,
    UndeliverableError,
    UnknownOutcomeError,
    done,
)

FOREVER_S = math.inf
MAX_BACKOFF_S = 30.0
MAX_FAILED_CALLS = 5
"""How often Slack may answer a call with an error of its own before it counts as refused."""

_Result = TypeVar("_Result")


class Patience:
    """How calls are repeated; one for the whole bot, so that all waiting ends when it stops."""

    def __init__(self, first_backoff_s: float = 1.0) -> None:
        self._first_backoff_s = first_backoff_s
        self._abandoned = threading.Event()

    def until_done(self, call: Callable[[], _Result], patience_s: float) -> _Result:
        """Make a call until it is done.

        Raises UndeliverableError when Slack refuses it for good or `patience_s` would run out,
        AbandonedError when the bot stops meanwhile.
        """
        deadline, failed_calls = time.monotonic() + patience_s, 0
        backoffs = self._backoffs()
        while True:
            self.wait(0)
            try:
                return done(call)
            except RateLimitedError as error:
                code, pause_s = error.code, error.retry_after_s
            except UnknownOutcomeError as error:
                code, pause_s = error.code, next(backoffs)
                failed_calls += error.reached
            if failed_calls >= MAX_FAILED_CALLS or time.monotonic() + pause_s > deadline:
                raise UndeliverableError(code)
            self.wait(pause_s)

    def wait(self, seconds: float) -> None:
        """Wait; AbandonedError when the bot stops meanwhile."""
        if self._abandoned.wait(seconds):
            raise AbandonedError

    def abandon(self) -> None:
        """Give up everything that waits: the bot stops."""
        self._abandoned.set()

    def _backoffs(self) -> Iterator[float]:
        backoff_s = self._first_backoff_s
        while True:
            yield backoff_s
            backoff_s = min(backoff_s * 2, MAX_BACKOFF_S)
