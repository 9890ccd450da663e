"""The passages behind an answer, opened at their place."""

from __future__ import annotations

from typing import Protocol

from bot.slack.desk.interactions import Press
from bot.slack.desk.post import Post
from bot.slack.records import Records
from bot.slack.show.passages import passages_view, record_gone_view
from retrieval.answer.opened import Opened
from retrieval.model import Citation


class Opener(Protocol):
    """What opens citations in the published documents."""

    def open(self, citation: Citation) -> Opened:
        """Open a citation at its place."""
        ...


class Passages:
    """Shows what an answer rests on, or what a refusal found nearby."""

    def __init__(self, post: Post, records: Records, opener: Opener) -> None:
        self._post = post
        self._records = records
        self._opener = opener

    def show(self, press: Press) -> None:
        """Open a modal with the passages of the answer whose button was pressed."""
        kept = self._records.answers.find(press.value)
        if kept is None:
            self._post.open_view(press.trigger_id, record_gone_view())
            return
        cited = kept.result.citations or kept.result.nearest
        opened = [self._opener.open(citation) for citation in cited]
        self._post.open_view(
            press.trigger_id, passages_view(opened, are_nearest=not kept.result.citations)
        )
