"""From a claimed question to its one posted reply, in threads of our own.

Answers are made by a few workers; what can be said at once has workers to itself, so that it is
said at once however long the queue is. Whatever goes wrong, the asker is told.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Collection
from contextlib import nullcontext
from threading import Thread

from bot.slack.answering import MAX_TRIES, Answering
from bot.slack.backlog import Backlog
from bot.slack.delivery import Delivery
from bot.slack.logs import where
from bot.slack.pace import Pace
from bot.slack.poster import AbandonedError, Poster, RecalledError, UndeliverableError
from bot.slack.questions import SLOW_PLANS, Plan, Work
from bot.slack.records.notices import Notices
from bot.slack.status import StatusLine

log = logging.getLogger(__name__)

_LOOK_AGAIN_S = 1.0
_LAST_WORDS_S = 1.0


class Workers:
    """A fixed number of threads that take work from the backlog."""

    def __init__(
        self,
        backlog: Backlog,
        answering: Answering,
        poster: Poster,
        status: StatusLine,
        pace: Pace,
        notices: Notices,
        *,
        count: int,
        queue_limit: int,
    ) -> None:
        self._backlog = backlog
        self._answering = answering
        self._poster = poster
        self._delivery = Delivery(poster, backlog)
        self._status = status
        self._pace = pace
        self._notices = notices
        self._queue_limit = queue_limit
        self._stopping = threading.Event()
        lanes: list[Collection[Plan]] = [SLOW_PLANS] * count
        # Apart, so that a stop or a deletion never waits behind notes that are posted at a pace.
        lanes += [(Plan.HELP, Plan.BUSY), (Plan.STOPPED, Plan.WITHDRAW)]
        self._threads = [
            Thread(target=self._run, args=(lane,), name=f"onrecord-{n}", daemon=True)
            for n, lane in enumerate(lanes)
        ]

    def start(self) -> None:
        """Begin with the questions that an earlier run left unfinished."""
        self._status.start()
        for thread in self._threads:
            thread.start()

    def stop(self, grace_s: float) -> None:
        """Finish what is in work within `grace_s`; the rest waits for the next start."""
        self._stopping.set()
        self._backlog.wake()
        self._join(grace_s)
        self._poster.abandon()
        self._status.stop(_LAST_WORDS_S)
        self._join(_LAST_WORDS_S)

    def _join(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, deadline - time.monotonic()))

    def work_once(self, plans: Collection[Plan], timeout_s: float) -> bool:
        """Reply to the first question that waits or comes in time; False when none did."""
        work = self._backlog.take(plans, timeout_s)
        if work is not None:
            self._handle(work)
        return work is not None

    def _run(self, plans: Collection[Plan]) -> None:
        while not self._stopping.is_set():
            try:
                self.work_once(plans, _LOOK_AGAIN_S)
            except sqlite3.Error as error:
                # A full disk may have room again; a worker that ended would never come back.
                log.error("backlog_failed error=%s", error)
                self._stopping.wait(_LOOK_AGAIN_S)

    def _handle(self, work: Work) -> None:
        event_id = work.asked.event_id
        try:
            self._reply(work)
        except AbandonedError:
            log.info("question_kept_for_next_start event_id=%s", event_id)
        except RecalledError as recalled:
            log.info("question_recalled event_id=%s", event_id)
            self._put_back(work, maybe_posted=recalled.maybe_posted)
        except UndeliverableError as error:
            log.error("answer_undeliverable event_id=%s error=%s", event_id, error.code)
            self._note(work, lambda: self._backlog.undeliverable(work))
        except Exception as error:
            # The Slack edge: nothing that happens to one question may end the worker.
            log.error("reply_failed event_id=%s error=%s", event_id, where(error))
            self._stopping.wait(_LOOK_AGAIN_S)
            if work.earlier_tries >= MAX_TRIES:
                self._note(work, lambda: self._backlog.undeliverable(work))
            else:
                self._put_back(work, maybe_posted=True)

    def _put_back(self, work: Work, *, maybe_posted: bool) -> None:
        self._note(work, lambda: self._backlog.put_back(work, maybe_posted=maybe_posted))

    def _note(self, work: Work, note: Callable[[], None]) -> None:
        try:
            note()
        except sqlite3.Error as error:
            # A worker that outlasts the grace finds the file closed; its question waits in it.
            level = logging.DEBUG if self._stopping.is_set() else logging.ERROR
            log.log(level, "backlog_failed event_id=%s error=%s", work.asked.event_id, error)

    def _reply(self, work: Work) -> None:
        began = time.monotonic()
        asked, is_slow = work.asked, work.plan in SLOW_PLANS
        shows = is_slow and not asked.reply_to
        with self._status.searching(asked.channel, asked.thread) if shows else nullcontext():
            outcome = self._withdraw(work) if work.plan is Plan.WITHDRAW else self._say(work)
        if is_slow:
            self._pace.note(time.monotonic() - began)
        log.info("question_settled event_id=%s outcome=%s", asked.event_id, outcome)

    def _has_room_by_now(self, work: Work) -> bool:
        # Notes are posted at a pace: by the time that somebody would be told, there may be room.
        # Commands are told at once, and do not say here whether they ask or check.
        is_late = work.plan is Plan.BUSY and work.earlier_tries == 0 and not work.asked.reply_to
        return is_late and self._backlog.admit(work, self._queue_limit)

    def _withdraw(self, work: Work) -> str:
        self._delivery.withdraw(work)
        self._take_back_notices(work)
        self._answering.forget(work)
        self._backlog.posted(work, "", "")
        return "withdrawn"

    def _take_back_notices(self, work: Work) -> None:
        """What was noted below an answer goes when it goes, or is another one."""
        for channel, ts in self._notices.places(work.asked.answer_id):
            self._poster.delete(channel, ts)
        self._notices.drop(work.asked.answer_id)

    def _say(self, work: Work) -> str:
        if self._has_room_by_now(work):
            return "admitted"
        standing = self._delivery.standing(work)
        if standing is not None and standing.revision == work.revision:
            said = self._answering.said_before(work)
            if said is not None:
                self._backlog.posted(work, standing.ts, said)
                return "said_before"
        if standing is not None:
            self._take_back_notices(work)
        made = self._answering.make(work)
        self._backlog.posted(work, self._delivery.deliver(work, made, standing), made.text)
        if made.aside is not None:
            self._delivery.whisper(work.asked, made.aside)
        return made.outcome
