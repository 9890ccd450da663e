"""What an operator sets for the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.audiences import Collections
from bot.slack.desk.upkeep import Upkeep


@dataclass(frozen=True, slots=True)
class BotOptions:
    """Who may administer the bot, and whom refused questions are handed to."""

    admins: frozenset[str] = frozenset()
    """Ids of Slack users."""
    trusts_workspace_admins: bool = False
    """Whether admins and owners of the workspace are admins of the bot as well."""
    owners_channel: str = ""
    """Id of the channel for "Ask a person"; without one the button is not offered."""
    collections: Callable[[], Collections] = Collections
    """Which collections there are and who may see them, read anew for each question."""
    upkeep: Upkeep | None = None
    """How to index and to go back; None where that is not possible from here."""
    notice_days: int = 0
    """Below answers of so many days it is noted when their documents change; 0 for never."""
    notice_look_s: float = 5.0
    """How often the bot looks whether a generation was published."""
    reindex_every_s: float | None = None
    """How often the documents are indexed without anybody asking; None for never."""
    watched: tuple[Path, ...] = ()
    """Folders with the documents, if they are indexed as soon as they change."""
    unwatched: Path | None = None
    """Folder of the bot's own files, which may lie inside a watched one."""
