"""Index runs and rollbacks that the bot starts: one at a time, told to who has asked for them."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock, Thread

from bot.run_text import in_slack, run_text
from bot.slack.desk.post import Post, Sent
from bot.slack.desk.upkeep import Reindex, Upkeep
from bot.slack.logs import where
from bot.slack.poster import AbandonedError, UndeliverableError
from bot.slack.records import Records
from bot.slack.show.actions import CANCEL_RUN, REINDEX, ROLLBACK
from bot.slack.show.answers import note_message
from bot.slack.show.message import Message
from bot.slack.show.running import (
    begun_message,
    progress_message,
    report_message,
    report_text,
    rollback_message,
    run_cancelled_message,
    run_failed_message,
    too_many_removed_message,
)
from retrieval.errors import IndexBusyError, OnrecordError, RunCancelledError, TooManyRemovedError
from retrieval.index.run import Run, Start
from retrieval.ingest.report import IndexReport, Progress

log = logging.getLogger(__name__)

STARTED = "Started. I tell you about it in our direct messages."
BUSY = "A run is in work already: {progress}"
STARTING = "Reading the documents …"
CANCELLING = "The run is being ended. What was published before goes on answering."
NO_RUN = "That run is not in work any more."
_TELL_EVERY_S = 3.0
"""Slack allows about one change of a message in three seconds."""
_HOME_EVERY_S = 15.0
"""Nobody knows whether a home is being looked at: it is kept up to date at leisure."""


class Runs:
    """Starts runs in a thread of their own, and keeps the one message about each up to date."""

    def __init__(
        self,
        post: Post,
        records: Records,
        upkeep: Upkeep,
        *,
        changed: Callable[[str], None] = lambda user: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._post = post
        self._records = records
        self._upkeep = upkeep
        self.changed = changed
        """Called with the admin when a run has begun or ended, and now and then in between."""
        self._clock = clock
        self._lock = Lock()
        self._is_busy = False
        self._thread: Thread | None = None

    @property
    def in_work(self) -> Run | None:
        """The run in work, wherever it was started."""
        return self._upkeep.running()

    @property
    def progress(self) -> str:
        """How far the run in work is; nothing when none is."""
        run = self._upkeep.running()
        if run is not None:
            return run_text(run)
        return STARTING if self._is_busy else ""

    def last(self) -> str:
        """What came of the last run or rollback that was started from Slack."""
        acts = [self._records.audit.last(act) for act in (REINDEX, ROLLBACK)]
        done = [act for act in acts if act is not None]
        return max(done, key=lambda act: act.at).outcome if done else ""

    def reindex(self, user: str, *, allow_removals: int = 0) -> str:
        """Start an index run; returns what to tell the admin at once."""
        upkeep = self._upkeep
        run = upkeep.reindex_removing(allow_removals) if allow_removals else upkeep.reindex
        return self._start(user, REINDEX, lambda user, told: self._reindex(user, told, run))

    def rollback(self, user: str) -> str:
        """Start going back to the generation before."""
        return self._start(user, ROLLBACK, self._rollback)

    def cancel(self, user: str, run_id: str) -> str:
        """Have a run ended; returns what to tell the admin."""
        run = self._upkeep.cancel(in_slack(user), run_id)
        self._records.audit.note(user, CANCEL_RUN, "asked to end" if run else "not in work")
        return CANCELLING if run else NO_RUN

    def tend(self, by: str) -> IndexReport:
        """Index here and now, and tell nobody.

        Raises `IndexBusyError` when a run is in work, `OnrecordError` with what went wrong.
        """
        busy = self._begin()
        if busy:
            raise IndexBusyError(busy, "")
        try:
            return self._upkeep.reindex(lambda reached: None, Start(by))
        finally:
            self._is_busy = False

    def wait(self, timeout_s: float) -> None:
        """Wait for the run in work, if there is one."""
        thread = self._thread
        if thread is not None:
            thread.join(timeout_s)

    def _start(self, user: str, act: str, work: Callable[[str, Sent], str]) -> str:
        busy = self._begin()
        if busy:
            return busy
        self._thread = Thread(target=self._run, args=(user, act, work), name=act, daemon=True)
        self._thread.start()
        return STARTED

    def _begin(self) -> str:
        """Make the one run that may be in work this one; else say how far the other is."""
        with self._lock:
            progress = self.progress
            self._is_busy = self._is_busy or not progress
        return BUSY.format(progress=progress) if progress else ""

    def _run(self, user: str, act: str, work: Callable[[str, Sent], str]) -> None:
        outcome = "failed"
        try:
            told = self._post.send(user, note_message(STARTING))
            self.changed(user)
            outcome = work(user, told)
        except (UndeliverableError, AbandonedError) as error:
            log.warning("run_not_told act=%s error=%s", act, error)
        except Exception as error:
            # The Slack edge: nobody else would hear of what a thread ends with.
            log.error("run_failed act=%s error=%s", act, where(error))
        self._is_busy = False
        log.info("admin_act act=%s user=%s outcome=%s", act, user, outcome)
        self._settle(act, lambda: self._records.audit.note(user, act, outcome))
        self._settle(act, lambda: self.changed(user))

    def _settle(self, act: str, do: Callable[[], None]) -> None:
        """A run that outlasts the bot finds its file closed and its poster gone."""
        try:
            do()
        except Exception as error:
            log.warning("run_not_noted act=%s error=%s", act, where(error))

    def _reindex(self, user: str, told: Sent, run: Reindex) -> str:
        start, told_at = Start(in_slack(user)), self._clock()
        at_home_at = told_at
        self._change(told, begun_message(STARTING, start.id))

        def show(reached: Progress) -> None:
            nonlocal told_at, at_home_at
            now = self._clock()
            if now - told_at >= _TELL_EVERY_S:
                told_at = now
                self._change(told, progress_message(reached, start.id))
            if now - at_home_at >= _HOME_EVERY_S:
                at_home_at = now
                self._settle(REINDEX, lambda: self.changed(user))

        try:
            report = run(show, start)
        except RunCancelledError as error:
            self._change(told, run_cancelled_message(error.message, error.remedy))
            return f"cancelled: {error.message}"
        except TooManyRemovedError as error:
            self._change(told, too_many_removed_message(error.message))
            return f"refused: {error.message}"
        except OnrecordError as error:
            self._change(told, run_failed_message(error.message, error.remedy))
            return f"failed: {error.message}"
        self._change(told, report_message(report))
        return report_text(report)

    def _rollback(self, user: str, told: Sent) -> str:
        try:
            report = self._upkeep.rollback(in_slack(user))
        except OnrecordError as error:
            self._change(told, run_failed_message(error.message, error.remedy))
            return f"failed: {error.message}"
        self._change(told, rollback_message(report))
        return f"generation {report.generation}, as generation {report.restored} was"

    def _change(self, told: Sent, message: Message) -> None:
        """Progress is a courtesy: a run goes on when it cannot be told."""
        try:
            self._post.change(told.channel, told.ts, message)
        except UndeliverableError as error:
            log.warning("progress_not_told error=%s", error.code)
