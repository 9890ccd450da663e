"""Questions that the documents did not answer, and that somebody wants answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.slack.records.answers import KeptAnswer
from bot.slack.records.table import Connection


class Wish(StrEnum):
    """What was done about a refusal."""

    REPORTED = "reported"
    ASKED = "asked"
    """Handed to the owners' channel."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One question and what was wished."""

    answer_id: str
    wish: Wish
    user: str
    question: str
    reason: str
    at: float


class Gaps:
    """Each wish about one refusal once, whoever presses, however often."""

    def __init__(self, connection: Connection, clock: Callable[[], float]) -> None:
        self._connection = connection
        self._clock = clock

    def add(self, kept: KeptAnswer, user: str, wish: Wish) -> bool:
        """Keep a wish; False when it stands there already."""
        added = self._connection.change(
            "INSERT OR IGNORE INTO gaps (answer_id, kind, user, question, reason, at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            *(kept.answer_id, wish.value, user, kept.question, kept.outcome, self._clock()),
        )
        return added > 0

    def take_back(self, answer_id: str, wish: Wish) -> None:
        """Forget a wish that could not be passed on, so that it can be tried again."""
        self._connection.change(
            "DELETE FROM gaps WHERE answer_id=? AND kind=?", answer_id, wish.value
        )

    def of(self, answer_id: str) -> frozenset[Wish]:
        """What was wished about one refusal."""
        rows = self._connection.rows("SELECT kind FROM gaps WHERE answer_id=?", answer_id)
        return frozenset(Wish(str(kind)) for (kind,) in rows)

    def all(self) -> list[Gap]:
        """Every wish, newest first."""
        rows = self._connection.rows(
            "SELECT answer_id, kind, user, question, reason, at FROM gaps ORDER BY at DESC, id DESC"
        )
        return [
            Gap(str(id_), Wish(str(kind)), str(user), str(text), str(reason), float(str(at)))
            for id_, kind, user, text, reason, at in rows
        ]

    def forget(self, before: float) -> None:
        """Delete what was wished earlier."""
        self._connection.change("DELETE FROM gaps WHERE at<?", before)
