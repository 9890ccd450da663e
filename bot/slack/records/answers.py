"""Answers as they were posted, so that their passages can be opened later."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from bot.slack.records.results import from_json, to_json
from bot.slack.records.table import Connection, Row
from bot.slack.records.writings import trace_from_json, trace_to_json
from retrieval.answer.writing.trace import Trace
from retrieval.model import Answer, Refusal

COLUMNS = "answer_id, team, channel, thread, user, question, result, at, writing"
"""What is read back of an answer."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer or a refusal, to whom it was given, and where."""

    answer_id: str
    team: str
    channel: str
    thread: str
    user: str
    question: str
    result: Answer | Refusal
    at: float
    """Unix time, seconds."""
    writing: Trace | None = None
    """What a chat model wrote for it and what became of that, where one was asked."""

    @property
    def outcome(self) -> str:
        """`answered`, or the reason of the refusal."""
        return "answered" if isinstance(self.result, Answer) else self.result.reason.value

    @property
    def question_hash(self) -> str:
        """Names the question without telling it."""
        return question_hash(self.question)


def question_hash(question: str) -> str:
    """The same for questions that differ only in case and spaces."""
    words = " ".join(question.casefold().split())
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Answers:
    """The answers of the last weeks, by their id."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, kept: KeptAnswer) -> None:
        """Keep an answer; a later one to the same question (after an edit) replaces it."""
        k = kept
        self._connection.change(
            f"INSERT OR REPLACE INTO answers ({COLUMNS}, compared)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(k.answer_id, k.team, k.channel, k.thread, k.user),
            *(k.question, to_json(k.result), k.at, trace_to_json(k.writing), k.result.generation),
        )

    def find(self, answer_id: str) -> KeptAnswer | None:
        """The answer with this id, if it is still kept."""
        row = self._connection.row(f"SELECT {COLUMNS} FROM answers WHERE answer_id=?", answer_id)
        return kept_answer(row) if row else None

    def recent(self, user: str, limit: int) -> list[KeptAnswer]:
        """What somebody asked last, newest first."""
        rows = self._connection.rows(
            f"SELECT {COLUMNS} FROM answers WHERE user=? ORDER BY at DESC LIMIT ?", user, limit
        )
        return [kept_answer(row) for row in rows]

    def written(self, limit: int) -> list[KeptAnswer]:
        """The newest answers for which a chat model was asked, newest first."""
        rows = self._connection.rows(
            f"SELECT {COLUMNS} FROM answers WHERE writing != '' ORDER BY at DESC LIMIT ?", limit
        )
        return [kept_answer(row) for row in rows]

    def drop(self, answer_id: str) -> None:
        """Forget an answer whose question was deleted."""
        self._connection.change("DELETE FROM answers WHERE answer_id=?", answer_id)

    def forget(self, before: float) -> None:
        """Delete what was answered earlier."""
        self._connection.change("DELETE FROM answers WHERE at<?", before)


def kept_answer(row: Row) -> KeptAnswer:
    """The answer in a row of `COLUMNS`."""
    *names, result, at, writing = row
    return KeptAnswer(  # type: ignore[call-arg]
        *map(str, names),  # type: ignore[arg-type]  # six columns of text, then these three
        from_json(str(result)),
        float(str(at)),
        trace_from_json(str(writing)),
    )
