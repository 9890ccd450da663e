"""Who may see which collections: one person alone, or everybody who reads in a channel.

The rules, one line each:

- alone (in direct messages, in what only they see): collections for everyone, for a user group of
  theirs, for themselves; in a channel, those of the channel as well;
- in a channel: collections for everyone, and those that name the channel;
- unless a collection is open to guests, nothing of it is shown to a guest, nor where a guest or
  somebody of another organisation reads along;
- what is not known is not permitted.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from bot.audiences import Audience, Collections
from bot.slack.directory import Directory, UnknownError
from retrieval.errors import UsageError
from retrieval.labels import MAIN

log = logging.getLogger(__name__)

GUEST = (
    "Guests of this workspace are not shown documents. An admin can open a collection of them to "
    "guests."
)
NOBODY = "No documents are open to you. An admin decides which are."
SHARED = (
    "Others than this workspace read in this channel, so nothing from the documents is shown here. "
    "Ask in a direct message."
)
WITH_GUESTS = (
    "Guests read in this channel, and no documents are open to them. Ask in a direct message."
)
CLOSED_CHANNEL = "No documents are open to this channel. Ask in a direct message."
UNREADABLE = (
    "Who may see which documents cannot be read, so none are shown. An admin must correct the "
    "collections file: the log says what is wrong."
)
UNKNOWN = (
    "Slack does not say who would see the answer ({code}), so none is given. Ask again in a "
    "minute; if it stays so, an admin must run `onrecord doctor`."
)
DOUBT = "Not all documents that may be open to you were searched: Slack does not say ({code})."


@dataclass(frozen=True, slots=True)
class Allowed:
    """The collections that may be shown somewhere, by name."""

    names: frozenset[str] = frozenset()
    why_not: str = ""
    """Why there are none, for whoever asked."""
    doubt: str = ""
    """What else there may be, and could not be found out."""


class Rights:
    """Finds out, for each question anew, what may be shown to whom."""

    def __init__(self, collections: Callable[[], Collections], directory: Directory) -> None:
        self._collections = collections
        self._directory = directory

    def at(self, channel: str, user: str) -> Allowed:
        """What may be shown to everybody in a channel, or in somebody's direct messages."""
        return self.alone(user) if channel.startswith("D") else self.room(channel, user)

    def alone(self, user: str, channel: str = "") -> Allowed:
        """What may be shown to one person, of a channel too where only they see it there."""
        return self._guarded(lambda collections: self._alone(collections, user, channel))

    def room(self, channel: str, asker: str = "") -> Allowed:
        """What may be shown to everybody who reads in a channel, where `asker` has asked for it."""
        return self._guarded(lambda collections: self._room(collections, channel, asker))

    def _guarded(self, decide: Callable[[Collections], Allowed]) -> Allowed:
        try:
            return decide(self._collections())
        except UsageError as error:
            log.error("nothing_permitted error=%s", error)
            return Allowed(why_not=UNREADABLE)
        except UnknownError as error:
            log.warning("nothing_permitted error=%s", error.code)
            return Allowed(why_not=UNKNOWN.format(code=error.code))

    def _alone(self, collections: Collections, user: str, channel: str) -> Allowed:
        is_guest = self._directory.is_guest(user)

        def may_see(name: str, audience: Audience) -> bool:
            if is_guest and not audience.guests:
                return False
            if audience.everyone or user in audience.people:
                return True
            if audience.groups and self._directory.groups_of(user) & {*audience.groups}:
                return True
            return channel in audience.channels and self._suits(collections, name, channel)

        allowed = _each(collections, may_see)
        if allowed.names or allowed.why_not:
            return allowed
        return Allowed(why_not=GUEST if is_guest else NOBODY)

    def _room(self, collections: Collections, channel: str, asker: str) -> Allowed:
        is_guest = bool(asker) and self._directory.is_guest(asker)
        here = {n for n, a in collections.audiences.items() if a.everyone or channel in a.channels}

        def may_see(name: str, audience: Audience) -> bool:
            if name not in here or (is_guest and not audience.guests):
                return False
            return self._suits(collections, name, channel)

        allowed = _each(collections, may_see)
        if allowed.names or allowed.why_not:
            return allowed
        if is_guest or not here:
            return Allowed(why_not=GUEST if is_guest else CLOSED_CHANNEL)
        return Allowed(why_not=SHARED if self._directory.is_shared(channel) else WITH_GUESTS)

    def _suits(self, collections: Collections, name: str, channel: str) -> bool:
        """Whether everybody who reads in a channel that a collection is for may do so."""
        if collections.audiences[name].guests:
            return True
        if self._directory.is_shared(channel):
            return False
        if name == MAIN and not collections.heeds_readers_of_main:
            return True
        return not self._directory.has_guests(channel)


def _each(collections: Collections, may_see: Callable[[str, Audience], bool]) -> Allowed:
    """The collections that may be seen; what cannot be found out of one leaves the others."""
    names, code = set(), ""
    for name, audience in collections.audiences.items():
        try:
            if may_see(name, audience):
                names.add(name)
        except UnknownError as error:
            log.warning("not_permitted collection=%s error=%s", name, error.code)
            code = error.code
    if not code:
        return Allowed(frozenset(names))
    why_not = "" if names else UNKNOWN.format(code=code)
    return Allowed(frozenset(names), why_not, DOUBT.format(code=code))
