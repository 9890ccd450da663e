"""The one place that posts: paced, without unfurling, and never twice.

A post whose fate is unknown (connection cut, server error, a restart before it was recorded) is
looked for in its thread by the answer's id, which every message carries as metadata, before
anything is sent again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.slack.render import Message, without_markup

log = logging.getLogger(__name__)

METADATA_TYPE = "onrecord_answer"
MAX_RETRY_AFTER_S = 60.0
MAX_BACKOFF_S = 30.0
MAX_FAILED_CALLS = 5
"""How often Slack may answer a post with an error of its own before it counts as refused."""
_PAGE = 200

_TOO_RICH = frozenset(
    {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"}
)
_SLACK_FAILED = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}
)


@dataclass(frozen=True, slots=True)
class Reply:
    """A message and the question it replies to."""

    answer_id: str
    channel: str
    thread: str
    question_ts: str
    message: Message


class UndeliverableError(Exception):
    """Slack refuses a reply for good; `code` is its reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class AbandonedError(Exception):
    """The bot stops; the reply is posted after the next start."""


class _RateLimitedError(Exception):
    def __init__(self, retry_after_s: float) -> None:
        super().__init__(retry_after_s)
        self.retry_after_s = retry_after_s


class _TooRichError(Exception):
    pass


class _UnknownOutcomeError(Exception):
    def __init__(self, code: str, *, reached: bool) -> None:
        super().__init__(code)
        self.code = code
        self.reached = reached


class Poster:
    """Posts each reply exactly once, at a pace Slack allows; safe for several threads."""

    def __init__(
        self,
        client: WebClient,
        *,
        interval_s: float = 1.0,
        first_backoff_s: float = 1.0,
    ) -> None:
        self._client = client
        self._interval_s = interval_s
        self._first_backoff_s = first_backoff_s
        self._abandoned = threading.Event()
        self._next_turn: dict[str, float] = {}
        self._turn_lock = threading.Lock()

    def post(self, reply: Reply, *, maybe_posted: bool = False) -> str:
        """Post a reply and return its `ts`; returns the earlier one if it stands there already.

        Keeps trying while Slack cannot be reached. Raises UndeliverableError when Slack refuses
        the reply for good, AbandonedError when the bot stops meanwhile.
        """
        message, unsure, failed_calls = reply.message, maybe_posted, 0
        backoffs = self._backoffs()
        while True:
            try:
                posted = self._find(reply) if unsure else None
                return posted or self._send(reply, message)
            except _TooRichError as error:
                if message is not reply.message:
                    raise UndeliverableError(str(error)) from None
                message = without_markup(message)
            except _RateLimitedError as error:
                self._wait(error.retry_after_s)
            except _UnknownOutcomeError as error:
                unsure = True
                failed_calls += error.reached
                if failed_calls >= MAX_FAILED_CALLS:
                    raise UndeliverableError(error.code) from None
                self._wait(next(backoffs))

    def abandon(self) -> None:
        """Give up everything that waits: the bot stops."""
        self._abandoned.set()

    def _send(self, reply: Reply, message: Message) -> str:
        self._wait(self._time_to_turn(reply.channel))
        response = _call(
            lambda: self._client.chat_postMessage(
                channel=reply.channel,
                thread_ts=reply.thread,
                text=message.text,
                blocks=message.blocks,
                metadata={
                    "event_type": METADATA_TYPE,
                    "event_payload": {"answer_id": reply.answer_id},
                },
                unfurl_links=False,
                unfurl_media=False,
                link_names=False,
                parse="none",
            )
        )
        return str(response["ts"])

    def _find(self, reply: Reply) -> str | None:
        cursor = ""
        while True:
            try:
                page = _call(partial(self._replies, reply, cursor))
            except UndeliverableError as error:
                # Not posted (the thread is gone) or not to be known (a scope is missing): a second
                # answer is the smaller harm than none.
                log.warning("thread_unreadable answer_id=%s error=%s", reply.answer_id, error.code)
                return None
            for message in page["messages"]:
                if _answer_id(message) == reply.answer_id:
                    return str(message["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return None

    def _replies(self, reply: Reply, cursor: str) -> SlackResponse:
        return self._client.conversations_replies(
            channel=reply.channel,
            ts=reply.thread,
            oldest=reply.question_ts,
            include_all_metadata=True,
            limit=_PAGE,
            cursor=cursor or None,
        )

    def _time_to_turn(self, channel: str) -> float:
        with self._turn_lock:
            now = time.monotonic()
            turn = max(now, self._next_turn.get(channel, 0.0))
            self._next_turn[channel] = turn + self._interval_s
            return turn - now

    def _backoffs(self) -> Iterator[float]:
        backoff_s = self._first_backoff_s
        while True:
            yield backoff_s
            backoff_s = min(backoff_s * 2, MAX_BACKOFF_S)

    def _wait(self, seconds: float) -> None:
        if self._abandoned.wait(seconds):
            raise AbandonedError


def _call(call: Callable[[], SlackResponse]) -> SlackResponse:
    """Make a call; failures come out as what they mean for the reply."""
    try:
        return call()
    except SlackApiError as error:
        raise _meaning(error) from None
    except (OSError, HTTPException) as error:
        log.warning("slack_cut error=%s", type(error).__name__)
        raise _UnknownOutcomeError(type(error).__name__, reached=False) from None


def _meaning(error: SlackApiError) -> Exception:
    response = error.response
    if not isinstance(response, SlackResponse):
        return _UnknownOutcomeError("no_response", reached=True)
    code = str(response.get("error", ""))
    log.warning("slack_refused status=%d error=%.80s", response.status_code, code)
    if response.status_code == 429 or code == "ratelimited":
        return _RateLimitedError(_retry_after_s(response))
    if response.status_code >= 500:
        return _UnknownOutcomeError("server_error", reached=False)
    if code in _SLACK_FAILED:
        return _UnknownOutcomeError(code, reached=True)
    return _TooRichError(code) if code in _TOO_RICH else UndeliverableError(code)


def _retry_after_s(response: SlackResponse) -> float:
    try:
        asked_s = float(response.headers.get("Retry-After", "1"))
    except ValueError:
        asked_s = 1.0
    return min(max(asked_s, 0.0), MAX_RETRY_AFTER_S)


def _answer_id(message: dict[str, object]) -> object:
    metadata = message.get("metadata")
    if not isinstance(metadata, dict) or metadata.get("event_type") != METADATA_TYPE:
        return None
    payload = metadata.get("event_payload")
    return payload.get("answer_id") if isinstance(payload, dict) else None
