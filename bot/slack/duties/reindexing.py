"""Indexing when it is time and when the folder has changed, without anybody asking.

Runs that changed nothing are silent. A run that fails is told to the admins once, also over
restarts, and once more when indexing works again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.run_text import SCHEDULE, WATCH
from bot.slack.desk.post import Post
from bot.slack.desk.running import Runs
from bot.slack.duties.duty import Duty
from bot.slack.poster import UndeliverableError
from bot.slack.records import Records
from bot.slack.show.actions import REINDEX
from bot.slack.show.message import Message
from bot.slack.show.running import own_run_failed_message, own_run_well_message, report_text
from retrieval.errors import IndexBusyError, OnrecordError, RunCancelledError
from retrieval.ingest.report import IndexReport

log = logging.getLogger(__name__)

FAILING = "reindex_failing"
BEGUN_AT = "reindex_begun_at"
_NEVER_S = 3600.0


@dataclass(frozen=True, slots=True)
class Pauses:
    """How long is waited before a run that could not be done is tried again."""

    busy_s: float = 10.0
    failed_s: float = 600.0


class Reindexing(Duty):
    """Starts a run every so often, and after changes; missed ones are made up for by one."""

    def __init__(
        self,
        runs: Runs,
        post: Post,
        records: Records,
        admins: frozenset[str],
        *,
        every_s: float | None,
        pauses: Pauses = Pauses(),
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__("reindexing")
        self._runs = runs
        self._post = post
        self._records = records
        self._admins = admins
        self._every_s = every_s
        self._pauses = pauses
        self._clock = clock
        self._news = threading.Event()
        self._changed_at: float | None = None
        """From when on a change of the folder is to be read; None when there is none."""

    def folder_changed(self) -> None:
        """Have the folder read soon."""
        self._changed_at = self._clock()
        self._news.set()

    def wake(self) -> None:
        """End the wait."""
        self._news.set()

    def look(self) -> None:
        """Wait for what comes first, and run then."""
        if self._news.wait(self._wait_s()):
            self._news.clear()
        if self.stopping.is_set():
            return
        now = self._clock()
        if self._changed_at is not None and self._changed_at <= now:
            self._changed_at = None  # before the run: what changes during it is read again
            self._index(WATCH)
        elif self._due_s() <= 0:
            self._index(SCHEDULE)

    def _wait_s(self) -> float:
        waits = [self._due_s()]
        if self._changed_at is not None:
            waits.append(self._changed_at - self._clock())
        return max(0.0, min(*waits, _NEVER_S))

    def _due_s(self) -> float:
        """How long until the next run of the schedule; below 0 when one was missed."""
        if self._every_s is None:
            return _NEVER_S
        begun_at = self._records.memory.get(BEGUN_AT)
        if not begun_at:  # the bot has read the folder when it was started
            self._records.memory.set(BEGUN_AT, str(self._clock()))
            return self._every_s
        return float(begun_at) + self._every_s - self._clock()

    def _index(self, by: str) -> None:
        self._records.memory.set(BEGUN_AT, str(self._clock()))
        try:
            report = self._runs.tend(by)
        except IndexBusyError:
            # The other run may have passed the file that has changed.
            self._again(by, self._pauses.busy_s)
        except RunCancelledError as error:
            self._note(by, f"cancelled: {error.message}")
        except OnrecordError as error:
            self._failed(by, error)
            self._again(by, self._pauses.failed_s)
        else:
            self._done(by, report)

    def _again(self, by: str, pause_s: float) -> None:
        if by == WATCH and self._changed_at is None:
            self._changed_at = self._clock() + pause_s

    def _failed(self, by: str, error: OnrecordError) -> None:
        log.warning("run_failed by=%s error=%s", by, error)
        if self._records.memory.get(FAILING):
            return
        self._tell(own_run_failed_message(by, error.message, error.remedy))
        self._records.memory.set(FAILING, error.message or "unknown")
        self._note(by, f"failed: {error.message}")

    def _done(self, by: str, report: IndexReport) -> None:
        if self._records.memory.get(FAILING):
            self._tell(own_run_well_message(report))
            self._records.memory.set(FAILING, "")
        elif not report.has_changed:
            return
        self._note(by, report_text(report))

    def _note(self, by: str, outcome: str) -> None:
        self._records.audit.note(by, REINDEX, outcome)
        log.info("run_ended by=%s outcome=%s", by, outcome)

    def _tell(self, message: Message) -> None:
        for admin in sorted(self._admins):
            try:
                self._post.send(admin, message)
            except UndeliverableError as error:
                log.warning("admin_not_told user=%s error=%s", admin, error.code)
