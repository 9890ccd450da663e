"""What a workspace holds: people, channels, messages, threads; no sockets, no threads."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.workspace.agent_threads import AgentThreads
from bot.workspace.errors import SlackError
from bot.workspace.modals import Modals
from bot.workspace.payload import JsonObject

MAX_EPHEMERALS: Final = 2_000


class ChannelKind(StrEnum):
    """Slack's `channel_type` of a message event."""

    PUBLIC = "channel"
    PRIVATE = "group"
    DIRECT = "im"


@dataclass(frozen=True, slots=True)
class Team:
    """The workspace itself."""

    id: str
    name: str
    domain: str


@dataclass(frozen=True, slots=True)
class User:
    """A person, or the app's bot user."""

    id: str
    name: str
    is_admin: bool = False
    is_guest: bool = False
    is_bot: bool = False

    @property
    def mention(self) -> str:
        """How a message names this user."""
        return f"<@{self.id}>"


@dataclass(frozen=True, slots=True)
class App:
    """The installed app: its ids and the bot user that speaks for it."""

    id: str
    bot_id: str
    user: User


@dataclass(slots=True)
class Channel:
    """A channel or a direct conversation, and who is in it."""

    id: str
    name: str
    kind: ChannelKind
    members: list[str]
    is_ext_shared: bool = False
    """Whether another organisation reads there, by Slack Connect."""

    @property
    def is_direct(self) -> bool:
        """Whether this is a conversation between one person and the app."""
        return self.kind is ChannelKind.DIRECT


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it stands now; an edit replaces it."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: tuple[JsonObject, ...] = ()
    thread_ts: str | None = None
    bot_id: str | None = None
    app_id: str | None = None
    metadata: JsonObject | None = None
    edited_ts: str | None = None
    client_msg_id: str | None = None
    is_broadcast: bool = False
    reactions: tuple[tuple[str, str], ...] = ()
    """Pairs of emoji name and user id."""

    @property
    def root_ts(self) -> str:
        """The message that the conversation starts with: the thread's first, or this one."""
        return self.thread_ts or self.ts

    @property
    def is_reply(self) -> bool:
        """Whether this message stands inside a thread."""
        return self.thread_ts not in (None, self.ts)


@dataclass(frozen=True, slots=True)
class Ephemeral:
    """A message that one person sees and nobody keeps."""

    channel: str
    user: str
    ts: str
    text: str
    blocks: tuple[JsonObject, ...] = ()
    thread_ts: str | None = None


class WorkspaceState(AgentThreads):
    """The whole workspace in memory. Not locked: the one who shares it between threads locks."""

    def __init__(self, team: Team, app: App, *, now: Callable[[], float] = time.time) -> None:
        super().__init__(now)
        self.team = team
        self.app = app
        self.users: dict[str, User] = {app.user.id: app.user}
        self.channels: dict[str, Channel] = {}
        self.ephemerals: list[Ephemeral] = []
        self.home_views: dict[str, JsonObject] = {}
        self.modals = Modals()
        self.user_groups: dict[str, list[str]] = {}
        """The people in a group, by its id."""
        self.looks_at: dict[str, str] = {}
        """The channel that a person has before them."""
        self._messages: dict[str, dict[str, Message]] = {}
        self._replies: dict[tuple[str, str], list[str]] = {}
        self._last_ts = 0

    def next_ts(self) -> str:
        """Return a timestamp later than every one before it, such as 1700000000.000100."""
        self._last_ts = max(self._last_ts + 100, int(self._now() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def add_user(self, user: User) -> User:
        """Let somebody into the workspace."""
        self.users[user.id] = user
        return user

    def add_channel(self, channel: Channel) -> Channel:
        """Open a channel."""
        self.channels[channel.id] = channel
        self._messages[channel.id] = {}
        return channel

    def user(self, user_id: str) -> User:
        """Return a user by id."""
        if user_id not in self.users:
            raise SlackError("user_not_found")
        return self.users[user_id]

    def channel(self, reference: str) -> Channel:
        """Return a channel by its id, or by its name with a number sign before it."""
        if reference in self.channels:
            return self.channels[reference]
        for channel in self.channels.values():
            if reference == f"#{channel.name}":
                return channel
        raise SlackError("channel_not_found")

    def direct_channel(self, user_id: str) -> Channel:
        """Return the conversation between a person and the app, opened when first needed."""
        person = self.user(user_id)
        members = [person.id, self.app.user.id]
        for channel in self.channels.values():
            if channel.kind is ChannelKind.DIRECT and channel.members == members:
                return channel
        channel_id = f"D{person.id[1:]}"
        return self.add_channel(Channel(channel_id, person.id, ChannelKind.DIRECT, members))

    def add_message(self, message: Message) -> Message:
        """Keep a message that has got its timestamp, and put a reply under its thread."""
        self._messages[message.channel][message.ts] = message
        if message.is_reply:
            self._replies.setdefault((message.channel, message.root_ts), []).append(message.ts)
            self._mark_root(message.channel, message.root_ts)
        return message

    def message(self, channel_id: str, ts: str) -> Message:
        """Return one message."""
        found = self._messages.get(channel_id, {}).get(ts)
        if found is None:
            raise SlackError("message_not_found")
        return found

    def has_message(self, channel_id: str, ts: str) -> bool:
        """Say whether a message stands there."""
        return ts in self._messages.get(channel_id, {})

    def replace_message(self, message: Message) -> Message:
        """Put the changed message where the old one stands."""
        self._messages[message.channel][message.ts] = message
        return message

    def remove_message(self, channel_id: str, ts: str) -> Message:
        """Delete one message; replies to it stay."""
        message = self.message(channel_id, ts)
        del self._messages[channel_id][ts]
        if message.is_reply:
            self._replies[channel_id, message.root_ts].remove(ts)
        return message

    def messages(self, channel_id: str) -> Iterator[Message]:
        """Go through a channel's messages, thread replies included, oldest first."""
        return iter(self._messages[self.channel(channel_id).id].values())

    def thread(self, channel_id: str, ts: str) -> list[Message]:
        """Return a conversation: its first message, then the replies in order."""
        messages = self._messages[self.channel(channel_id).id]
        root = [messages[ts]] if ts in messages else []
        return root + [messages[reply] for reply in self._replies.get((channel_id, ts), [])]

    def add_ephemeral(self, ephemeral: Ephemeral) -> Ephemeral:
        """Show somebody a message that nobody keeps; the oldest ones are forgotten."""
        self.ephemerals.append(ephemeral)
        del self.ephemerals[:-MAX_EPHEMERALS]
        return ephemeral

    def replace_ephemeral(self, before: Ephemeral, after: Ephemeral | None) -> None:
        """Put another one where an ephemeral message stands, or nothing."""
        at = self.ephemerals.index(before)
        self.ephemerals[at : at + 1] = [] if after is None else [after]

    def ephemeral(self, user_id: str, channel_id: str, ts: str) -> Ephemeral | None:
        """Return a message that only one person sees, if it still stands."""
        for ephemeral in self.ephemerals:
            if (ephemeral.user, ephemeral.channel, ephemeral.ts) == (user_id, channel_id, ts):
                return ephemeral
        return None

    def prompts(self, user_id: str, otherwise: Iterable[JsonObject] = ()) -> list[JsonObject]:
        """Return the questions offered above a person's conversation with the app."""
        found = self.agent_threads.get((self.direct_channel(user_id).id, ""))
        return found.prompts if found is not None and found.prompts else list(otherwise)

    def _mark_root(self, channel_id: str, root_ts: str) -> None:
        root = self._messages[channel_id].get(root_ts)
        if root is not None and root.thread_ts is None:
            self.replace_message(replace(root, thread_ts=root_ts))
