"""Short-lived rights that an interaction gives an app: open a view, answer at an address."""

from __future__ import annotations

import itertools
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.workspace.errors import SlackError

TRIGGER_LIFE_S: Final = 3.0
RESPONSE_LIFE_S: Final = 30 * 60.0
RESPONSE_USES: Final = 5
RESPONSE_PATH: Final = "/response/"
_KEPT_S: Final = 2 * RESPONSE_LIFE_S
"""How long a right is remembered, so that an app learns that it came too late."""
_SWEEP_EVERY: Final = 1_000


@dataclass(slots=True)
class Trigger:
    """The right to open one view for one person, soon."""

    user: str
    window: str
    """The window in which something was done, and in which the view opens."""
    until: float
    is_used: bool = False


@dataclass(frozen=True, slots=True)
class ResponseTarget:
    """Whose interaction is answered, and where it happened."""

    user: str
    channel: str
    message_ts: str | None = None
    """The message that was pressed in."""
    thread_ts: str | None = None
    is_ephemeral: bool = False


@dataclass(slots=True)
class _Address:
    target: ResponseTarget
    until: float
    uses_left: int = RESPONSE_USES


class Vouchers:
    """Issues rights and redeems them."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._numbers = itertools.count(1)
        self._triggers: dict[str, Trigger] = {}
        self._addresses: dict[str, _Address] = {}

    def new_trigger(self, user: str, window: str = "") -> str:
        """Return a `trigger_id`."""
        number = next(self._numbers)
        if number % _SWEEP_EVERY == 0:
            self._forget_the_old()
        trigger_id = f"{number}.0.{secrets.token_hex(8)}"
        self._triggers[trigger_id] = Trigger(user, window, self._now() + TRIGGER_LIFE_S)
        return trigger_id

    def use_trigger(self, trigger_id: str) -> Trigger:
        """Return for whom, and where, a view may be opened, once."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.is_used:
            raise SlackError("exchanged_trigger_id")
        if self._now() > trigger.until:
            raise SlackError("expired_trigger_id")
        trigger.is_used = True
        return trigger

    def new_response_id(self, target: ResponseTarget) -> str:
        """Return the last part of a `response_url`."""
        response_id = secrets.token_urlsafe(18)
        self._addresses[response_id] = _Address(target, self._now() + RESPONSE_LIFE_S)
        return response_id

    def use_response(self, response_id: str) -> ResponseTarget:
        """Return where an answer goes; five times at most."""
        address = self._addresses.get(response_id)
        if address is None or self._now() > address.until:
            raise SlackError("expired_url")
        if address.uses_left <= 0:
            raise SlackError("used_url")
        address.uses_left -= 1
        return address.target

    def _forget_the_old(self) -> None:
        limit = self._now() - _KEPT_S
        self._triggers = {i: t for i, t in self._triggers.items() if t.until > limit}
        self._addresses = {i: a for i, a in self._addresses.items() if a.until > limit}


def response_url(api_url: str, response_id: str) -> str:
    """Return the address at which an app answers an interaction."""
    return f"{api_url.removesuffix('/api/')}{RESPONSE_PATH}{response_id}"
