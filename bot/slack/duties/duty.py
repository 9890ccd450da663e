"""A thing that is looked after in a thread of its own, again and again, until the bot stops."""

from __future__ import annotations

import logging
import threading
from abc import ABC, abstractmethod

from bot.slack.logs import where
from bot.slack.poster import AbandonedError

log = logging.getLogger(__name__)

_AFTER_A_FAILURE_S = 30.0
_LAST_S = 1.0


class Duty(ABC):
    """Calls `look` until stopped; whatever goes wrong in it is logged, and tried again later."""

    def __init__(self, name: str, *, pause_s: float = _AFTER_A_FAILURE_S) -> None:
        self._name = name
        self._pause_s = pause_s
        self.stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"onrecord-{name}", daemon=True)

    @abstractmethod
    def look(self) -> None:
        """Wait until there may be something to do, and do it; returns soon when stopping."""

    def start(self) -> None:
        """Begin to look after it."""
        self._thread.start()

    def stop(self) -> None:
        """Begin nothing more; what takes longer than a second ends with the process."""
        self.stopping.set()
        self.wake()
        if self._thread.is_alive():
            self._thread.join(_LAST_S)

    def wake(self) -> None:  # noqa: B027 - most duties wait for `stopping` alone
        """End the wait in `look`."""

    def _run(self) -> None:
        while not self.stopping.is_set():
            try:
                self.look()
            except AbandonedError:
                return
            except Exception as error:
                # Nothing that one look meets with may end a duty; a stopped bot's file is closed.
                if not self.stopping.is_set():
                    log.error("duty_failed duty=%s error=%s", self._name, where(error))
                self.stopping.wait(self._pause_s)
