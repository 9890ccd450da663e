"""Every question claimed once, kept until its one answer is posted.

A claim is committed to disk before Slack is told that the event arrived, so a process that dies at
any point leaves either a claimed question, which the next start answers, or an event that Slack
delivers again. A question goes received -> answering -> posted (or undeliverable).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.slack.events import Asked, Kind, Overheard
from bot.slack.question_file import lock_file, open_file
from retrieval.model import Turn

ASKER = "user"
ONRECORD = "onrecord"
HISTORY_QUESTIONS = 6

_MESSAGE_COLUMNS = "event_id, team, channel, ts, thread, user, kind, text"


class Claim(StrEnum):
    """What became of a message."""

    NEW = "new"
    DUPLICATE = "duplicate"
    NOT_OURS = "not_ours"
    """A thread message without a mention, in a thread that is not the speaker's and the bot's."""


class Plan(StrEnum):
    """How a claimed question is to be replied to; decided when it is claimed."""

    ANSWER = "answer"
    HELP = "help"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Work:
    """A claimed question in a worker's hands."""

    asked: Asked
    plan: Plan
    earlier_tries: int
    """Above 0, an answer may have been posted without being recorded."""


class Inbox:
    """The bot's questions in one SQLite file, safe to use from several threads of one process."""

    def __init__(
        self, path: Path, *, queue_limit: int, clock: Callable[[], float] = time.time
    ) -> None:
        self._queue_limit = queue_limit
        self._clock = clock
        self._changed = threading.Condition()
        self._lock = lock_file(path)
        try:
            self._database = open_file(path)
        except BaseException:
            self._lock.release()
            raise
        self._database.execute("UPDATE questions SET state='received' WHERE state='answering'")
        self._unanswered = self._count_unanswered()

    def claim(self, asked: Asked) -> Claim:
        """Claim a message for this bot. When this returns, the claim is on disk."""
        with self._changed:
            with self._database:
                self._database.execute("BEGIN IMMEDIATE")
                if self._is_known(asked):
                    return Claim.DUPLICATE
                if asked.kind is Kind.FOLLOW_UP and not self._is_theirs(asked):
                    self._mark_shared(asked)
                    return Claim.NOT_OURS
                plan = self._plan(asked)
                self._insert(asked, plan)
                self._keep_speaker(asked)
            self._unanswered += plan is Plan.ANSWER
            self._changed.notify_all()
            return Claim.NEW

    def overhear(self, message: Overheard) -> None:
        """Note that others take part in a thread from this message on."""
        with self._changed:
            self._mark_shared(message)

    def take(self, plans: Collection[Plan], timeout_s: float) -> Work | None:
        """Take the oldest waiting question, or None when none came in time.

        Questions of one thread are answered one after the other: the second may build on the first.
        """
        with self._changed:
            work = self._take_now(plans)
            if work is None and self._changed.wait(timeout_s):
                work = self._take_now(plans)
            return work

    def posted(self, work: Work, answer_ts: str, answer: str) -> None:
        """Record that the answer stands in the channel."""
        self._finish(work, "posted", answer_ts, answer)

    def undeliverable(self, work: Work) -> None:
        """Record that Slack refuses the answer for good (channel gone, bot removed, …)."""
        self._finish(work, "undeliverable", None, None)

    def put_back(self, work: Work) -> None:
        """Let a question be tried again."""
        with self._changed:
            self._database.execute(
                "UPDATE questions SET state='received' WHERE event_id=?", (work.asked.event_id,)
            )
            self._changed.notify_all()

    def history(self, asked: Asked) -> tuple[Turn, ...]:
        """What was asked and answered in this thread before, oldest first."""
        with self._changed:
            rows = self._database.execute(
                "SELECT text, answer FROM questions WHERE team=? AND channel=? AND thread=?"
                " AND ts<? AND state='posted' AND plan='answer' ORDER BY ts DESC LIMIT ?",
                (asked.team, asked.channel, asked.thread, asked.ts, HISTORY_QUESTIONS),
            ).fetchall()
        pairs = ((Turn(ASKER, text), Turn(ONRECORD, answer)) for text, answer in reversed(rows))
        return tuple(turn for pair in pairs for turn in pair)

    def forget(self, older_than_s: float) -> int:
        """Delete what was asked longer ago and is settled; returns how many questions went."""
        before = self._clock() - older_than_s
        with self._changed:
            self._database.execute("DELETE FROM threads WHERE CAST(last_ts AS REAL)<?", (before,))
            return self._database.execute(
                "DELETE FROM questions"
                " WHERE received_at<? AND state IN ('posted', 'undeliverable')",
                (before,),
            ).rowcount

    def unanswered(self) -> int:
        """How many questions wait for their answer."""
        with self._changed:
            return self._unanswered

    def wake(self) -> None:
        """Let everyone who waits in `take` look again."""
        with self._changed:
            self._changed.notify_all()

    def close(self) -> None:
        """Give up the file. Unfinished questions stay in it for the next start."""
        with self._changed:
            self._database.close()
            self._lock.release()

    def _is_known(self, asked: Asked) -> bool:
        known = self._database.execute(
            "SELECT 1 FROM questions WHERE event_id=? OR (team=? AND channel=? AND ts=?)",
            (asked.event_id, asked.team, asked.channel, asked.ts),
        )
        return known.fetchone() is not None

    def _is_theirs(self, asked: Asked) -> bool:
        theirs = self._database.execute(
            "SELECT 1 FROM threads"
            " WHERE team=? AND channel=? AND thread=? AND speaker=? AND since_ts<?",
            (asked.team, asked.channel, asked.thread, asked.user, asked.ts),
        )
        return theirs.fetchone() is not None

    def _plan(self, asked: Asked) -> Plan:
        if not asked.text:
            return Plan.HELP
        return Plan.ANSWER if self._unanswered < self._queue_limit else Plan.BUSY

    def _insert(self, asked: Asked, plan: Plan) -> None:
        message = (
            *(asked.event_id, asked.team, asked.channel, asked.ts, asked.thread),
            *(asked.user, asked.kind.value, asked.text),
        )
        self._database.execute(
            f"INSERT INTO questions ({_MESSAGE_COLUMNS}, plan, state, received_at)"
            f" VALUES ({', '.join('?' * len(message))}, ?, 'received', ?)",
            (*message, plan.value, self._clock()),
        )

    def _keep_speaker(self, asked: Asked) -> None:
        self._database.execute(
            "INSERT INTO threads (team, channel, thread, speaker, since_ts, last_ts)"
            " VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET speaker=excluded.speaker, last_ts=excluded.last_ts,"
            " since_ts=iif(speaker IS excluded.speaker, since_ts, excluded.since_ts)"
            " WHERE excluded.last_ts>last_ts",
            (asked.team, asked.channel, asked.thread, asked.user, asked.ts, asked.ts),
        )

    def _mark_shared(self, message: Asked | Overheard) -> None:
        # Events can arrive late and out of order: only what was written later changes the thread.
        self._database.execute(
            "UPDATE threads SET speaker=NULL, last_ts=?"
            " WHERE team=? AND channel=? AND thread=? AND last_ts<?",
            (message.ts, message.team, message.channel, message.thread, message.ts),
        )

    def _take_now(self, plans: Collection[Plan]) -> Work | None:
        wanted = tuple(plan.value for plan in plans)
        row = self._database.execute(
            f"SELECT {_MESSAGE_COLUMNS}, plan, tries, id FROM questions AS mine"
            f" WHERE state='received' AND plan IN ({', '.join('?' * len(wanted))})"
            " AND (plan!='answer' OR NOT EXISTS (SELECT 1 FROM questions AS other"
            " WHERE other.state='answering' AND other.plan='answer' AND other.team=mine.team"
            " AND other.channel=mine.channel AND other.thread=mine.thread))"
            " ORDER BY id LIMIT 1",
            wanted,
        ).fetchone()
        if row is None:
            return None
        event_id, team, channel, ts, thread, user, kind, text, plan, tries, row_id = row
        self._database.execute(
            "UPDATE questions SET state='answering', tries=tries+1 WHERE id=?", (row_id,)
        )
        asked = Asked(event_id, team, channel, ts, thread, user, Kind(kind), text)
        return Work(asked, Plan(plan), tries)

    def _finish(self, work: Work, state: str, answer_ts: str | None, answer: str | None) -> None:
        with self._changed:
            self._database.execute(
                "UPDATE questions SET state=?, answer_ts=?, answer=? WHERE event_id=?",
                (state, answer_ts, answer, work.asked.event_id),
            )
            self._unanswered -= work.plan is Plan.ANSWER
            self._changed.notify_all()

    def _count_unanswered(self) -> int:
        (count,) = self._database.execute(
            "SELECT COUNT(*) FROM questions"
            " WHERE state IN ('received', 'answering') AND plan='answer'"
        ).fetchone()
        return int(count)
