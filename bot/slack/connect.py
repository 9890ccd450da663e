"""Getting through to Slack at the start: retries while the network is down, plain words if not."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPException
from typing import TypeVar

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.slack.clients import SLACK_API_URL
from bot.slack.events import BotIdentity
from retrieval.errors import UsageError

log = logging.getLogger(__name__)

_MAX_PAUSE_S = 30.0
_Result = TypeVar("_Result")

_BOT_TOKEN = (
    "Copy the Bot User OAuth Token (xoxb-…) from the app's page, OAuth & Permissions, into"
    " SLACK_BOT_TOKEN; install the app again if it was removed."
)
_APP_TOKEN = (
    "Make an app-level token (xapp-…) with the scope connections:write on the app's page, Basic"
    " Information, and put it into SLACK_APP_TOKEN."
)
_SIGNING_SECRET = (
    "Or, to take Slack's requests over HTTP, copy the signing secret from Basic Information into"
    " SLACK_SIGNING_SECRET."
)
_SOCKET_MODE = "Switch Socket Mode on on the app's page; the manifest does so for a new app."


@dataclass(frozen=True, slots=True)
class SlackAccess:
    """How an installed app reaches Slack, and how Slack reaches it.

    With an app token the bot connects to Slack (Socket Mode); without one, it takes signed
    requests over HTTP.
    """

    bot_token: str
    app_token: str = ""
    api_url: str = SLACK_API_URL
    signing_secret: str = ""
    http_host: str = "127.0.0.1"
    http_port: int | None = 3000
    """0 takes any free port; None leaves listening to a WSGI server."""

    def __post_init__(self) -> None:
        if not self.bot_token.startswith("xoxb-"):
            raise UsageError("The Slack bot token does not begin with xoxb-.", _BOT_TOKEN)
        if self.app_token and not self.app_token.startswith("xapp-"):
            raise UsageError("The Slack app token does not begin with xapp-.", _APP_TOKEN)
        if not (self.app_token or self.signing_secret):
            raise UsageError(
                "Slack has no way to the bot: neither an app token nor a signing secret is set.",
                f"{_APP_TOKEN} {_SIGNING_SECRET}",
            )

    @property
    def takes_requests(self) -> bool:
        """Whether Slack's requests come in over HTTP."""
        return not self.app_token


def identify(client: WebClient, stop: threading.Event) -> BotIdentity | None:
    """Ask Slack who the bot is; None when stopped before Slack could be reached."""
    response = _until_reached(client.auth_test, stop, _bot_token_problem)
    if response is None:
        return None
    return BotIdentity(
        team=str(response.get("team_id", "")),
        user=str(response.get("user_id", "")),
        bot_id=str(response.get("bot_id", "")),
        name=str(response.get("user", "onrecord")),
        url=str(response.get("url", "")),
    )


def open_socket(connect: Callable[[], None], stop: threading.Event) -> bool:
    """Open the first Socket Mode connection; False when stopped before."""

    def connected() -> bool:
        connect()
        return True

    return _until_reached(connected, stop, _app_token_problem) is not None


def _until_reached(
    call: Callable[[], _Result],
    stop: threading.Event,
    problem: Callable[[str], UsageError],
) -> _Result | None:
    for pause_s in _pauses():
        try:
            return call()
        except SlackApiError as error:
            code, is_passing = _read(error)
            if not is_passing:
                raise problem(code) from None
        except (OSError, HTTPException) as error:
            code = type(error).__name__
        log.warning(
            "slack_unreachable error=%s next_try_s=%.0f check=network,HTTPS_PROXY,SLACK_API_URL",
            code,
            pause_s,
        )
        if stop.wait(pause_s):
            return None
    return None


def _pauses() -> Iterator[float]:
    pause_s = 1.0
    while True:
        yield pause_s
        pause_s = min(pause_s * 2, _MAX_PAUSE_S)


def _read(error: SlackApiError) -> tuple[str, bool]:
    """The error's code, and whether it may pass by itself."""
    response = error.response
    if not isinstance(response, SlackResponse):
        return "no_response", True
    code = str(response.get("error", ""))
    passing = response.status_code >= 500 or code in ("ratelimited", "internal_error")
    return ("server_error" if response.status_code >= 500 else code), passing


def _bot_token_problem(code: str) -> UsageError:
    return UsageError(f"Slack refuses the bot token ({code}).", _BOT_TOKEN)


def _app_token_problem(code: str) -> UsageError:
    remedy = _SOCKET_MODE if code == "socket_mode_not_enabled" else _APP_TOKEN
    return UsageError(f"Slack refuses to open a Socket Mode connection ({code}).", remedy)
