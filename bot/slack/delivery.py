"""What was made for a question brought to where it was asked: a thread, a command, a modal."""

from __future__ import annotations

import logging

from bot.slack.answering import Made
from bot.slack.backlog import Backlog
from bot.slack.events import Asked
from bot.slack.patience import FOREVER_S
from bot.slack.poster import Poster, RecalledError, UndeliverableError
from bot.slack.questions import Work
from bot.slack.replies import Reply, Standing
from bot.slack.show.answers import note_message
from bot.slack.show.message import Message
from bot.slack.show.verdicts import failed_view

log = logging.getLogger(__name__)

_VIEW = "view:"
_UNCHANGEABLE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
_EARLIER = -1


class Delivery:
    """Posts, replaces and deletes replies, as long as they are wanted."""

    def __init__(self, poster: Poster, backlog: Backlog) -> None:
        self._poster = poster
        self._backlog = backlog

    def standing(self, work: Work) -> Standing | None:
        """The reply that stands in the thread already, to this revision or to an earlier one."""
        if work.answer_ts:
            return Standing(work.answer_ts, _EARLIER)
        if work.earlier_tries == 0 or work.asked.reply_to:
            return None
        return self._poster.find(_reply(work))

    def deliver(self, work: Work, made: Made, standing: Standing | None) -> str:
        """Bring a reply to its place; returns its `ts` in a thread, nothing elsewhere."""
        reply_to = work.asked.reply_to
        if reply_to.startswith(_VIEW):
            self._fill(reply_to.removeprefix(_VIEW), made)
            return ""
        if reply_to:
            self._whisper(work, made)
            return ""
        reply = _reply(work, made)
        if standing is None:
            maybe_posted = work.earlier_tries > 0
        else:
            if self._replace(work, reply, standing):
                return standing.ts
            maybe_posted = False
        sent = self._poster.post(
            reply, maybe_posted=maybe_posted, is_wanted=lambda: self._backlog.is_current(work)
        )
        return sent.ts

    def whisper(self, asked: Asked, message: Message) -> None:
        """Show the asker alone what else there is, below the reply; a courtesy, tried once."""
        try:
            self._poster.whisper(asked.channel, asked.user, message, asked.thread)
        except UndeliverableError as error:
            log.warning("aside_not_shown event_id=%s error=%s", asked.event_id, error.code)

    def withdraw(self, work: Work) -> None:
        """Delete the reply to a question that is gone."""
        standing = self.standing(work)
        if standing is not None:
            self._poster.delete(work.asked.channel, standing.ts)

    def _replace(self, work: Work, reply: Reply, standing: Standing) -> bool:
        """Change the standing reply; False when it cannot be changed any more."""
        if not self._backlog.is_current(work):
            raise RecalledError(maybe_posted=False)
        try:
            self._poster.update(standing.ts, reply)
        except UndeliverableError as error:
            if error.code not in _UNCHANGEABLE:
                raise
            log.info("reply_not_changeable answer_id=%s error=%s", reply.answer_id, error.code)
            return False
        return True

    def _whisper(self, work: Work, made: Made) -> None:
        """Answer a command at its address, or in its channel when that is too old."""
        asked = work.asked
        try:
            self._poster.respond(asked.reply_to, made.message, patience_s=FOREVER_S)
        except UndeliverableError as error:
            log.info("response_expired event_id=%s error=%s", asked.event_id, error.code)
            self._poster.whisper(asked.channel, asked.user, made.message)

    def _fill(self, view_id: str, made: Made) -> None:
        """Show the result in the modal that waits for it, unless it was closed."""
        view = made.view or failed_view(made.text)
        try:
            self._poster.update_view(view_id, view, patience_s=FOREVER_S)
        except UndeliverableError as error:
            if error.code != "not_found":
                raise


def _reply(work: Work, made: Made | None = None) -> Reply:
    asked = work.asked
    return Reply(
        answer_id=asked.answer_id,
        channel=asked.channel,
        thread=asked.thread,
        question_ts=asked.ts,
        message=made.message if made else note_message(""),
        revision=work.revision,
    )
