"""One lock for the whole workspace, and a count of its changes for everybody who waits for one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self


class Changes:
    """Held while anything is read or changed; `announce` wakes those who wait."""

    def __init__(self) -> None:
        self._condition = threading.Condition(threading.RLock())
        self._version = 1

    def __enter__(self) -> Self:
        self._condition.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._condition.release()

    @property
    def version(self) -> int:
        """How often something has changed so far."""
        with self._condition:
            return self._version

    def announce(self) -> None:
        """Say that something has changed."""
        with self._condition:
            self._version += 1
            self._condition.notify_all()

    def wake(self) -> None:
        """Let everybody who waits look again, though nothing has changed."""
        with self._condition:
            self._condition.notify_all()

    def wait_for(self, predicate: Callable[[], bool], timeout_s: float) -> bool:
        """Wait until something is true, looking again whenever anything has changed."""
        with self._condition:
            return self._condition.wait_for(predicate, timeout_s)
