"""What is said to a claimed question: its answer, the verdicts on its claims, or a short note."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError, wait
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import Thread
from typing import TypeVar

from bot.slack.backlog import Backlog
from bot.slack.consulting import Answerer, Consulted, Consulting
from bot.slack.events import Asked, answer_id
from bot.slack.logs import where
from bot.slack.pace import Pace, busy_text
from bot.slack.poster import RecalledError
from bot.slack.questions import Plan, Work
from bot.slack.records.answers import Answers, KeptAnswer
from bot.slack.rights import Rights
from bot.slack.show.answers import Dress, answer_message, help_message, note_message
from bot.slack.show.message import Message, View
from bot.slack.show.verdicts import verdicts_message, verdicts_view
from retrieval.answer.writing.trace import Trace
from retrieval.model import Answer, Reason, Refusal

log = logging.getLogger(__name__)

MAX_TRIES = 5
"""A question that was interrupted this often, as by taking the bot down, gets an apology."""

FAILED = "Something went wrong while I looked for the answer. The operators can see why in the log."
TOO_LONG = "I gave up looking for the answer because it took too long. Please ask more narrowly."
STOPPED = "Stopped."
ONLY_YOU = "Only you see this: it is from documents that not everybody here may see."
UPDATED = "Updated: the question was edited."

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Made:
    """What is to be said, as a message and, where a modal asked for it, as a view."""

    message: Message
    text: str
    outcome: str
    view: View | None = None
    aside: Message | None = None
    """What only the asker is shown besides."""


class Answering:
    """Makes replies. Whatever goes wrong inside an answer, there is something to say."""

    def __init__(
        self,
        answerer: Answerer,
        backlog: Backlog,
        answers: Answers,
        pace: Pace,
        *,
        rights: Rights,
        bot_name: str,
        timeout_s: float,
        has_owners: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._documents = Consulting(answerer, answers, rights)
        self._backlog = backlog
        self._answers = answers
        self._pace = pace
        self._bot_name = bot_name
        self._timeout_s = timeout_s
        self._has_owners = has_owners
        self._clock = clock

    def make(self, work: Work) -> Made:
        """Make the reply to a question; RecalledError when it is called off meanwhile."""
        if work.plan is Plan.HELP:
            message = help_message(self._bot_name)
            return Made(message, message.text, "help")
        if work.plan is Plan.BUSY:
            before = self._backlog.before(work)
            return _note(busy_text(before, self._pace.wait_s(before)), "busy")
        if work.plan is Plan.STOPPED:
            return _note(STOPPED, "stopped")
        if work.plan is Plan.CHECK:
            return self._check(work)
        return self._answer(work)

    def said_before(self, work: Work) -> str | None:
        """The text of a reply that stands already; None where it has to be made again."""
        if work.plan is Plan.CHECK:
            return None
        if work.plan is not Plan.ANSWER:
            return ""
        kept = self._answers.find(work.asked.answer_id)
        return kept.result.text if kept and kept.question == work.asked.text else None

    def forget(self, work: Work) -> None:
        """Drop the record of an answer whose question is gone."""
        self._answers.drop(work.asked.answer_id)
        self._answers.drop(_aside_id(work.asked))

    def _answer(self, work: Work) -> Made:
        asked = work.asked
        before = self._backlog.history(asked)
        found = self._guarded(work, lambda: self._documents.ask(asked, before))
        if isinstance(found, str):
            found = Consulted(Refusal(asked.text, Reason.ERROR, found, generation=0))
        result = found.result
        # Kept before it is posted: a button below a posted answer always finds its record.
        self._keep(asked, asked.answer_id, result, found.writing)
        notes = (UPDATED if work.answer_ts and work.revision else "", found.doubt)
        dress = Dress(
            answer_id=asked.answer_id,
            has_owners=self._has_owners,
            is_private=bool(asked.reply_to),
            note=" ".join(filter(None, notes)),
        )
        outcome = "answered" if isinstance(result, Answer) else result.reason.value
        aside = self._aside(asked, found.aside) if found.aside else None
        return Made(answer_message(result, dress), result.text, outcome, aside=aside)

    def _aside(self, asked: Asked, answer: Answer) -> Message:
        id_ = _aside_id(asked)
        # Of no thread: what is noted below answers later, all who read the thread would see.
        self._keep(replace(asked, thread=f"aside/{asked.thread}"), id_, answer, None)
        return answer_message(answer, Dress(answer_id=id_, note=ONLY_YOU))

    def _keep(
        self, asked: Asked, answer_id: str, result: Answer | Refusal, writing: Trace | None
    ) -> None:
        self._answers.keep(
            KeptAnswer(
                *(answer_id, asked.team, asked.channel, asked.thread, asked.user),
                *(asked.text, result, self._clock(), writing),
            )
        )

    def _check(self, work: Work) -> Made:
        text = work.asked.text
        verdicts = self._guarded(work, lambda: self._documents.check(work.asked))
        if isinstance(verdicts, str):
            return _note(verdicts, "error")
        message = verdicts_message(text, verdicts, work.asked.answer_id)
        return Made(message, message.text, "checked", verdicts_view(text, verdicts))

    def _guarded(self, work: Work, call: Callable[[], _Result]) -> _Result | str:
        """Do something long; what went wrong comes back as what the asker is told."""
        if work.earlier_tries >= MAX_TRIES:
            return FAILED
        future = self._begin(work, call)
        if not wait([future], self._timeout_s).done:
            # A thread cannot be ended from outside; its late result is dropped.
            log.error("answer_timed_out event_id=%s", work.asked.event_id)
            return TOO_LONG
        try:
            return future.result()
        except RecalledError:
            raise
        except Exception as error:
            # Whatever fails inside an answer, the asker hears of it and the log says where.
            log.error("answer_failed event_id=%s error=%s", work.asked.event_id, where(error))
            return FAILED

    def _begin(self, work: Work, call: Callable[[], _Result]) -> Future[_Result]:
        """Do something long in a thread of its own; a recall ends the wait for it."""
        future: Future[_Result] = Future()

        def run() -> None:
            try:
                result = call()
            except Exception as error:
                _settle(future.set_exception, error)
            else:
                _settle(future.set_result, result)

        recalled = RecalledError(maybe_posted=False)
        work.recall.tell(lambda: _settle(future.set_exception, recalled))
        Thread(target=run, name=f"answer-{work.asked.answer_id}", daemon=True).start()
        return future


def _settle(put: Callable[[_Result], None], outcome: _Result) -> None:
    # The first outcome counts: a late result is dropped, and so is a late recall.
    with suppress(InvalidStateError):
        put(outcome)


def _aside_id(asked: Asked) -> str:
    """Names what only the asker was shown, beside the answer."""
    return answer_id(asked.team, asked.channel, f"{asked.ts} aside")


def _note(text: str, outcome: str) -> Made:
    return Made(note_message(text), text, outcome)
