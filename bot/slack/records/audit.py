"""Who did what as an admin, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.slack.records.table import Connection, Row

_NOT_PERMITTED: Final = "not permitted"


@dataclass(frozen=True, slots=True)
class Act:
    """One act of an admin, or the refusal of somebody who is none."""

    user: str
    act: str
    outcome: str
    at: float


class Audit:
    """A list that only grows, until its entries are old."""

    def __init__(self, connection: Connection, clock: Callable[[], float]) -> None:
        self._connection = connection
        self._clock = clock

    def note(self, user: str, act: str, outcome: str) -> None:
        """Write down an act."""
        self._connection.change(
            "INSERT INTO audit (user, act, outcome, at) VALUES (?, ?, ?, ?)",
            *(user, act, outcome, self._clock()),
        )

    def recent(self, limit: int) -> list[Act]:
        """The latest acts, newest first."""
        rows = self._connection.rows(
            "SELECT user, act, outcome, at FROM audit ORDER BY id DESC LIMIT ?", limit
        )
        return [_act(row) for row in rows]

    def note_reading(self, user: str, what: str) -> None:
        """Write down that an admin has read what people said."""
        self.note(user, what, "read")

    def refuse(self, user: str, act: str) -> None:
        """Write down that somebody who is no admin tried."""
        self.note(user, act, _NOT_PERMITTED)

    def last(self, act: str) -> Act | None:
        """The latest act of one kind that was permitted."""
        row = self._connection.row(
            "SELECT user, act, outcome, at FROM audit WHERE act=? AND outcome!=?"
            " ORDER BY id DESC LIMIT 1",
            *(act, _NOT_PERMITTED),
        )
        return _act(row) if row else None

    def forget(self, before: float) -> None:
        """Delete what was done earlier."""
        self._connection.change("DELETE FROM audit WHERE at<?", before)


def _act(row: Row) -> Act:
    user, act, outcome, at = row
    return Act(str(user), str(act), str(outcome), float(str(at)))
