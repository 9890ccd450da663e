"""What a Web API method is, and what it may touch."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.workspace.arguments import Arguments
from bot.workspace.events import Event
from bot.workspace.manifest import Manifest
from bot.workspace.payload import JsonObject
from bot.workspace.state import WorkspaceState
from bot.workspace.vouchers import Vouchers


class TokenKind(StrEnum):
    """Which of the app's two tokens a method wants."""

    BOT = "xoxb"
    APP = "xapp"


@dataclass(frozen=True, slots=True)
class Office:
    """Everything a method works with: the state, and the ways to the app."""

    state: WorkspaceState
    publish: Callable[[Iterable[Event]], None]
    open_socket_url: Callable[[], str]
    api_url: Callable[[], str]
    vouchers: Vouchers
    manifest: Manifest
    scopes: frozenset[str]
    subscriptions: frozenset[str]

    @property
    def origin(self) -> str:
        """The beginning of every address of the workspace."""
        return self.api_url().removesuffix("api/")


@dataclass(frozen=True, slots=True)
class Method:
    """One method of the Web API."""

    run: Callable[[Office, Arguments], JsonObject]
    scopes: tuple[str, ...] = ()
    """Any one of these is enough; none are needed when empty."""
    token: TokenKind = TokenKind.BOT
    per_minute: int = 100
    """Calls that Slack lets through in a minute."""
