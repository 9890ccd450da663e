"""What a Slack event asks of the bot: a question, a change of one, a stop, or nothing.

Pure: payload in, value out. The rules, one line each:

- a mention in a channel or thread is a question, whichever of its two events arrives first;
- any message in a direct message is a question;
- a thread message without a mention is a question only while its thread belongs to the speaker and
  the bot: as soon as somebody else writes there or is mentioned there, the bot waits for a mention;
- an edit puts the question anew, a deletion takes it back, and Slack's stop button ends what is
  being answered in a thread;
- bots, the bot itself and notices (joins, topics, …) are left alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.slack.mrkdwn import mentioned_users, mentions_a_group, plain_text

_TYPED_SUBTYPES = frozenset({"", "file_share", "thread_broadcast"})
_TOMBSTONE = "tombstone"

_Event = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class BotIdentity:
    """Who the bot is in its workspace."""

    team: str
    user: str
    bot_id: str
    name: str
    url: str = ""
    """Address of the workspace, with a slash at its end."""

    def permalink(self, channel: str, ts: str, thread: str) -> str | None:
        """The address of a message; None where there is no message of Slack's to point to."""
        if not (self.url and channel and re.fullmatch(r"\d+\.\d{6}", ts)):
            return None
        place = f"{self.url}archives/{channel}/p{ts.replace('.', '')}"
        return place if thread in ("", ts) else f"{place}?thread_ts={thread}&cid={channel}"


def answer_id(team: str, channel: str, ts: str) -> str:
    """Names the answer to the message at a place."""
    return hashlib.sha256(f"{team}/{channel}/{ts}".encode()).hexdigest()[:24]


class Kind(StrEnum):
    """How a question was put to the bot."""

    MENTION = "mention"
    DIRECT = "direct"
    FOLLOW_UP = "follow_up"
    """In a thread, without a mention: a question only while it is the speaker's and the bot's."""
    COMMAND = "command"
    SHORTCUT = "shortcut"


class Wants(StrEnum):
    """What is to be done with the text of a question."""

    ANSWER = "answer"
    CHECK = "check"
    """The text claims something: say what the documents say of it."""


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
    reply_to: str = ""
    """Empty: the thread. Else a `response_url`, or `view:` and the id of an open modal."""
    wants: Wants = Wants.ANSWER

    @property
    def answer_id(self) -> str:
        """Names the one answer to this message, on every delivery and after every restart."""
        return answer_id(self.team, self.channel, self.ts)


@dataclass(frozen=True, slots=True)
class Edited:
    """A message that was changed, as it reads now."""

    asked: Asked
    edited_ts: str
    """Later edits have later ones."""
    is_addressed: bool = True
    """Whether it is put to the bot as it reads now."""
    adds_mention: bool = False
    """Whether it was not put to the bot before."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """A message that is gone; `asked` is what it was, if it was put to the bot."""

    event_id: str
    team: str
    channel: str
    ts: str
    asked: Asked | None


@dataclass(frozen=True, slots=True)
class Stopped:
    """Slack's stop button, pressed in a thread at `at`."""

    team: str
    channel: str
    thread: str
    at: str


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


Heard = Asked | Edited | Deleted | Stopped | Overheard | Ignored


def read_event(body: Mapping[str, object], bot: BotIdentity) -> Heard:
    """Read the payload of one Events API delivery."""
    event = body.get("event")
    if not isinstance(event, Mapping):
        return Ignored("no event")
    if event.get("type") == "agent_session_stopped":
        return _read_stop(body, event, bot)
    if event.get("type") not in ("app_mention", "message"):
        return Ignored("another event")
    if event.get("subtype") == "message_changed":
        return _read_change(body, event, bot)
    if event.get("subtype") == "message_deleted":
        return _read_deletion(body, event, bot, _string(event, "deleted_ts"))
    heard = _read_message(body, event, bot)
    edited_ts = _edited_ts(event)
    if edited_ts and isinstance(heard, Asked):
        # An edit that (still) mentions the bot comes as `app_mention` too, without what was before.
        return Edited(heard, edited_ts)
    return heard


def _read_message(body: _Event, event: _Event, bot: BotIdentity) -> Asked | Overheard | Ignored:
    why_not = _not_typed_by_a_person(event, bot)
    if why_not:
        return Ignored(why_not)
    raw, asked = _string(event, "text"), _asked(body, event, bot)
    if asked.kind is Kind.FOLLOW_UP:
        if asked.thread == asked.ts:
            return Ignored("not addressed to the bot")
        if mentioned_users(raw) or mentions_a_group(raw):
            return Overheard(asked.team, asked.channel, asked.ts, asked.thread)
    return asked


def _not_typed_by_a_person(event: _Event, bot: BotIdentity) -> str | None:
    if event.get("bot_id") or event.get("bot_profile"):
        return "from a bot"
    if _string(event, "subtype") not in _TYPED_SUBTYPES:
        return "not a new message"
    if _string(event, "user") in ("", bot.user, "USLACKBOT"):
        return "not from a person"
    if not (_string(event, "channel") and _string(event, "ts")):
        return "no place to answer"
    return None


def _asked(body: _Event, event: _Event, bot: BotIdentity) -> Asked:
    raw, ts, channel = (_string(event, name) for name in ("text", "ts", "channel"))
    return Asked(
        event_id=_event_id(body, channel, ts),
        team=_string(body, "team_id") or bot.team,
        channel=channel,
        ts=ts,
        thread=_string(event, "thread_ts") or ts,
        user=_string(event, "user"),
        kind=_kind(event, raw, bot),
        text=plain_text(raw, bot.user),
    )


def _kind(event: _Event, raw: str, bot: BotIdentity) -> Kind:
    if event.get("channel_type") == "im":
        return Kind.DIRECT
    if event.get("type") == "app_mention" or bot.user in mentioned_users(raw):
        return Kind.MENTION
    return Kind.FOLLOW_UP


def _read_change(body: _Event, event: _Event, bot: BotIdentity) -> Heard:
    after, before = _inner(event, "message"), _inner(event, "previous_message")
    if after.get("subtype") == _TOMBSTONE:
        # A deleted message that has replies stays, as a stone in its place.
        return _read_deletion(body, event, bot, _string(after, "ts"))
    raw, raw_before = _string(after, "text"), _string(before, "text")
    if before and raw == raw_before:
        return Ignored("not its words")
    heard = _read_message(body, after, bot)
    at = max(_edited_ts(after), _string(event, "event_ts") or _string(event, "ts"))
    if isinstance(heard, Overheard):
        return Overheard(heard.team, heard.channel, at, heard.thread)
    if isinstance(heard, Asked):
        added = heard.kind is Kind.MENTION and bool(before)
        return Edited(heard, at, adds_mention=added and bot.user not in mentioned_users(raw_before))
    if bot.user in mentioned_users(raw_before) and not _not_typed_by_a_person(after, bot):
        return Edited(_asked(body, after, bot), at, is_addressed=False)
    return heard


def _read_deletion(body: _Event, event: _Event, bot: BotIdentity, ts: str) -> Heard:
    channel = _string(event, "channel")
    if not (channel and ts):
        return Ignored("no place")
    was = _read_message(body, _inner(event, "previous_message"), bot)
    return Deleted(
        event_id=_event_id(body, channel, ts),
        team=_string(body, "team_id") or bot.team,
        channel=channel,
        ts=ts,
        asked=was if isinstance(was, Asked) else None,
    )


def _read_stop(body: _Event, event: _Event, bot: BotIdentity) -> Heard:
    channel, thread = _string(event, "channel"), _string(event, "thread_ts")
    if not (channel and thread):
        return Ignored("no thread to stop in")
    team = _string(body, "team_id") or bot.team
    return Stopped(team, channel, thread, _string(event, "event_ts"))


def _inner(event: _Event, name: str) -> _Event:
    """A message inside an event, with the place that only the event names."""
    inner = event.get(name)
    if not isinstance(inner, Mapping):
        return {}
    place = {key: event.get(key) for key in ("channel", "channel_type")}
    return {**inner, **place, "type": "message"}


def _edited_ts(message: _Event) -> str:
    edited = message.get("edited")
    return _string(edited, "ts") if isinstance(edited, Mapping) else ""


def _event_id(body: _Event, channel: str, ts: str) -> str:
    return _string(body, "event_id") or f"{channel}/{ts}"


def _string(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""
