"""What people said of answers, with enough beside it to measure the bot against it later."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.slack.records.answers import KeptAnswer
from bot.slack.records.table import Connection, Row


class Kind(StrEnum):
    """What was wrong with an answer or a refusal."""

    UNSAID = ""
    WRONG = "wrong"
    INCOMPLETE = "incomplete"
    SHOULD_HAVE_ANSWERED = "should_have_answered"
    SHOULD_HAVE_REFUSED = "should_have_refused"


@dataclass(frozen=True, slots=True)
class Said:
    """One person's word on one answer."""

    answer_id: str
    user: str
    is_good: bool
    kind: Kind
    right_passage: str
    comment: str
    question_hash: str
    question: str
    outcome: str
    """`answered`, or the reason of the refusal."""
    answer: str
    sources: tuple[str, ...]
    """The documents that the answer quoted."""
    generation: int
    at: float


_COLUMNS = (
    "answer_id, user, verdict, kind, right_passage, comment, question_hash, question, outcome,"
    " answer, sources, generation, at"
)
_RENEWED = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS.split(", ")[2:])
_SAYS_MORE = (
    "excluded.verdict != feedback.verdict"
    " OR excluded.kind || excluded.right_passage || excluded.comment != ''"
)


class Feedback:
    """One row a person and answer; a second thumb alone takes nothing away of what was said."""

    def __init__(self, connection: Connection, clock: Callable[[], float]) -> None:
        self._connection = connection
        self._clock = clock

    def say(
        self,
        kept: KeptAnswer,
        user: str,
        *,
        is_good: bool,
        kind: Kind = Kind.UNSAID,
        right_passage: str = "",
        comment: str = "",
    ) -> None:
        """Keep what somebody says of an answer."""
        sources = sorted({citation.source for citation in kept.result.citations})
        self._connection.change(
            f"INSERT INTO feedback ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            f" ON CONFLICT (answer_id, user) DO UPDATE SET {_RENEWED} WHERE {_SAYS_MORE}",
            *(kept.answer_id, user, "up" if is_good else "down", kind.value),
            *(right_passage, comment),
            *(kept.question_hash, kept.question, kept.outcome),
            *(kept.result.text, json.dumps(sources)),
            *(kept.result.generation, self._clock()),
        )

    def all(self) -> list[Said]:
        """Everything that was said, newest first."""
        rows = self._connection.rows(f"SELECT {_COLUMNS} FROM feedback ORDER BY at DESC, id DESC")
        return [_said(row) for row in rows]

    def forget(self, before: float) -> None:
        """Delete what was said earlier."""
        self._connection.change("DELETE FROM feedback WHERE at<?", before)


def _said(row: Row) -> Said:
    answer_id, user, verdict, kind, *texts, sources, generation, at = row
    right_passage, comment, question_hash, question, outcome, answer = map(str, texts)
    return Said(
        answer_id=str(answer_id),
        user=str(user),
        is_good=verdict == "up",
        kind=Kind(str(kind)),
        right_passage=right_passage,
        comment=comment,
        question_hash=question_hash,
        question=question,
        outcome=outcome,
        answer=answer,
        sources=tuple(json.loads(str(sources))),
        generation=int(str(generation)),
        at=float(str(at)),
    )
