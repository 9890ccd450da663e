"""The one place that writes to Slack: paced, without unfurling, and no reply twice.

A reply whose fate is unknown (connection cut, server error, a restart before it was recorded) is
looked for in its thread by the answer's id, which every message carries as metadata, before
anything is sent again.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.slack.clients import web_client, webhook_client
from bot.slack.desk.post import Sent
from bot.slack.failures import AbandonedError as AbandonedError
from bot.slack.failures import TooRichError, UnknownOutcomeError, done, responded
from bot.slack.failures import UndeliverableError as UndeliverableError
from bot.slack.patience import FOREVER_S, Patience
from bot.slack.replies import Reply, Standing, find_reply
from bot.slack.show.answers import without_markup
from bot.slack.show.message import Message, View

DESK_PATIENCE_S = 20.0
"""What somebody waits for who has pressed a button."""
VIEW_PATIENCE_S = 2.0
"""A trigger lives for three seconds."""
_CLOCKS_DIFFER_S = 60.0
_KNOWN_CHANNELS = 1000
_GONE = "message_not_found"


class RecalledError(Exception):
    """What was to be said is not wanted any more; it may have been said all the same."""

    def __init__(self, *, maybe_posted: bool) -> None:
        super().__init__()
        self.maybe_posted = maybe_posted


class Poster:
    """Posts, changes and deletes messages and views; safe for several threads."""

    def __init__(
        self,
        client: WebClient,
        *,
        interval_s: float = 1.0,
        first_backoff_s: float = 1.0,
        desk_patience_s: float = DESK_PATIENCE_S,
        view_patience_s: float = VIEW_PATIENCE_S,
    ) -> None:
        self._client = client
        # A view must be there before its trigger ends, or not at all.
        self._quick = web_client(client.base_url, client.token, timeout_s=2)
        self._interval_s = interval_s
        self._patience = Patience(first_backoff_s)
        self._desk_patience_s = desk_patience_s
        self._view_patience_s = view_patience_s
        self._next_turn: dict[str, float] = {}
        self._turn_lock = threading.Lock()

    def post(
        self,
        reply: Reply,
        *,
        maybe_posted: bool = False,
        is_wanted: Callable[[], bool] = lambda: True,
        patience_s: float = FOREVER_S,
    ) -> Sent:
        """Post a reply and return where it stands; the earlier place if it stands there already.

        Raises RecalledError when it is not wanted any more by the time that it could be sent.
        """
        attempt = _Attempt(reply.message, is_unsure=maybe_posted)

        def try_once() -> Sent:
            if attempt.is_unsure:
                standing = find_reply(self._client, reply)
                if standing is not None and standing.revision == reply.revision:
                    return Sent(reply.channel, standing.ts)
            if not is_wanted():
                raise RecalledError(maybe_posted=attempt.is_unsure)
            self._patience.wait(self._time_to_turn(reply.channel))
            return self._send(reply, attempt)

        return self._patience.until_done(try_once, patience_s)

    def find(self, reply: Reply) -> Standing | None:
        """Where a reply that may have been posted stands."""
        return self._patience.until_done(lambda: find_reply(self._client, reply), FOREVER_S)

    def update(self, ts: str, reply: Reply) -> None:
        """Put a reply in the place of an earlier one to the same question."""
        self._change(reply.channel, ts, reply.message, FOREVER_S, metadata=reply.metadata)

    def delete(self, channel: str, ts: str) -> None:
        """Delete a message of the bot's own; one that is gone already is fine."""
        try:
            self._patience.until_done(
                lambda: self._client.chat_delete(channel=channel, ts=ts), FOREVER_S
            )
        except UndeliverableError as error:
            if error.code != _GONE:
                raise

    def send(self, channel: str, message: Message) -> Sent:
        """Post a message that replies to nothing, into a channel or to a person."""
        since = f"{time.time() - _CLOCKS_DIFFER_S:.6f}"
        reply = Reply(uuid.uuid4().hex, channel, "", since, message)
        return self.post(reply, patience_s=self._desk_patience_s)

    def change(self, channel: str, ts: str, message: Message) -> None:
        """Replace a message of the bot's own."""
        self._change(channel, ts, message, self._desk_patience_s)

    def whisper(self, channel: str, user: str, message: Message, thread: str = "") -> None:
        """Show a message to one person in a channel."""

        def call(shown: Message) -> SlackResponse:
            return self._client.chat_postEphemeral(
                channel=channel,
                user=user,
                text=shown.text,
                blocks=shown.blocks,
                thread_ts=thread or None,
                link_names=False,
                parse="none",
            )

        self._in_either_form(call, message, self._desk_patience_s)

    def respond(
        self,
        url: str,
        message: Message,
        *,
        thread: str = "",
        replaces: bool = False,
        in_channel: bool = False,
        patience_s: float | None = None,
    ) -> None:
        """Answer a command or a press: to its author alone, unless `in_channel`.

        Slack replaces the message of a press; after a command, it puts the new one below. What
        was pressed in a thread is answered there only if `thread` names it.
        """

        def call(shown: Message) -> None:
            response = webhook_client(url).send_dict(
                {
                    "text": shown.text,
                    "blocks": shown.blocks,
                    "thread_ts": thread or None,
                    "response_type": "in_channel" if in_channel else "ephemeral",
                    "replace_original": replaces,
                    "unfurl_links": False,
                    "unfurl_media": False,
                }
            )
            responded(response)

        self._in_either_form(call, message, patience_s or self._desk_patience_s)

    def open_view(self, trigger_id: str, view: View) -> str:
        """Open a modal and return its id; at once, since a trigger lives for three seconds."""
        response = self._patience.until_done(
            lambda: self._quick.views_open(trigger_id=trigger_id, view=view), self._view_patience_s
        )
        return str(response["view"]["id"])

    def push_view(self, trigger_id: str, view: View) -> str:
        """Put a modal on top of the one that is open, and return its id."""
        response = self._patience.until_done(
            lambda: self._quick.views_push(trigger_id=trigger_id, view=view), self._view_patience_s
        )
        return str(response["view"]["id"])

    def update_view(self, view_id: str, view: View, *, patience_s: float | None = None) -> None:
        """Show something else in an open modal; UndeliverableError when it was closed."""
        self._patience.until_done(
            lambda: self._client.views_update(view_id=view_id, view=view),
            patience_s or self._desk_patience_s,
        )

    def publish_home(self, user: str, view: View) -> None:
        """Show somebody their home."""
        self._patience.until_done(
            lambda: self._client.views_publish(user_id=user, view=view), self._desk_patience_s
        )

    def suggest(self, channel: str, questions: Sequence[str]) -> None:
        """Offer questions in a conversation with the bot."""
        prompts = [{"title": question, "message": question} for question in questions]
        self._patience.until_done(
            lambda: self._client.assistant_threads_setSuggestedPrompts(
                channel_id=channel, prompts=prompts
            ),
            self._desk_patience_s,
        )

    def abandon(self) -> None:
        """Give up everything that waits: the bot stops."""
        self._patience.abandon()

    def _send(self, reply: Reply, attempt: _Attempt) -> Sent:
        try:
            response = done(
                lambda: self._client.chat_postMessage(
                    channel=reply.channel,
                    thread_ts=reply.thread or None,
                    text=attempt.message.text,
                    blocks=attempt.message.blocks,
                    metadata=reply.metadata,
                    unfurl_links=False,
                    unfurl_media=False,
                    link_names=False,
                    parse="none",
                )
            )
        except UnknownOutcomeError:
            attempt.is_unsure = True
            raise
        except TooRichError as error:
            if attempt.message is not reply.message:
                raise UndeliverableError(str(error)) from None
            attempt.message = without_markup(reply.message)
            return self._send(reply, attempt)
        return Sent(str(response.get("channel") or reply.channel), str(response["ts"]))

    def _change(
        self,
        channel: str,
        ts: str,
        message: Message,
        patience_s: float,
        metadata: dict[str, object] | None = None,
    ) -> None:
        def call(shown: Message) -> SlackResponse:
            return self._client.chat_update(
                channel=channel,
                ts=ts,
                text=shown.text,
                blocks=shown.blocks,
                metadata=metadata,
                link_names=False,
                parse="none",
            )

        self._in_either_form(call, message, patience_s)

    def _in_either_form(
        self, call: Callable[[Message], object], message: Message, patience_s: float
    ) -> None:
        """Send a message as it is, or in the plainest form if Slack refuses its blocks."""
        try:
            self._patience.until_done(lambda: call(message), patience_s)
        except TooRichError:
            plain = without_markup(message)
            try:
                self._patience.until_done(lambda: call(plain), patience_s)
            except TooRichError as error:
                raise UndeliverableError(str(error)) from None

    def _time_to_turn(self, channel: str) -> float:
        with self._turn_lock:
            now = time.monotonic()
            if len(self._next_turn) > _KNOWN_CHANNELS:
                self._next_turn = {c: turn for c, turn in self._next_turn.items() if turn > now}
            turn = max(now, self._next_turn.get(channel, 0.0))
            self._next_turn[channel] = turn + self._interval_s
            return turn - now


@dataclass(slots=True)
class _Attempt:
    """What is sent, and whether an earlier sending may have been taken."""

    message: Message
    is_unsure: bool
