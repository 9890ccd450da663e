"""Short-lived rights that an interaction gives an app: open a view, answer at an address."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.workspace.errors import SlackError

TRIGGER_LIFE_S: Final = 3.0
RESPONSE_LIFE_S: Final = 30 * 60.0
RESPONSE_USES: Final = 5
RESPONSE_PATH: Final = "/response/"


@dataclass(slots=True)
class Trigger:
    """The right to open one view for one person, soon."""

    user: str
    until: float
    is_used: bool = False


@dataclass(slots=True)
class ResponseAddress:
    """The right to answer an interaction in its channel, a few times."""

    user: str
    channel: str
    message_ts: str | None
    until: float
    uses_left: int = RESPONSE_USES


class Vouchers:
    """Issues rights and redeems them."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._numbers = itertools.count(1)
        self._triggers: dict[str, Trigger] = {}
        self._addresses: dict[str, ResponseAddress] = {}

    def new_trigger(self, user: str) -> str:
        """Return a `trigger_id`."""
        trigger_id = f"{next(self._numbers)}.0.trigger"
        self._triggers[trigger_id] = Trigger(user, self._now() + TRIGGER_LIFE_S)
        return trigger_id

    def use_trigger(self, trigger_id: str) -> str:
        """Return for whom a view may be opened, once."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.is_used:
            raise SlackError("exchanged_trigger_id")
        if self._now() > trigger.until:
            raise SlackError("expired_trigger_id")
        trigger.is_used = True
        return trigger.user

    def new_response_id(self, user: str, channel: str, message_ts: str | None = None) -> str:
        """Return the last part of a `response_url`."""
        response_id = f"{next(self._numbers)}"
        until = self._now() + RESPONSE_LIFE_S
        self._addresses[response_id] = ResponseAddress(user, channel, message_ts, until)
        return response_id

    def use_response(self, response_id: str) -> ResponseAddress:
        """Return where an answer goes; five times at most."""
        address = self._addresses.get(response_id)
        if address is None or self._now() > address.until:
            raise SlackError("expired_url")
        if address.uses_left <= 0:
            raise SlackError("used_url")
        address.uses_left -= 1
        return address


def response_url(api_url: str, response_id: str) -> str:
    """Return the address at which an app answers an interaction."""
    return f"{api_url.removesuffix('/api/')}{RESPONSE_PATH}{response_id}"
