"""An answer that only its asker sees, put before everybody in the channel."""

from __future__ import annotations

from threading import Lock

from bot.slack.desk.documents import Documents
from bot.slack.desk.interactions import Press
from bot.slack.desk.post import Post
from bot.slack.poster import UndeliverableError
from bot.slack.records import Records
from bot.slack.rights import Rights
from bot.slack.show.answers import Dress, note_message, shared_message
from bot.slack.show.message import Message

SHARED = "Shared."
NOT_FOR_ALL = "Not everybody here may see what this answer rests on, so I cannot share it."
_NOT_THERE = frozenset({"not_in_channel", "channel_not_found"})
TOO_OLD = "That answer is older than what I keep. Please ask again."


class Sharing:
    """Shares each private answer once."""

    def __init__(self, post: Post, records: Records, documents: Documents, rights: Rights) -> None:
        self._post = post
        self._records = records
        self._documents = documents
        self._rights = rights
        self._lock = Lock()
        self._shared: set[str] = set()

    def share(self, press: Press) -> None:
        """Post the answer in the channel of the command."""
        kept = self._records.answers.find(press.value)
        if kept is None:
            self._post.respond(press.response_url, note_message(TOO_OLD))
            return
        allowed = self._rights.at(press.channel, press.user)
        result = self._documents.within(allowed.names).cleared(kept.result)
        if result is None or not allowed.names:
            self._post.respond(press.response_url, note_message(NOT_FOR_ALL))
            return
        if not self._is_first(press.value):
            return
        message = shared_message(kept.question, result, Dress(answer_id=kept.answer_id))
        try:
            self._put_before_all(press, message)
        except UndeliverableError:
            with self._lock:
                self._shared.discard(press.value)
            raise
        self._post.respond(press.response_url, note_message(SHARED), replaces=True)

    def _put_before_all(self, press: Press, message: Message) -> None:
        try:
            # A message whose fate is unknown is looked for before it is sent again.
            self._post.send(press.channel, message)
        except UndeliverableError as error:
            if error.code not in _NOT_THERE:
                raise
            # The address works where the bot is no member; what is sent twice stands there twice.
            self._post.respond(press.response_url, message, in_channel=True)

    def _is_first(self, answer_id: str) -> bool:
        with self._lock:
            is_first = answer_id not in self._shared
            self._shared.add(answer_id)
            return is_first
