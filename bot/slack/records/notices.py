"""Notes below answers whose documents have changed: each is claimed once, then posted.

An answer is compared with each published generation at most once; what of it did not stand any
more is kept with it, so that only what is lost anew is told.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.slack.records.answers import COLUMNS, KeptAnswer, kept_answer
from bot.slack.records.table import Connection


@dataclass(frozen=True, slots=True)
class Due:
    """An answer that has not been compared with the published generation."""

    kept: KeptAnswer
    compared: int
    """The generation with which it was compared last."""
    dead: frozenset[int]
    """Numbers, from 1, of the citations that did not stand in that one any more."""


@dataclass(frozen=True, slots=True)
class Found:
    """What has become of an answer in a generation."""

    due: Due
    generation: int
    dead: frozenset[int]


@dataclass(frozen=True, slots=True)
class Notice:
    """A note that is claimed, or stands in Slack."""

    answer_id: str
    generation: int
    channel: str
    thread: str
    text: str
    ts: str = ""
    """Where it stands; empty until it is posted."""

    @property
    def reply_id(self) -> str:
        """Names the note in Slack, apart from the answer."""
        return f"{self.answer_id}:{self.generation}"


class Notices:
    """One note an answer and generation, whatever becomes of the process that posts it."""

    def __init__(self, connection: Connection, clock: Callable[[], float]) -> None:
        self._connection = connection
        self._clock = clock

    def due(self, generation: int, younger_than_s: float, limit: int) -> list[Due]:
        """Answers in threads that are to be compared with a generation, newest first.

        Not those in a thread in which something is being answered: theirs may not stand there yet.
        """
        rows = self._connection.rows(
            f"SELECT compared, dead, {COLUMNS} FROM answers"
            " WHERE at>? AND compared!=? AND thread GLOB '[0-9]*.[0-9]*' AND NOT EXISTS"
            " (SELECT 1 FROM questions q WHERE q.team=answers.team AND q.channel=answers.channel"
            " AND q.thread=answers.thread AND q.state IN ('received', 'answering'))"
            " ORDER BY at DESC LIMIT ?",
            *(self._clock() - younger_than_s, generation, limit),
        )
        return [
            Due(kept_answer(tuple(row)), int(str(compared)), frozenset(json.loads(str(dead))))
            for compared, dead, *row in rows
        ]

    def claim(self, kept: KeptAnswer, generation: int, text: str) -> None:
        """Claim a note, unless there is one for this generation already."""
        self._connection.change(
            "INSERT OR IGNORE INTO notices"
            " (answer_id, generation, channel, thread, text, answered_at, state, at)"
            " VALUES (?, ?, ?, ?, ?, ?, 'claimed', ?)",
            *(kept.answer_id, generation, kept.channel, kept.thread, text),
            *(kept.at, self._clock()),
        )

    def compared(self, found: Iterable[Found]) -> None:
        """Note what answers have lost; not of those that were replaced meanwhile."""
        self._connection.change_each(
            "UPDATE answers SET compared=?, dead=? WHERE answer_id=? AND at=?",
            [
                (f.generation, json.dumps(sorted(f.dead)), f.due.kept.answer_id, f.due.kept.at)
                for f in found
            ],
        )

    def claimed(self) -> list[Notice]:
        """Notes that may not stand in Slack yet, in the order in which they were claimed."""
        rows = self._connection.rows(
            "SELECT answer_id, generation, channel, thread, text FROM notices"
            " WHERE state='claimed' ORDER BY rowid"
        )
        return [
            Notice(str(answer_id), int(str(generation)), str(channel), str(thread), str(text))
            for answer_id, generation, channel, thread, text in rows
        ]

    def is_wanted(self, notice: Notice) -> bool:
        """Whether its answer is still the one that it was claimed for."""
        row = self._connection.row(
            "SELECT 1 FROM answers a JOIN notices n ON n.answer_id=a.answer_id"
            " AND n.answered_at=a.at WHERE n.answer_id=? AND n.generation=?",
            *(notice.answer_id, notice.generation),
        )
        return row is not None

    def settle(self, notice: Notice, state: str, ts: str = "") -> None:
        """Note what became of a claimed note: posted, undeliverable or withdrawn."""
        self._connection.change(
            "UPDATE notices SET state=?, ts=? WHERE answer_id=? AND generation=?",
            *(state, ts, notice.answer_id, notice.generation),
        )

    def count(self, generation: int) -> int:
        """How many notes a generation has led to."""
        row = self._connection.row("SELECT COUNT(*) FROM notices WHERE generation=?", generation)
        return int(str(row[0])) if row else 0

    def places(self, answer_id: str) -> list[tuple[str, str]]:
        """Channel and `ts` of the notes that stand below an answer."""
        rows = self._connection.rows(
            "SELECT channel, ts FROM notices WHERE answer_id=? AND ts!=''", answer_id
        )
        return [(str(channel), str(ts)) for channel, ts in rows]

    def drop(self, answer_id: str) -> None:
        """Forget the notes of an answer that is replaced or gone."""
        self._connection.change("DELETE FROM notices WHERE answer_id=?", answer_id)

    def forget(self, before: float) -> None:
        """Delete what was noted earlier."""
        self._connection.change("DELETE FROM notices WHERE at<?", before)
