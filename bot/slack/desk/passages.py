"""The passages behind an answer, opened at their place."""

from __future__ import annotations

from bot.slack.desk.documents import Documents
from bot.slack.desk.interactions import Press
from bot.slack.desk.post import Post
from bot.slack.records import Records
from bot.slack.rights import Rights
from bot.slack.show.passages import closed_view, passages_view, record_gone_view


class Passages:
    """Shows what an answer rests on, or what a refusal found nearby."""

    def __init__(self, post: Post, records: Records, documents: Documents, rights: Rights) -> None:
        self._post = post
        self._records = records
        self._documents = documents
        self._rights = rights

    def show(self, press: Press) -> None:
        """Open a modal with the passages of the answer whose button was pressed."""
        kept = self._records.answers.find(press.value)
        if kept is None:
            self._post.open_view(press.trigger_id, record_gone_view())
            return
        # Who presses need not be who asked, nor may they still see what they could see then.
        documents = self._documents.within(self._rights.alone(press.user, press.channel).names)
        result = documents.cleared(kept.result)
        if result is None:
            self._post.open_view(press.trigger_id, closed_view())
            return
        opened = [documents.open(citation) for citation in result.citations or result.nearest]
        self._post.open_view(
            press.trigger_id, passages_view(opened, are_nearest=not result.citations)
        )
