"""What admins read of gaps, feedback and writing: all questions, but no more than they may see.

What people ask is told to every admin. What they quote or comment of a document, and what a chat
model made of it, only to one who may see the document.
"""

from __future__ import annotations

from dataclasses import replace

from bot.slack.desk.digests import feedback_digest, gap_digest, writing_digest
from bot.slack.desk.documents import Documents
from bot.slack.records import Records
from bot.slack.records.feedback import Said
from bot.slack.rights import Rights
from bot.slack.show.corpus import Digest

MOST_WRITTEN = 100
_MOST_SAID = 20
_HELD_BACK = "(held back: it is about documents that are not open to you)"


class AdminDigests:
    """Makes each digest for one reader."""

    def __init__(self, records: Records, documents: Documents, rights: Rights) -> None:
        self._records = records
        self._documents = documents
        self._rights = rights

    def gaps(self) -> Digest:
        """Questions that people missed an answer to."""
        return gap_digest(self._records.gaps.all())

    def feedback(self, reader: str) -> Digest:
        """What people said of answers."""
        said, documents = self._records.feedback.all(), self._within(reader)
        shown = [self._seen(documents, one) for one in said[:_MOST_SAID]]
        return replace(feedback_digest(shown), total=len(said))

    def writing(self, reader: str) -> Digest:
        """What a chat model wrote, and what of it was not posted."""
        documents = self._within(reader)
        written = self._records.answers.written(MOST_WRITTEN)
        return writing_digest([k for k in written if documents.cleared(k.result) is not None])

    def _within(self, reader: str) -> Documents:
        return self._documents.within(self._rights.alone(reader).names)

    def _seen(self, documents: Documents, one: Said) -> Said:
        if not (one.right_passage or one.comment) or self._is_open(documents, one):
            return one
        return replace(one, right_passage="", comment=_HELD_BACK)

    def _is_open(self, documents: Documents, one: Said) -> bool:
        kept = self._records.answers.find(one.answer_id)
        if kept is not None:
            return documents.cleared(kept.result) is not None
        return {*one.sources} <= {info.source for info in documents.status().sources}
