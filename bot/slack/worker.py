"""From a claimed question to its one posted reply, in threads of our own.

Answers are made by a few workers; help and "busy" notes have a worker to themselves, so they are
told at once however long the queue is. Whatever goes wrong, the asker is told.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
import traceback
from collections.abc import Callable, Collection
from contextlib import nullcontext
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Protocol

from bot.slack.inbox import Inbox, Plan, Work
from bot.slack.poster import AbandonedError, Poster, Reply, UndeliverableError
from bot.slack.render import Message, help_message, render
from bot.slack.status import StatusLine
from retrieval.errors import OnrecordError
from retrieval.model import Answer, Question, Reason, Refusal

log = logging.getLogger(__name__)

MAX_TRIES = 5
"""A question that was interrupted this often, as by taking the bot down, gets an apology."""
_LOOK_AGAIN_S = 1.0
_LAST_WORDS_S = 1.0

FAILED = "Something went wrong while I looked for the answer. The operators can see why in the log."
TOO_LONG = "I gave up looking for the answer because it took too long. Please ask more narrowly."
BUSY = "I have more questions waiting than I can answer soon. Please ask again in a few minutes."


class Answerer(Protocol):
    """What answers questions; called from several threads."""

    def ask(self, question: Question) -> Answer | Refusal:
        """Answer from the documents, or refuse."""
        ...


@dataclass(frozen=True, slots=True)
class _Made:
    message: Message
    text: str
    outcome: str


class Workers:
    """A fixed number of threads that take work from the inbox."""

    def __init__(
        self,
        inbox: Inbox,
        answerer: Answerer,
        poster: Poster,
        status: StatusLine,
        *,
        bot_name: str,
        count: int,
        answer_timeout_s: float,
    ) -> None:
        self._inbox = inbox
        self._answerer = answerer
        self._poster = poster
        self._status = status
        self._bot_name = bot_name
        self._answer_timeout_s = answer_timeout_s
        self._stopping = threading.Event()
        lanes: list[Collection[Plan]] = [(Plan.ANSWER,)] * count + [(Plan.HELP, Plan.BUSY)]
        self._threads = [
            Thread(target=self._run, args=(lane,), name=f"onrecord-{n}", daemon=True)
            for n, lane in enumerate(lanes)
        ]

    def start(self) -> None:
        """Begin with the questions that an earlier run left unfinished."""
        for thread in self._threads:
            thread.start()

    def stop(self, grace_s: float) -> None:
        """Finish what is in work within `grace_s`; the rest waits for the next start."""
        self._stopping.set()
        self._inbox.wake()
        self._join(grace_s)
        self._poster.abandon()
        self._join(_LAST_WORDS_S)

    def _join(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def _run(self, plans: Collection[Plan]) -> None:
        while not self._stopping.is_set():
            try:
                work = self._inbox.take(plans, _LOOK_AGAIN_S)
            except sqlite3.Error as error:
                # A full disk may have room again; a worker that ended would never come back.
                log.error("inbox_failed error=%s", error)
                self._stopping.wait(_LOOK_AGAIN_S)
                continue
            if work is not None:
                self._handle(work)

    def _handle(self, work: Work) -> None:
        event_id = work.asked.event_id
        try:
            self._reply(work)
        except AbandonedError:
            log.info("question_kept_for_next_start event_id=%s", event_id)
        except UndeliverableError as error:
            log.error("answer_undeliverable event_id=%s error=%s", event_id, error.code)
            self._note(work, self._inbox.undeliverable)
        except Exception as error:
            # The Slack edge: nothing that happens to one question may end the worker.
            log.error("reply_failed event_id=%s error=%s", event_id, _where(error))
            self._stopping.wait(_LOOK_AGAIN_S)
            is_hopeless = work.earlier_tries >= MAX_TRIES
            self._note(work, self._inbox.undeliverable if is_hopeless else self._inbox.put_back)

    def _note(self, work: Work, note: Callable[[Work], None]) -> None:
        try:
            note(work)
        except sqlite3.Error as error:
            log.error("inbox_failed event_id=%s error=%s", work.asked.event_id, error)

    def _reply(self, work: Work) -> None:
        asked = work.asked
        is_quick = work.plan is not Plan.ANSWER
        with nullcontext() if is_quick else self._status.searching(asked.channel, asked.thread):
            made = self._make(work)
            reply = Reply(asked.answer_id, asked.channel, asked.thread, asked.ts, made.message)
            answer_ts = self._poster.post(reply, maybe_posted=work.earlier_tries > 0)
            self._inbox.posted(work, answer_ts, made.text)
        log.info("question_settled event_id=%s outcome=%s", asked.event_id, made.outcome)

    def _make(self, work: Work) -> _Made:
        if work.plan is Plan.HELP:
            message = help_message(self._bot_name)
            return _Made(message, message.text, "help")
        if work.plan is Plan.BUSY:
            return _made(_sorry(work, Reason.BUSY, BUSY))
        if work.earlier_tries >= MAX_TRIES:
            return _made(_sorry(work, Reason.ERROR, FAILED))
        try:
            return _made(self._ask(work))
        except Exception as error:
            # Whatever fails inside an answer, the asker hears of it and the log says where.
            log.error("answer_failed event_id=%s error=%s", work.asked.event_id, _where(error))
            return _made(_sorry(work, Reason.ERROR, FAILED))

    def _ask(self, work: Work) -> Answer | Refusal:
        question = Question(work.asked.text, self._inbox.history(work.asked))
        results: SimpleQueue[Answer | Refusal | Exception] = SimpleQueue()
        name = f"answer-{work.asked.answer_id}"
        Thread(target=self._put_answer, args=(question, results), name=name, daemon=True).start()
        try:
            result = results.get(timeout=self._answer_timeout_s)
        except Empty:
            # A thread cannot be ended from outside; its late result is dropped.
            log.error("answer_timed_out event_id=%s", work.asked.event_id)
            return _sorry(work, Reason.ERROR, TOO_LONG)
        if isinstance(result, Exception):
            raise result
        return result

    def _put_answer(
        self, question: Question, results: SimpleQueue[Answer | Refusal | Exception]
    ) -> None:
        try:
            results.put(self._answerer.ask(question))
        except Exception as error:
            results.put(error)


def _made(result: Answer | Refusal) -> _Made:
    outcome = "answered" if isinstance(result, Answer) else result.reason.value
    return _Made(render(result), result.text, outcome)


def _sorry(work: Work, reason: Reason, message: str) -> Refusal:
    return Refusal(question=work.asked.text, reason=reason, message=message, generation=0)


def _where(error: Exception) -> str:
    """Name an error for the log without its text, which may hold what somebody wrote."""
    if isinstance(error, OnrecordError):
        return str(error)
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "unknown"
    return f"{type(error).__name__} at {place}"
