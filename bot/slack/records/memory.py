"""A few values that outlast the bot: one text a name."""

from __future__ import annotations

from bot.slack.records.table import Connection


class Memory:
    """What was remembered last under each name."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> str:
        """The value; empty if there is none."""
        row = self._connection.row("SELECT value FROM memory WHERE name=?", name)
        return str(row[0]) if row else ""

    def set(self, name: str, value: str) -> None:
        """Remember a value; an empty one is forgotten."""
        if value:
            self._connection.change(
                "INSERT OR REPLACE INTO memory (name, value) VALUES (?, ?)", name, value
            )
        else:
            self._connection.change("DELETE FROM memory WHERE name=?", name)
