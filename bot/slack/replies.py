"""Replies found again in Slack by what every one of them carries: its answer's id."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.slack.failures import UndeliverableError, done
from bot.slack.show.message import Message

log = logging.getLogger(__name__)

METADATA_TYPE = "onrecord_answer"
_PAGE = 200


@dataclass(frozen=True, slots=True)
class Reply:
    """A message and the question it replies to; without a thread, a message of its own."""

    answer_id: str
    channel: str
    thread: str
    question_ts: str
    message: Message
    revision: int = 0

    @property
    def metadata(self) -> dict[str, object]:
        """What names the reply in Slack."""
        payload = {"answer_id": self.answer_id, "revision": self.revision}
        return {"event_type": METADATA_TYPE, "event_payload": payload}


@dataclass(frozen=True, slots=True)
class Standing:
    """A reply that stands in Slack: where, and to which revision of its question."""

    ts: str
    revision: int


def find_reply(client: WebClient, reply: Reply) -> Standing | None:
    """Where a reply stands, to this revision or else to the latest before it."""
    found: Standing | None = None
    try:
        for message in _messages(client, reply):
            standing = _standing(message, reply.answer_id)
            if standing is not None and (found is None or found.revision < standing.revision):
                found = standing
            if found is not None and found.revision >= reply.revision:
                break
    except UndeliverableError as error:
        # Not posted (the thread is gone) or not to be known (a scope is missing): a second
        # answer is the smaller harm than none.
        log.warning("thread_unreadable answer_id=%s error=%s", reply.answer_id, error.code)
    return found


def _messages(client: WebClient, reply: Reply) -> Iterator[Mapping[str, object]]:
    cursor = ""
    while True:
        page = done(partial(_page, client, reply, cursor))
        yield from page["messages"]
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return


def _page(client: WebClient, reply: Reply, cursor: str) -> SlackResponse:
    if not reply.thread:
        return client.conversations_history(
            channel=reply.channel,
            oldest=reply.question_ts,
            include_all_metadata=True,
            limit=_PAGE,
            cursor=cursor or None,
        )
    return client.conversations_replies(
        channel=reply.channel,
        ts=reply.thread,
        oldest=reply.question_ts,
        include_all_metadata=True,
        limit=_PAGE,
        cursor=cursor or None,
    )


def _standing(message: Mapping[str, object], answer_id: str) -> Standing | None:
    metadata = message.get("metadata")
    if not isinstance(metadata, Mapping) or metadata.get("event_type") != METADATA_TYPE:
        return None
    payload = metadata.get("event_payload")
    if not isinstance(payload, Mapping) or payload.get("answer_id") != answer_id:
        return None
    revision = payload.get("revision")
    return Standing(str(message["ts"]), revision if isinstance(revision, int) else 0)
