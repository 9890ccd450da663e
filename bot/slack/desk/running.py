"""Index runs and rollbacks that an admin starts from Slack: one at a time, told as they go."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Thread
from typing import NoReturn

from bot.slack.desk.post import Post, Sent
from bot.slack.poster import AbandonedError, UndeliverableError
from bot.slack.records import Records
from bot.slack.show.actions import REINDEX, ROLLBACK
from bot.slack.show.answers import note_message
from bot.slack.show.message import Message
from bot.slack.show.running import (
    RunProgress,
    progress_message,
    progress_text,
    report_message,
    rollback_message,
    run_failed_message,
)
from retrieval.errors import OnrecordError
from retrieval.ingest.report import IndexReport, Progress
from retrieval.ingest.rollback import RollbackReport

log = logging.getLogger(__name__)

STARTED = "Started. I tell you about it in our direct messages."
BUSY = "A run is in work already: {progress}"
STARTING = "Reading the documents …"
_TELL_EVERY_S = 3.0
"""Slack allows about one change of a message in three seconds."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What an admin can have done to the index."""

    reindex: Callable[[Callable[[Progress], None]], IndexReport]
    rollback: Callable[[], RollbackReport]


def _not_here(*_: object) -> NoReturn:
    raise OnrecordError("The index cannot be changed from here.", "Run `onrecord index`.")


NO_UPKEEP = Upkeep(_not_here, _not_here)


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
        """Called with the admin when a run has begun or ended."""
        self._clock = clock
        self._lock = Lock()
        self._progress: str = ""
        self._thread: Thread | None = None

    @property
    def progress(self) -> str:
        """How far the run in work is; nothing when none is."""
        with self._lock:
            return self._progress

    def last(self) -> str:
        """What came of the last run or rollback that was started from Slack."""
        acts = [self._records.audit.last(act) for act in (REINDEX, ROLLBACK)]
        done = [act for act in acts if act is not None]
        return max(done, key=lambda act: act.at).outcome if done else ""

    def reindex(self, user: str) -> str:
        """Start an index run; returns what to tell the admin at once."""
        return self._start(user, REINDEX, self._reindex)

    def rollback(self, user: str) -> str:
        """Start going back to the generation before."""
        return self._start(user, ROLLBACK, self._rollback)

    def wait(self, timeout_s: float) -> None:
        """Wait for the run in work, if there is one."""
        thread = self._thread
        if thread is not None:
            thread.join(timeout_s)

    def _start(self, user: str, act: str, work: Callable[[str, Sent], str]) -> str:
        with self._lock:
            if self._progress:
                return BUSY.format(progress=self._progress)
            self._progress = STARTING
        self._thread = Thread(target=self._run, args=(user, act, work), name=act, daemon=True)
        self._thread.start()
        return STARTED

    def _run(self, user: str, act: str, work: Callable[[str, Sent], str]) -> None:
        outcome = "failed"
        try:
            told = self._post.send(user, note_message(STARTING))
            self.changed(user)
            outcome = work(user, told)
        except (UndeliverableError, AbandonedError) as error:
            log.warning("run_not_told act=%s error=%s", act, error)
        finally:
            with self._lock:
                self._progress = ""
            self._records.audit.note(user, act, outcome)
            log.info("admin_act act=%s user=%s outcome=%s", act, user, outcome)
            self.changed(user)

    def _reindex(self, user: str, told: Sent) -> str:
        began = told_at = self._clock()

        def show(reached: Progress) -> None:
            nonlocal told_at
            now = self._clock()
            progress = RunProgress(
                done=reached.done_files,
                total=reached.total_files,
                passages=reached.passages,
                source=reached.source,
                elapsed_s=now - began,
            )
            with self._lock:
                self._progress = progress_text(progress)
            if now - told_at >= _TELL_EVERY_S:
                told_at = now
                self._change(told, progress_message(progress))

        try:
            report = self._upkeep.reindex(show)
        except OnrecordError as error:
            self._change(told, run_failed_message(error.message, error.remedy))
            return f"failed: {error.message}"
        self._change(told, report_message(report))
        return (
            f"generation {report.generation}: {report.added} added, {report.changed} changed, "
            f"{report.removed} removed, {len(report.failed)} failed"
        )

    def _rollback(self, user: str, told: Sent) -> str:
        try:
            report = self._upkeep.rollback()
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
