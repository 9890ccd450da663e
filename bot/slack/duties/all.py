"""The duties that the settings ask for."""

from __future__ import annotations

from bot.services import Answerer
from bot.slack.desk.options import BotOptions
from bot.slack.desk.running import Runs
from bot.slack.duties.notices import NoticeDuty
from bot.slack.duties.reindexing import Reindexing
from bot.slack.poster import Poster
from bot.slack.records import Records
from bot.slack.records.answers import KeptAnswer
from bot.slack.rights import Rights
from bot.slack.shift import Beside
from bot.watching import FolderWatch


def build_duties(
    options: BotOptions,
    runs: Runs,
    poster: Poster,
    records: Records,
    documents: Answerer,
    rights: Rights,
    *,
    interval_s: float,
) -> list[Beside]:
    """Put them together; notes are posted at most every `interval_s`."""
    duties: list[Beside] = []
    if options.notice_days:
        duties.append(
            NoticeDuty(
                documents,
                records,
                poster,
                days=options.notice_days,
                may_see=lambda kept: _may_see(documents, rights, kept),
                interval_s=interval_s,
                look_s=options.notice_look_s,
            )
        )
    if options.reindex_every_s is None and not options.watched:
        return duties
    reindexing = Reindexing(runs, poster, records, options.admins, every_s=options.reindex_every_s)
    watches = (
        FolderWatch(folder, reindexing.folder_changed, ignored=options.unwatched)
        for folder in options.watched
    )
    return [*duties, reindexing, *watches]


def _may_see(documents: Answerer, rights: Rights, kept: KeptAnswer) -> bool:
    """Whether what an answer rests on may still be shown where it was given."""
    allowed = rights.at(kept.channel, kept.user)
    return documents.within(allowed.names).cleared(kept.result) is not None
