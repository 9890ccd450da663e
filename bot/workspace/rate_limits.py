"""How often a method may be called: a count a minute, and one message a second in a channel."""

from __future__ import annotations

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable
from typing import Final

from bot.workspace.errors import RateLimitedError

_MINUTE_S: Final = 60.0
CHANNEL_PAUSE_S: Final = 1.0
CHANNEL_BURST: Final = 3
"""Slack lets short bursts into a channel through; how short, it does not say."""


class RateLimits:
    """Counts calls. Switched off until asked for, so that a test may post at will."""

    def __init__(
        self, *, is_enforced: bool = False, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.is_enforced = is_enforced
        self._clock = clock
        self._calls: defaultdict[str, deque[float]] = defaultdict(deque)

    def check(self, method: str, per_minute: int) -> None:
        """Count a call, or refuse it."""
        self._check(method, per_minute, _MINUTE_S)

    def check_channel(self, channel: str) -> None:
        """Count a message into a channel, or refuse it."""
        self._check(f"channel {channel}", CHANNEL_BURST, CHANNEL_BURST * CHANNEL_PAUSE_S)

    def _check(self, what: str, allowed: int, period_s: float) -> None:
        if not self.is_enforced:
            return
        now, calls = self._clock(), self._calls[what]
        while calls and calls[0] <= now - period_s:
            calls.popleft()
        if len(calls) >= allowed:
            raise RateLimitedError(max(1, math.ceil(calls[0] + period_s - now)))
        calls.append(now)
