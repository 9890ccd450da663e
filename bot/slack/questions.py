"""The bot's questions on disk: one row each, shared by those who claim and those who answer.

A question goes received -> answering -> posted (or undeliverable). Whatever changes what is wanted
of it (an edit, a deletion, a stop) makes a new revision with a plan of its own; who was at work on
an earlier revision finds that out when finishing, and the row waits again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from bot.slack.events import Asked
from bot.slack.records.file import open_file
from bot.slack.records.table import Connection
from bot.slack.records.table import Row as Row


class Plan(StrEnum):
    """How a claimed question is to be replied to."""

    ANSWER = "answer"
    CHECK = "check"
    HELP = "help"
    BUSY = "busy"
    STOPPED = "stopped"
    WITHDRAW = "withdraw"
    """The question is gone: so shall be its reply."""


SLOW_PLANS = (Plan.ANSWER, Plan.CHECK)
"""What takes the documents; everything else is said at once."""
QUICK_PLANS = tuple(plan for plan in Plan if plan not in SLOW_PLANS)
IS_SLOW = "plan IN ('answer', 'check')"


class Recall:
    """Tells whoever waits for an answer that it is wanted no more."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_recalled = False
        self._tell: Callable[[], None] | None = None

    def tell(self, callback: Callable[[], None]) -> None:
        """Call back once when recalled; at once if that has happened already."""
        with self._lock:
            self._tell = callback
            is_recalled = self._is_recalled
        if is_recalled:
            callback()

    def recall(self) -> None:
        """Call the work off."""
        with self._lock:
            is_first = not self._is_recalled
            self._is_recalled = True
            callback = self._tell
        if is_first and callback is not None:
            callback()


@dataclass(frozen=True, slots=True)
class Work:
    """A claimed question in a worker's hands, as it was wanted when it was taken."""

    asked: Asked
    plan: Plan
    earlier_tries: int
    """Above 0, a reply may have been posted without being recorded."""
    revision: int = 0
    answer_ts: str = ""
    """The reply to an earlier revision, which this one replaces; empty if none stands."""
    recall: Recall = field(default_factory=Recall, compare=False)


class Questions(Connection):
    """The table of questions, safe for several threads and for several processes."""

    def __init__(self, path: Path) -> None:
        self.changed = threading.Condition()  # of a lock that its holder may take again
        """Held while the file is used; notified when there may be something new in it."""
        self.in_work: dict[str, Work] = {}
        super().__init__(open_file(path), self.changed)
        self._seen_version = self._data_version()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep other threads and processes out; commit at the end, and tell who waits."""
        with self.changed:
            with self._database:
                self._database.execute("BEGIN IMMEDIATE")
                yield
            self.changed.notify_all()

    def unanswered(self) -> int:
        """How many questions wait for their answer, or are being answered."""
        return count(
            self.row(
                "SELECT COUNT(*) FROM questions"
                f" WHERE state IN ('received', 'answering') AND {IS_SLOW}"
            )
        )

    def recall(self, event_id: str) -> None:
        """Call off the work on a question, if it is being worked on in this process."""
        with self.changed:
            work = self.in_work.get(event_id)
        if work is not None:
            work.recall.recall()

    def look_for_changes(self) -> bool:
        """Whether another connection has written since the last look."""
        with self.changed:
            version = self._data_version()
            has_changed = version != self._seen_version
            self._seen_version = version
            if has_changed:
                self.changed.notify_all()
            return has_changed

    def wake(self) -> None:
        """Let everyone who waits for a change look again."""
        with self.changed:
            self.changed.notify_all()

    def _data_version(self) -> int:
        (version,) = self._database.execute("PRAGMA data_version").fetchone()
        return int(version)


def count(row: Row | None) -> int:
    """The number in a row of one number."""
    return int(str(row[0])) if row else 0
