"""What a Slack event asks of the bot: a question, a sign that others talk, or nothing.

Pure: payload in, value out. The rules, one line each:

- a mention in a channel or thread is a question, whichever of its two events arrives first;
- any message in a direct message is a question;
- a thread message without a mention is a question only while its thread belongs to the speaker and
  the bot: as soon as somebody else writes there or is mentioned there, the bot waits for a mention;
- bots, the bot itself, edits, deletions and notices (joins, topics, …) are left alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.slack.mrkdwn import mentioned_users, mentions_a_group, plain_text

_TYPED_SUBTYPES = frozenset({"", "file_share", "thread_broadcast"})


@dataclass(frozen=True, slots=True)
class BotIdentity:
    """Who the bot is in its workspace."""

    team: str
    user: str
    bot_id: str
    name: str


class Kind(StrEnum):
    """How a question was put to the bot."""

    MENTION = "mention"
    DIRECT = "direct"
    FOLLOW_UP = "follow_up"
    """In a thread, without a mention: a question only while it is the speaker's and the bot's."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A message that is put to the bot. `text` is empty for a mere mention."""

    event_id: str
    team: str
    channel: str
    ts: str
    thread: str
    """`ts` of the message that the thread hangs on; the message's own `ts` outside of threads."""
    user: str
    kind: Kind
    text: str

    @property
    def answer_id(self) -> str:
        """Names the one answer to this message, on every delivery and after every restart."""
        place = f"{self.team}/{self.channel}/{self.ts}"
        return hashlib.sha256(place.encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Overheard:
    """A thread message to somebody else: the thread is no longer the speaker's and the bot's."""

    team: str
    channel: str
    ts: str
    thread: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """An event that asks nothing of the bot, and why."""

    why: str


Heard = Asked | Overheard | Ignored


def read_event(body: Mapping[str, object], bot: BotIdentity) -> Heard:
    """Read the payload of one Events API delivery."""
    event = body.get("event")
    if not isinstance(event, Mapping):
        return Ignored("no event")
    why_not = _not_typed_by_a_person(event, bot)
    if why_not:
        return Ignored(why_not)
    return _read_message(body, event, bot)


def _not_typed_by_a_person(event: Mapping[str, object], bot: BotIdentity) -> str | None:
    if event.get("type") not in ("app_mention", "message"):
        return "another event"
    if event.get("bot_id") or event.get("bot_profile"):
        return "from a bot"
    if _string(event, "subtype") not in _TYPED_SUBTYPES:
        return "not a new message"
    if _string(event, "user") in ("", bot.user, "USLACKBOT"):
        return "not from a person"
    if not (_string(event, "channel") and _string(event, "ts")):
        return "no place to answer"
    return None


def _read_message(
    body: Mapping[str, object], event: Mapping[str, object], bot: BotIdentity
) -> Heard:
    raw, ts = _string(event, "text"), _string(event, "ts")
    team, channel = _string(body, "team_id") or bot.team, _string(event, "channel")
    thread = _string(event, "thread_ts") or ts
    kind = _kind(event, raw, bot)
    if kind is None:
        return Ignored("not addressed to the bot")
    if kind is Kind.FOLLOW_UP and (mentioned_users(raw) or mentions_a_group(raw)):
        return Overheard(team, channel, ts, thread)
    return Asked(
        event_id=_string(body, "event_id") or f"{channel}/{ts}",
        team=team,
        channel=channel,
        ts=ts,
        thread=thread,
        user=_string(event, "user"),
        kind=kind,
        text=plain_text(raw, bot.user),
    )


def _kind(event: Mapping[str, object], raw: str, bot: BotIdentity) -> Kind | None:
    if event.get("channel_type") == "im":
        return Kind.DIRECT
    if event.get("type") == "app_mention" or bot.user in mentioned_users(raw):
        return Kind.MENTION
    return Kind.FOLLOW_UP if _string(event, "thread_ts") else None


def _string(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""
