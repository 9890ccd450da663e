"""What admins have set for a channel."""

from __future__ import annotations

from bot.slack.records.table import Connection


class Channels:
    """Channels in which the bot waits for a mention each time; in all others it follows up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def follow_ups_on(self, channel: str) -> bool:
        """Whether thread messages without a mention may be questions here."""
        row = self._connection.row("SELECT follow_ups FROM channels WHERE channel=?", channel)
        return row is None or bool(row[0])

    def set_follow_ups(self, channel: str, on: bool) -> None:
        """Switch follow-ups without a mention on or off."""
        self._connection.change(
            "INSERT OR REPLACE INTO channels (channel, follow_ups) VALUES (?, ?)", channel, int(on)
        )
