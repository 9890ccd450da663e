"""Every question claimed once, and whatever becomes of it noted: edited, deleted, stopped.

What is noted here is on disk before Slack is told that the event arrived, so a process that dies at
any point leaves either a note, which the next start acts on, or an event that Slack delivers again.
Events can arrive twice, late and in any order; each changes a question at most once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import StrEnum

from bot.slack.events import Asked, Deleted, Edited, Kind, Overheard, Stopped, Wants
from bot.slack.questions import IS_SLOW, SLOW_PLANS, Plan, Questions, Row, count

NEWS_S = 24 * 3600.0
"""For so long Slack may deliver a message: an unknown one that is older was settled long ago."""

_MADE_UP = (Kind.COMMAND, Kind.SHORTCUT)
"""Kinds of questions that are no messages, and so belong to no thread."""


class Claim(StrEnum):
    """What became of a message."""

    NEW = "new"
    DUPLICATE = "duplicate"
    NOT_OURS = "not_ours"
    """A thread message without a mention, in a thread that is not the speaker's and the bot's."""


class Change(StrEnum):
    """What became of an edit, a deletion or a stop."""

    NOTED = "noted"
    NOTHING = "nothing"
    """It changes nothing for the bot, or has been noted before."""


class Inbox:
    """Takes in what people ask, change and take back; any process may have one."""

    def __init__(
        self,
        questions: Questions,
        *,
        queue_limit: int,
        follows_up: Callable[[str], bool] = lambda channel: True,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._questions = questions
        self._queue_limit = queue_limit
        self._follows_up = follows_up
        self._clock = clock

    def claim(self, asked: Asked) -> Claim:
        """Claim a message for this bot. When this returns, the claim is on disk."""
        with self._questions.transaction():
            return self._claim(asked, edited_ts="")

    def edit(self, edited: Edited) -> Claim | Change:
        """Put an edited question anew; claim the message if only the edit puts it to the bot."""
        asked, edited_ts = edited.asked, edited.edited_ts
        with self._questions.transaction():
            known = self._find(asked.team, asked.channel, asked.ts)
            if known is not None:
                return self._put_anew(known, asked, edited_ts)
            if not edited.is_addressed or not (edited.adds_mention or self._is_news(asked)):
                return Change.NOTHING
            return self._claim(asked, edited_ts)

    def take_back(self, deleted: Deleted) -> Change:
        """Note that a message is gone: what was said to it goes, what is being said is not said."""
        with self._questions.transaction():
            known = self._find(deleted.team, deleted.channel, deleted.ts)
            if known is None:
                return self._take_back_unheard(deleted)
            event_id, plan, *_ = known
            if plan == Plan.WITHDRAW:
                return Change.NOTHING
            self._replan(str(event_id), Plan.WITHDRAW, "text=''")
        self._questions.recall(str(event_id))
        return Change.NOTED

    def stop(self, stopped: Stopped) -> Change:
        """End what is being answered in a thread; what is asked or edited later is answered."""
        place = (stopped.team, stopped.channel, stopped.thread)
        with self._questions.transaction():
            rows = self._questions.rows(
                "SELECT event_id FROM questions WHERE team=? AND channel=? AND thread=?"
                f" AND state IN ('received', 'answering') AND {IS_SLOW}"
                " AND ts<? AND edited_ts<?",
                *(*place, stopped.at, stopped.at),
            )
            for (event_id,) in rows:
                self._replan(str(event_id), Plan.STOPPED)
        for (event_id,) in rows:
            self._questions.recall(str(event_id))
        return Change.NOTED if rows else Change.NOTHING

    def unanswered(self) -> int:
        """How many questions wait for their answer, or are being answered."""
        return self._questions.unanswered()

    def overhear(self, message: Overheard) -> None:
        """Note that others take part in a thread from this message on."""
        self._mark_shared(message)

    def _claim(self, asked: Asked, edited_ts: str) -> Claim:
        if self._is_known(asked):
            return Claim.DUPLICATE
        if asked.kind is Kind.FOLLOW_UP:
            if not self._is_theirs(asked):
                self._mark_shared(asked)
                return Claim.NOT_OURS
            if not self._follows_up(asked.channel):
                return Claim.NOT_OURS
        self._insert(asked, self._plan(asked), "received", edited_ts)
        if asked.kind not in _MADE_UP:
            self._keep_speaker(asked)
        return Claim.NEW

    def _put_anew(self, known: Row, asked: Asked, edited_ts: str) -> Change:
        event_id, plan, text, earlier_edit = known
        if plan == Plan.WITHDRAW or edited_ts <= str(earlier_edit):
            return Change.NOTHING
        self._questions.change(
            "UPDATE questions SET edited_ts=? WHERE event_id=?", edited_ts, event_id
        )
        if asked.text == text:
            return Change.NOTHING
        # One that waits, or has been answered, is not told that there is no room for it.
        has_room = plan in SLOW_PLANS
        self._replan(str(event_id), self._plan(asked, has_room=has_room), "text=?", asked.text)
        return Change.NOTED

    def _take_back_unheard(self, deleted: Deleted) -> Change:
        """Keep a deletion that arrives before its message, which then is no question any more."""
        asked = deleted.asked
        if asked is None or not self._is_news(asked):
            return Change.NOTHING
        if asked.kind is Kind.FOLLOW_UP and not self._is_theirs(asked):
            return Change.NOTHING
        self._insert(asked, Plan.WITHDRAW, "posted", edited_ts="")
        self._questions.change("UPDATE questions SET text='' WHERE event_id=?", asked.event_id)
        return Change.NOTED

    def _replan(self, event_id: str, plan: Plan, also: str = "", *values: object) -> None:
        """Make a new revision. Who is at work keeps the row, and puts it back when finishing."""
        more = f", {also}" if also else ""
        # What may have been posted stays known; that the bot once died of the old text does not.
        self._questions.change(
            "UPDATE questions SET plan=?, revision=revision+1, tries=min(tries, 1),"
            f" state=iif(state='answering', 'answering', 'received'){more} WHERE event_id=?",
            *(plan.value, *values, event_id),
        )

    def _find(self, team: str, channel: str, ts: str) -> Row | None:
        return self._questions.row(
            "SELECT event_id, plan, text, edited_ts FROM questions"
            " WHERE team=? AND channel=? AND ts=?",
            *(team, channel, ts),
        )

    def _is_known(self, asked: Asked) -> bool:
        known = self._questions.row(
            "SELECT 1 FROM questions WHERE event_id=? OR (team=? AND channel=? AND ts=?)",
            *(asked.event_id, asked.team, asked.channel, asked.ts),
        )
        return known is not None

    def _is_news(self, asked: Asked) -> bool:
        try:
            return float(asked.ts) > self._clock() - NEWS_S
        except ValueError:
            return False

    def _is_theirs(self, asked: Asked) -> bool:
        theirs = self._questions.row(
            "SELECT 1 FROM threads"
            " WHERE team=? AND channel=? AND thread=? AND speaker=? AND since_ts<?",
            *(asked.team, asked.channel, asked.thread, asked.user, asked.ts),
        )
        return theirs is not None

    def _plan(self, asked: Asked, *, has_room: bool = False) -> Plan:
        if not asked.text:
            return Plan.HELP
        if not has_room and not self._has_room():
            return Plan.BUSY
        return Plan.CHECK if asked.wants is Wants.CHECK else Plan.ANSWER

    def _has_room(self) -> bool:
        waiting = self._questions.row(
            "SELECT COUNT(*) FROM (SELECT 1 FROM questions"
            f" WHERE state IN ('received', 'answering') AND {IS_SLOW} LIMIT ?)",
            self._queue_limit,
        )
        return count(waiting) < self._queue_limit

    def _insert(self, asked: Asked, plan: Plan, state: str, edited_ts: str) -> None:
        self._questions.change(
            "INSERT INTO questions (event_id, team, channel, ts, thread, user, kind, text,"
            " reply_to, plan, state, edited_ts, received_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(asked.event_id, asked.team, asked.channel, asked.ts, asked.thread),
            *(asked.user, asked.kind.value, asked.text, asked.reply_to),
            *(plan.value, state, edited_ts, self._clock()),
        )

    def _keep_speaker(self, asked: Asked) -> None:
        self._questions.change(
            "INSERT INTO threads (team, channel, thread, speaker, since_ts, last_ts)"
            " VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET speaker=excluded.speaker, last_ts=excluded.last_ts,"
            " since_ts=iif(speaker IS excluded.speaker, since_ts, excluded.since_ts)"
            " WHERE excluded.last_ts>last_ts",
            *(asked.team, asked.channel, asked.thread, asked.user, asked.ts, asked.ts),
        )

    def _mark_shared(self, message: Asked | Overheard) -> None:
        # Events can arrive late and out of order: only what was written later changes the thread.
        self._questions.change(
            "UPDATE threads SET speaker=NULL, last_ts=?"
            " WHERE team=? AND channel=? AND thread=? AND last_ts<?",
            *(message.ts, message.team, message.channel, message.thread, message.ts),
        )
