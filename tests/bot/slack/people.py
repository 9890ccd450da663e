"""People and channels as Slack would tell of them, without a Slack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.audiences import Collections
from bot.slack.directory import UnknownError
from bot.slack.rights import Rights


@dataclass
class People:
    """A directory; what is `unknown` (guests, groups, shared, readers) Slack does not tell."""

    guests: frozenset[str] = frozenset()
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Who is in each user group."""
    shared: frozenset[str] = frozenset()
    """Channels that others read as well."""
    readers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Who is in each channel."""
    unknown: frozenset[str] = frozenset()

    def is_guest(self, user: str) -> bool:
        self._ask("guests")
        return user in self.guests

    def groups_of(self, user: str) -> frozenset[str]:
        self._ask("groups")
        return self.groups_of_anyway(user)

    def groups_of_anyway(self, user: str) -> frozenset[str]:
        """What is so, whether or not Slack tells."""
        return frozenset(group for group, users in self.groups.items() if user in users)

    def is_shared(self, channel: str) -> bool:
        self._ask("shared")
        return channel in self.shared

    def has_guests(self, channel: str) -> bool:
        self._ask("readers")
        return bool(self.readers.get(channel, frozenset()) & self.guests)

    def _ask(self, what: str) -> None:
        if what in self.unknown:
            raise UnknownError("ratelimited")


def everybody() -> Rights:
    """Without collections and guests: everybody may see everything."""
    return Rights(Collections, People())
