"""What Slack says of people and channels, as far as it decides who may see what.

Nothing is taken for granted: what Slack does not say, or not in time, is unknown.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Protocol, TypeVar

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.slack.patience import Patience
from bot.slack.poster import UndeliverableError

KNOWN_FOR_S = 3.0
"""How long Slack's word holds: it allows about 20 questions a minute about user groups."""
ROSTER_KNOWN_FOR_S = 300.0
"""The same of who is a guest among those who only read along; who asks is looked up each time."""
PATIENCE_S = 2.0
_PAGE = 1000
_LIST_PAGE = 999
_SHARED = ("is_ext_shared", "is_pending_ext_shared", "is_org_shared")
_SLACKBOT = "USLACKBOT"
_RATE_LIMITED = "ratelimited"

_Known = TypeVar("_Known")


class UnknownError(Exception):
    """Slack does not say; `code` is its reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Directory(Protocol):
    """Who somebody is and who reads where; raises `UnknownError` where that is not known."""

    def is_guest(self, user: str) -> bool:
        """Whether somebody is not a full member of this workspace."""
        ...

    def groups_of(self, user: str) -> frozenset[str]:
        """The ids of the user groups that somebody is in."""
        ...

    def is_shared(self, channel: str) -> bool:
        """Whether another organisation, or another workspace, reads a channel."""
        ...

    def has_guests(self, channel: str) -> bool:
        """Whether anybody reads a channel who is not a full member of this workspace."""
        ...


class SlackDirectory:
    """Asks Slack; safe for several threads."""

    def __init__(
        self,
        client: WebClient,
        team: str,
        *,
        known_for_s: float = KNOWN_FOR_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._team = team
        self._known_for_s = known_for_s
        self._clock = clock
        self._patience = Patience(0.2)
        self._lock = threading.Lock()
        self._known: dict[str, tuple[Any, float]] = {}

    def is_guest(self, user: str) -> bool:
        """Whether somebody is not a full member of this workspace."""

        def look_up() -> bool:
            found = self._call(lambda: self._client.users_info(user=user)).get("user") or {}
            return self._is_outside(found)

        try:
            return self._recall(f"user {user}", look_up, self._known_for_s)
        except UnknownError as error:
            if error.code != _RATE_LIMITED:
                raise
            # Slack names about 100 people a minute one by one; a crowd is looked up in the list.
            return user not in self._recall("roster", self._full_members, self._known_for_s)

    def groups_of(self, user: str) -> frozenset[str]:
        """The ids of the user groups that somebody is in."""
        return frozenset(group for group, users in self.groups().items() if user in users)

    def groups(self) -> dict[str, frozenset[str]]:
        """Who is in each user group."""
        return self._recall("groups", self._groups, self._known_for_s)

    def is_shared(self, channel: str) -> bool:
        """Whether another organisation, or another workspace, reads a channel."""

        def look_up() -> bool:
            found = self._call(lambda: self._client.conversations_info(channel=channel))
            about = found.get("channel") or {}
            return not about or any(about.get(name) for name in _SHARED)

        try:
            return self._recall(f"channel {channel}", look_up, self._known_for_s)
        except UnknownError as error:
            # Likewise, about 50 channels a minute.
            own = self._own_channels() if error.code == _RATE_LIMITED else {}
            if channel not in own:
                raise
            return own[channel]

    def has_guests(self, channel: str) -> bool:
        """Whether anybody reads a channel who is not a full member of this workspace."""
        readers = self._recall(
            f"members {channel}", lambda: frozenset(self._members(channel)), self._known_for_s
        )
        full = self._recall("roster", self._full_members, ROSTER_KNOWN_FOR_S)
        if not readers <= full:  # somebody new, or a guest
            full = self._recall("roster", self._full_members, self._known_for_s)
        return not readers <= full

    def _own_channels(self) -> dict[str, bool]:
        """Whether others read in each of the channels that the bot is in."""

        def look_up() -> dict[str, bool]:
            return {
                str(about.get("id")): any(about[name] for name in _SHARED)
                for page in self._pages(
                    lambda cursor: self._client.users_conversations(
                        types="public_channel,private_channel", limit=_LIST_PAGE, cursor=cursor
                    )
                )
                for about in page.get("channels") or ()
                # What the list does not tell of a channel is not known of it.
                if all(name in about for name in _SHARED)
            }

        return self._recall("channels", look_up, self._known_for_s)

    def _groups(self) -> dict[str, frozenset[str]]:
        found = self._call(lambda: self._client.usergroups_list(include_users=True))
        return {
            str(group["id"]): frozenset(map(str, group.get("users") or ()))
            for group in found.get("usergroups") or ()
        }

    def _members(self, channel: str) -> Iterator[str]:
        for page in self._pages(
            lambda cursor: self._client.conversations_members(
                channel=channel, limit=_PAGE, cursor=cursor
            )
        ):
            yield from map(str, page.get("members") or ())

    def _full_members(self) -> frozenset[str]:
        return frozenset(
            str(user.get("id"))
            for page in self._pages(
                lambda cursor: self._client.users_list(limit=_PAGE, cursor=cursor)
            )
            for user in page.get("members") or ()
            # Bots and those who have left read nothing that they could tell.
            if user.get("is_bot") or user.get("deleted") or not self._is_outside(user)
        ) | {_SLACKBOT}

    def _is_outside(self, user: dict[str, object]) -> bool:
        roles = ("is_restricted", "is_ultra_restricted", "is_stranger", "deleted")
        elsewhere = self._team and user.get("team_id") != self._team
        return not user or bool(elsewhere) or any(user.get(role) for role in roles)

    def _pages(self, ask: Callable[[str | None], SlackResponse]) -> Iterator[SlackResponse]:
        cursor: str | None = None
        while True:
            page = self._call(lambda at=cursor: ask(at))  # type: ignore[misc]  # bound in the loop
            yield page
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return

    def _call(self, call: Callable[[], SlackResponse]) -> SlackResponse:
        try:
            return self._patience.until_done(call, PATIENCE_S)
        except UndeliverableError as error:
            raise UnknownError(error.code) from None

    def _recall(self, key: str, look_up: Callable[[], _Known], known_for_s: float) -> _Known:
        """What is known for a short while; failures are not remembered."""
        now = self._clock()
        with self._lock:
            known, at = self._known.get(key, (None, 0.0))
            if key in self._known and now - at < known_for_s:
                return known  # type: ignore[no-any-return]  # kept below under this key
        found = look_up()
        with self._lock:
            if len(self._known) > _PAGE:
                self._known.clear()
            self._known[key] = (found, now)
        return found
