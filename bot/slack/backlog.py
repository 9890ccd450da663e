"""What waits for a reply, handed out to the workers of the one process that answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping

from bot.slack.consulting import Exchange
from bot.slack.events import Asked, Kind, Wants
from bot.slack.questions import IS_SLOW, SLOW_PLANS, Plan, Questions, Row, Work, count
from retrieval.model import Turn

ASKER = "user"
ONRECORD = "onrecord"
HISTORY_QUESTIONS = 6
_SHOWN_WAITING = 200

Place = tuple[str, str]
"""A channel and a thread in it."""

_MESSAGE_COLUMNS = "event_id, team, channel, ts, thread, user, kind, text, reply_to"


class Backlog:
    """Hands out claimed questions, and notes what became of each."""

    def __init__(self, questions: Questions, *, clock: Callable[[], float] = time.time) -> None:
        self._questions = questions
        self._clock = clock

    def recover(self) -> None:
        """Take over what a process that is no more had begun. Only one process may do this."""
        with self._questions.transaction():
            self._questions.change("UPDATE questions SET state='received' WHERE state='answering'")

    def take(self, plans: Collection[Plan], timeout_s: float) -> Work | None:
        """Take the oldest waiting question, or None when none came in time.

        Questions of one thread are answered one after the other: the second may build on the first.
        """
        with self._questions.changed:
            work = self._take_now(plans)
            if work is None and self._questions.changed.wait(timeout_s):
                work = self._take_now(plans)
            return work

    def is_current(self, work: Work) -> bool:
        """Whether what was taken is still what is wanted."""
        row = self._questions.row(
            "SELECT revision FROM questions WHERE event_id=?", work.asked.event_id
        )
        return row is not None and row[0] == work.revision

    def posted(self, work: Work, answer_ts: str, answer: str) -> None:
        """Record that the reply stands; `answer_ts` is empty where none does or can be named."""
        self._finish(work, "posted", answer_ts, answer)

    def undeliverable(self, work: Work) -> None:
        """Record that Slack refuses the reply for good (channel gone, bot removed, …)."""
        self._finish(work, "undeliverable", work.answer_ts, "")

    def put_back(self, work: Work, *, maybe_posted: bool) -> None:
        """Let a question be tried again, as it is wanted then."""
        with self._questions.changed:
            self._questions.in_work.pop(work.asked.event_id, None)
            self._questions.change(
                "UPDATE questions SET state='received', tries=min(tries, ?) WHERE event_id=?",
                work.earlier_tries + maybe_posted,
                work.asked.event_id,
            )
            self._questions.wake()

    def admit(self, work: Work, queue_limit: int) -> bool:
        """Let a question that there was no room for wait after all, if there is room by now."""
        with self._questions.transaction():
            if self._questions.unanswered() >= queue_limit or not self.is_current(work):
                return False
            self._questions.in_work.pop(work.asked.event_id, None)
            self._questions.change(
                "UPDATE questions SET plan='answer', state='received', tries=? WHERE event_id=?",
                *(work.earlier_tries, work.asked.event_id),
            )
            return True

    def history(self, asked: Asked) -> tuple[Exchange, ...]:
        """What was asked and answered in this thread before, oldest first."""
        rows = self._questions.rows(
            "SELECT ts, text, answer FROM questions WHERE team=? AND channel=? AND thread=?"
            " AND ts<? AND state='posted' AND plan='answer' AND answer!=''"
            " ORDER BY ts DESC LIMIT ?",
            *(asked.team, asked.channel, asked.thread, asked.ts, HISTORY_QUESTIONS),
        )
        return tuple(
            Exchange(str(ts), (Turn(ASKER, str(question)), Turn(ONRECORD, str(answer))))
            for ts, question, answer in reversed(rows)
        )

    def unanswered(self) -> int:
        """How many questions wait for their answer, or are being answered."""
        return self._questions.unanswered()

    def before(self, work: Work) -> int:
        """How many unanswered questions were asked earlier than this one."""
        return count(
            self._questions.row(
                "SELECT COUNT(*) FROM questions"
                f" WHERE state IN ('received', 'answering') AND {IS_SLOW}"
                " AND id<(SELECT id FROM questions WHERE event_id=?)",
                work.asked.event_id,
            )
        )

    def waiting(self, longer_than_s: float) -> Mapping[Place, int]:
        """Threads whose question has waited for a while, and how many are before it."""
        with self._questions.changed:
            in_work = count(
                self._questions.row(
                    f"SELECT COUNT(*) FROM questions WHERE state='answering' AND {IS_SLOW}"
                )
            )
            rows = self._questions.rows(
                "SELECT channel, thread, reply_to, received_at FROM questions"
                f" WHERE state='received' AND {IS_SLOW} ORDER BY id LIMIT ?",
                _SHOWN_WAITING,
            )
        before = self._clock() - longer_than_s
        places: dict[Place, int] = {}
        for n, (channel, thread, reply_to, received_at) in enumerate(rows, in_work):
            if not reply_to and float(str(received_at)) < before:
                places.setdefault((str(channel), str(thread)), n)
        return places

    def forget(self, older_than_s: float) -> int:
        """Delete what was asked longer ago and is settled; returns how many questions went."""
        before = self._clock() - older_than_s
        self._questions.change("DELETE FROM threads WHERE CAST(last_ts AS REAL)<?", before)
        return self._questions.change(
            "DELETE FROM questions WHERE received_at<? AND state IN ('posted', 'undeliverable')",
            before,
        )

    def wake(self) -> None:
        """Let everyone who waits in `take` look again."""
        self._questions.wake()

    def recall_outdated(self) -> None:
        """Call off work on what another process has noted as stopped or deleted."""
        rows = self._questions.rows(
            f"SELECT event_id FROM questions WHERE state='answering' AND NOT {IS_SLOW}"
        )
        for (event_id,) in rows:
            self._questions.recall(str(event_id))

    def _take_now(self, plans: Collection[Plan]) -> Work | None:
        wanted = tuple(plan.value for plan in plans)
        row = self._questions.row(
            f"SELECT {_MESSAGE_COLUMNS}, plan, tries, revision, answer_ts FROM questions AS mine"
            f" WHERE state='received' AND plan IN ({', '.join('?' * len(wanted))})"
            f" AND (NOT {IS_SLOW} OR NOT EXISTS (SELECT 1 FROM questions AS other"
            " WHERE other.state='answering' AND other.plan IN ('answer', 'check')"
            " AND other.team=mine.team AND other.channel=mine.channel"
            " AND other.thread=mine.thread))"
            " ORDER BY id LIMIT 1",
            *wanted,
        )
        if row is None:
            return None
        work = _work(row)
        self._questions.change(
            "UPDATE questions SET state='answering', tries=tries+1 WHERE event_id=?",
            work.asked.event_id,
        )
        self._questions.in_work[work.asked.event_id] = work
        return work

    def _finish(self, work: Work, state: str, answer_ts: str, answer: str) -> None:
        """Settle the row, unless something else is wanted by now: then it waits again.

        An answer that was posted while it was being stopped was quicker, and stays.
        """
        with self._questions.changed:
            self._questions.in_work.pop(work.asked.event_id, None)
            self._questions.change(
                # What is known to stand needs not to be looked for.
                "UPDATE questions SET answer_ts=?, answer=?, tries=iif(? AND ?!='', 0, tries),"
                " plan=iif(plan='stopped' AND text=? AND ?, ?, plan),"
                " state=iif(revision=? OR (plan='stopped' AND text=? AND ?), ?, 'received')"
                " WHERE event_id=?",
                *(answer_ts, answer, state == "posted", answer_ts),
                *(work.asked.text, work.plan in SLOW_PLANS, work.plan.value),
                *(work.revision, work.asked.text, work.plan in SLOW_PLANS, state),
                work.asked.event_id,
            )
            self._questions.wake()


def _work(row: Row) -> Work:
    *message, plan, tries, revision, answer_ts = row
    event_id, team, channel, ts, thread, user, kind, text, reply_to = map(str, message)
    wants = Wants.CHECK if plan == Plan.CHECK else Wants.ANSWER
    return Work(
        asked=Asked(event_id, team, channel, ts, thread, user, Kind(kind), text, reply_to, wants),
        plan=Plan(str(plan)),
        earlier_tries=count((tries,)),
        revision=count((revision,)),
        answer_ts=str(answer_ts or ""),
    )
