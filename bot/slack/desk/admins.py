"""Who may administer the bot: those named in the settings, and workspace admins if trusted."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

log = logging.getLogger(__name__)

KNOWN_FOR_S = 300.0
"""How long Slack's word on somebody holds."""


class Admins:
    """Answers whether somebody is an admin. When Slack cannot be asked, the answer is no."""

    def __init__(
        self,
        named: frozenset[str],
        client: WebClient,
        *,
        trusts_workspace: bool,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._named = named
        self._client = client
        self._trusts_workspace = trusts_workspace
        self._clock = clock
        self._lock = threading.Lock()
        self._known: dict[str, tuple[bool, float]] = {}

    def include(self, user: str) -> bool:
        """Whether `user` may administer the bot."""
        if user in self._named:
            return True
        return self._trusts_workspace and self._is_workspace_admin(user)

    def _is_workspace_admin(self, user: str) -> bool:
        now = self._clock()
        with self._lock:
            is_admin, until = self._known.get(user, (False, 0.0))
        if now < until:
            return is_admin
        try:
            found = self._client.users_info(user=user).get("user") or {}
        except (SlackApiError, OSError, HTTPException) as error:
            log.warning("admin_unknown user=%s error=%s", user, type(error).__name__)
            return False
        is_admin = _is_admin(found)
        with self._lock:
            self._known[user] = (is_admin, now + KNOWN_FOR_S)
        return is_admin


def _is_admin(user: dict[str, object]) -> bool:
    if user.get("deleted") or user.get("is_bot") or user.get("is_stranger"):
        return False
    return any(user.get(role) is True for role in ("is_admin", "is_owner", "is_primary_owner"))
