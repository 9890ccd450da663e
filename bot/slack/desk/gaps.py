"""After a refusal: hand the question to people, or report that the documents lack something."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from bot.slack.desk.documents import Documents
from bot.slack.desk.dress import redress
from bot.slack.desk.interactions import Press
from bot.slack.desk.post import Post
from bot.slack.poster import UndeliverableError
from bot.slack.records import Records
from bot.slack.records.answers import KeptAnswer
from bot.slack.records.gaps import Wish
from bot.slack.rights import Rights
from bot.slack.show.answers import note_message
from bot.slack.show.message import Message
from bot.slack.show.owners import owners_message
from retrieval.model import Reason, Refusal

log = logging.getLogger(__name__)

ASKED = "The owners of the documents have your question now."
ASKED_BEFORE = "The owners of the documents have this question already."
REPORTED = "Noted: the documents lack this. Those who look after me see it."
REPORTED_BEFORE = "This is noted already."
NOT_ASKED = (
    "I could not post to the owners' channel. An admin can see why in the log; /invite me there."
)
TOO_OLD = "That question is older than what I keep. Please ask it again."


class GapDesk:
    """Each wish about a refusal is passed on once, however often its button is pressed."""

    def __init__(
        self,
        post: Post,
        records: Records,
        owners_channel: str,
        permalink: Callable[[str, str, str], str | None],
        documents: Documents,
        rights: Rights,
    ) -> None:
        self._documents = documents
        self._rights = rights
        self._post = post
        self._records = records
        self._owners_channel = owners_channel
        self._permalink = permalink

    def ask_person(self, press: Press) -> None:
        """Post the question, and what was found, to the owners' channel."""
        kept = self._refusal(press)
        if kept is None:
            return
        if not self._records.gaps.add(kept, press.user, Wish.ASKED):
            self._tell(press, ASKED_BEFORE)
            return
        try:
            self._post.send(self._owners_channel, self._owners_message(kept, press))
        except UndeliverableError as error:
            log.error("owners_unreachable error=%s", error.code)
            self._records.gaps.take_back(kept.answer_id, Wish.ASKED)
            self._tell(press, NOT_ASKED)
            return
        self._redress(kept, press)
        self._tell(press, ASKED)

    def report(self, press: Press) -> None:
        """Keep the question as one that the documents should answer."""
        kept = self._refusal(press)
        if kept is None:
            return
        if not self._records.gaps.add(kept, press.user, Wish.REPORTED):
            self._tell(press, REPORTED_BEFORE)
            return
        self._redress(kept, press)
        self._tell(press, REPORTED)

    def _redress(self, kept: KeptAnswer, press: Press) -> None:
        """Show the refusal without the used button, as far as its readers may still see it."""
        if press.is_ephemeral or press.channel.startswith("D"):
            allowed = self._rights.alone(press.user, press.channel)
        else:
            allowed = self._rights.room(press.channel)
        result = self._documents.within(allowed.names).cleared(kept.result)
        if result is not None:
            shown = replace(kept, result=result)
            has_owners = bool(self._owners_channel)
            redress(self._post, self._records, shown, press, has_owners=has_owners)

    def _refusal(self, press: Press) -> KeptAnswer | None:
        kept = self._records.answers.find(press.value)
        if kept is None or not isinstance(kept.result, Refusal):
            self._tell(press, TOO_OLD)
            return None
        return kept

    def _owners_message(self, kept: KeptAnswer, press: Press) -> Message:
        assert isinstance(kept.result, Refusal)  # checked by `_refusal`
        place = self._permalink(kept.channel, press.message_ts, kept.thread)
        allowed = self._rights.room(self._owners_channel)
        result = self._documents.within(allowed.names).cleared(kept.result)
        if not isinstance(result, Refusal):
            # What was found is not for the owners: they get the question as it is.
            result = Refusal(kept.question, Reason.NOT_ANSWERED, "", generation=0)
        return owners_message(kept.question, press.user, result, place)

    def _tell(self, press: Press, text: str) -> None:
        self._post.respond(press.response_url, note_message(text), thread=press.thread)
