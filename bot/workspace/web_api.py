"""Slack's Web API without its transport: who calls, may they, how often, and the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.workspace.arguments import Arguments
from bot.workspace.errors import SlackError, missing_scope
from bot.workspace.method import Method, Office, TokenKind
from bot.workspace.methods import (
    account,
    agents,
    assistant,
    chat,
    conversations,
    reactions,
    streams,
    views,
)
from bot.workspace.payload import JsonObject, JsonValue
from bot.workspace.rate_limits import RateLimits

METHODS: Final[Mapping[str, Method]] = {
    **account.METHODS,
    **agents.METHODS,
    **assistant.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **reactions.METHODS,
    **streams.METHODS,
    **views.METHODS,
}
"""Every method that the workspace knows; any other is `unknown_method`."""

ALL_SCOPES: Final = frozenset(
    {
        "app_mentions:read", "assistant:write", "channels:history", "channels:read", "chat:write",
        "commands", "groups:history", "groups:read", "im:history", "im:read", "im:write",
        "mpim:history", "mpim:read", "reactions:read", "reactions:write", "usergroups:read",
        "users:read",
    }
)  # fmt: skip
"""Every scope that one of the methods or events asks for."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The two tokens that the installed app was given."""

    bot: str
    app: str


class WebApi:
    """Answers one call at a time; whoever shares it between threads locks."""

    def __init__(
        self, office: Office, tokens: Tokens, scopes: Iterable[str], rate_limits: RateLimits
    ) -> None:
        self._office = office
        self._tokens = tokens
        self.scopes = frozenset(scopes)
        self._rate_limits = rate_limits

    def call(self, name: str, token: str, values: Mapping[str, JsonValue]) -> JsonObject:
        """Do one method, or raise the SlackError that Slack would answer."""
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        arguments = Arguments(values)
        self._check_token(method, token)
        self._check_scopes(method)
        self._rate_limits.check(name, method.per_minute)
        if name == "chat.postMessage":
            self._rate_limits.check_channel(arguments.text("channel"))
        return method.run(self._office, arguments)

    def _check_token(self, method: Method, token: str) -> None:
        if not token:
            raise SlackError("not_authed")
        kinds = {self._tokens.bot: TokenKind.BOT, self._tokens.app: TokenKind.APP}
        if token not in kinds:
            raise SlackError("invalid_auth")
        if kinds[token] is not method.token:
            raise SlackError("not_allowed_token_type")

    def _check_scopes(self, method: Method) -> None:
        if method.scopes and self.scopes.isdisjoint(method.scopes):
            raise missing_scope(method.scopes, self.scopes)
