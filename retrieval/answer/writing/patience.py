"""Patience: waiting for a call to a provider no longer than agreed, whatever the provider does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import Generic, TypeVar

_Result = TypeVar("_Result")

MOST_WAITING = 16
"""Calls under way at one time; a provider that never answers must not use up all threads."""


class TooManyCallsError(RuntimeError):
    """Too many calls are waiting for the provider already."""


class _Call(Generic[_Result]):
    """One call in a thread of its own, and what came of it."""

    def __init__(self, work: Callable[[], _Result]) -> None:
        self._work = work
        self._done = threading.Event()
        self._result: list[_Result] = []
        self._error: BaseException | None = None

    def run(self, slots: threading.Semaphore) -> None:
        """Do the work and keep its result or its error."""
        try:
            self._result.append(self._work())
        except BaseException as error:
            self._error = error
        finally:
            slots.release()
            self._done.set()

    def result(self, timeout_s: float) -> _Result:
        """The result, waited for; raises what the work raised, or `TimeoutError`."""
        if not self._done.wait(timeout_s):
            raise TimeoutError
        if self._error is not None:
            raise self._error
        return self._result[0]


class Patience:
    """Runs calls under a time limit; one that does not return is left behind, not waited for."""

    def __init__(self, most_waiting: int = MOST_WAITING) -> None:
        self._slots = threading.Semaphore(most_waiting)

    def within(self, timeout_s: float, work: Callable[[], _Result]) -> _Result:
        """The result of the work; raises `TimeoutError` when time is up.

        The work sees the context of the caller: a tracer that is switched off there stays off. A
        thread is a daemon, so one that hangs does not keep the program from ending.
        """
        if timeout_s <= 0:
            raise TimeoutError
        if not self._slots.acquire(blocking=False):
            raise TooManyCallsError(f"{MOST_WAITING} calls are waiting already")
        call = _Call(work)
        context = copy_context()
        threading.Thread(
            target=context.run, args=(call.run, self._slots), name="chat-model", daemon=True
        ).start()
        return call.result(timeout_s)
