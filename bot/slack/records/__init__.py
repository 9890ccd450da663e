"""What the bot keeps in one SQLite file beside the questions: answers, feedback, gaps, acts."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from bot.slack.records.answers import Answers
from bot.slack.records.audit import Audit
from bot.slack.records.channels import Channels
from bot.slack.records.feedback import Feedback
from bot.slack.records.file import RECORDS_FILE as RECORDS_FILE
from bot.slack.records.file import open_file
from bot.slack.records.gaps import Gaps
from bot.slack.records.memory import Memory
from bot.slack.records.notices import Notices
from bot.slack.records.table import Connection

KEEP_ANSWERS_S = 90 * 24 * 3600.0
"""For so long the passages of an answer can be opened from it."""
KEEP_NOTES_S = 365 * 24 * 3600.0
"""For so long feedback, reported gaps and the admins' acts are kept."""


class Records:
    """The file's tables, each behind what one does with it; safe for several threads."""

    def __init__(self, connection: Connection, clock: Callable[[], float]) -> None:
        self._connection = connection
        self._clock = clock
        self.answers = Answers(connection)
        self.feedback = Feedback(connection, clock)
        self.gaps = Gaps(connection, clock)
        self.audit = Audit(connection, clock)
        self.channels = Channels(connection)
        self.memory = Memory(connection)
        self.notices = Notices(connection, clock)

    @classmethod
    def open(cls, path: Path, *, clock: Callable[[], float] = time.time) -> Self:
        """Open the file, making it if it is new; several processes may hold it open."""
        return cls(Connection(open_file(path)), clock)

    def forget(self) -> None:
        """Delete what has been kept for long enough."""
        now = self._clock()
        self.answers.forget(now - KEEP_ANSWERS_S)
        self.notices.forget(now - KEEP_ANSWERS_S)
        for notes in (self.feedback, self.gaps, self.audit):
            notes.forget(now - KEEP_NOTES_S)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
