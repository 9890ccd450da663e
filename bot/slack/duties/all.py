"""The duties that the settings ask for."""

from __future__ import annotations

from bot.slack.desk.options import BotOptions
from bot.slack.desk.post import Post
from bot.slack.desk.running import Runs
from bot.slack.duties.reindexing import Reindexing
from bot.slack.records import Records
from bot.slack.shift import Beside
from bot.watching import FolderWatch


def build_duties(options: BotOptions, runs: Runs, post: Post, records: Records) -> list[Beside]:
    """Put them together; they are started in this order."""
    if options.reindex_every_s is None and options.watched is None:
        return []
    reindexing = Reindexing(runs, post, records, options.admins, every_s=options.reindex_every_s)
    if options.watched is None:
        return [reindexing]
    watch = FolderWatch(options.watched, reindexing.folder_changed, ignored=options.unwatched)
    return [reindexing, watch]
