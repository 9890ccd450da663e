"""One process answers at a time: the one that holds the lock. When it is gone, another takes over.

In HTTP mode several processes take in questions from one data folder; all but one of them wait
here. A lock dies with its process, so a killed one is followed within a second.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from filelock import FileLock

from bot.slack.backlog import Backlog
from bot.slack.questions import Questions
from bot.slack.records.file import lock_file
from bot.slack.worker import Workers
from retrieval.errors import UsageError

log = logging.getLogger(__name__)

_TAKE_OVER_S = 0.5
_LOOK_S = 0.1


class Beside(Protocol):
    """What only the process that answers does beside answering."""

    def start(self) -> None:
        """Begin, in a thread of its own."""
        ...

    def stop(self) -> None:
        """End it; it may not have begun."""
        ...


class Shift:
    """Runs the workers while this process is the one that answers."""

    def __init__(
        self,
        path: Path,
        questions: Questions,
        workers: Workers,
        *,
        duties: Sequence[Beside] = (),
        is_shared: bool,
        grace_s: float,
    ) -> None:
        self._path = path
        self._questions = questions
        self._backlog = Backlog(questions)
        self._workers = workers
        self._duties = duties
        self._is_shared = is_shared
        self._grace_s = grace_s
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="onrecord-shift", daemon=True)

    def start(self) -> None:
        """Answer as soon as nobody else does."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what is in work, and let another process go on."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join()
        else:
            self._workers.stop(self._grace_s)

    def _run(self) -> None:
        # A lock belongs to the thread that has taken it.
        lock = self._wait_for_turn() if self._is_shared else None
        try:
            if lock is not None or not self._is_shared:
                self._answer()
        finally:
            for duty in reversed(self._duties):
                duty.stop()
            self._workers.stop(self._grace_s)
            if lock is not None:
                lock.release()

    def _wait_for_turn(self) -> FileLock | None:
        while not self._ending.is_set():
            try:
                return lock_file(self._path)
            except UsageError:
                self._ending.wait(_TAKE_OVER_S)
        return None

    def _answer(self) -> None:
        while not self._ending.is_set():
            try:
                self._backlog.recover()
                break
            except sqlite3.Error as error:
                log.error("backlog_failed error=%s", error)
                self._ending.wait(_TAKE_OVER_S)
        self._workers.start()
        for duty in self._duties:
            duty.start()
        log.info("answering waiting=%d", self._backlog.unanswered())
        while not self._ending.wait(_LOOK_S if self._is_shared else None):
            self._look_for_changes()

    def _look_for_changes(self) -> None:
        """Hear of what other processes have noted in the file."""
        try:
            if self._questions.look_for_changes():
                self._backlog.recall_outdated()
        except sqlite3.Error as error:
            log.error("backlog_failed error=%s", error)
