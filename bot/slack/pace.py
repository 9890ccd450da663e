"""How long answers take, measured; how long a line of questions will take, estimated."""

from __future__ import annotations

import math
import threading

_WEIGHT = 0.2


class Pace:
    """A moving average of what a question takes from a worker's hands to its reply."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._lock = threading.Lock()
        self._average_s: float | None = None

    def note(self, seconds: float) -> None:
        """Count an answer that took so long."""
        with self._lock:
            if self._average_s is None:
                self._average_s = seconds
            else:
                self._average_s += _WEIGHT * (seconds - self._average_s)

    def wait_s(self, questions: int) -> float | None:
        """How long so many questions will take; None before the first answer."""
        with self._lock:
            if self._average_s is None:
                return None
            return self._average_s * questions / self._workers


def busy_text(before: int, wait_s: float | None) -> str:
    """What somebody is told whose question there is no room for."""
    questions = "1 question is" if before == 1 else f"{before:,} questions are"
    line = f"I have more to answer than I can take on: {questions} before yours"
    if wait_s is None:
        return f"{line}. Please ask again in a few minutes."
    minutes = math.ceil(wait_s / 60)
    if wait_s < 60:
        return f"{line}, less than a minute of work. Please ask again then."
    return f"{line}, about {minutes} minutes. Please ask again then."
