"""A look at the installed app from outside: what Slack says of its tokens, scopes and channels.

Reads only; posts nothing. What Slack tells nobody is said to be so.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass, urlopen

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from bot.audiences import Collections
from bot.findings import Finding
from bot.manifest import wanted_events, wanted_scopes
from bot.slack.checkup_audiences import check_audiences
from bot.slack.clients import web_client
from bot.slack.connect import SlackAccess
from bot.slack.http import HEALTH_PATH, PATH

TIMEOUT_S = 10
MOST_SKEW_S = 60.0
"""Slack's requests are refused from five minutes on."""

_APP_OF_TOKEN = re.compile(r"xapp-\d+-(A[A-Z0-9]+)-")
_BOT_TOKEN_CODES = frozenset(
    "invalid_auth not_authed token_revoked token_expired account_inactive".split()
)
_BOT_TOKEN = (
    "Copy the Bot User OAuth Token from the app's page, OAuth & Permissions, into SLACK_BOT_TOKEN; "
    "if the app was removed from the workspace, install it again."
)
_APP_TOKEN = (
    "Make an app-level token with the scope connections:write on the app's page, Basic "
    "Information, and put it into SLACK_APP_TOKEN."
)
_SOCKET_MODE = "Switch Socket Mode on on the app's page, or remove SLACK_APP_TOKEN for HTTP mode."
_NETWORK = (
    "Check the network, the proxy (HTTPS_PROXY, NO_PROXY) and SLACK_API_URL; firewalls must let "
    "connections to slack.com and wss-primary.slack.com out."
)
_REINSTALL = (
    "On the app's page, OAuth & Permissions, add {scopes}; then install the app again under "
    "Install App: until then Slack does not grant them."
)


@dataclass(frozen=True, slots=True)
class _Trouble:
    """A call that did not succeed: Slack's error code, or none if Slack was not reached."""

    code: str
    reached: bool = True


def check_up(
    access: SlackAccess,
    *,
    admins: Sequence[str] = (),
    owners_channel: str | None = None,
    collections: Collections | None = None,
    clock: Callable[[], float] = time.time,
) -> Iterator[Finding]:
    """Ask Slack about each part of the installation."""
    client = web_client(access.api_url, access.bot_token, TIMEOUT_S)
    yield _proxy(access.api_url)
    known = _call(client.auth_test)
    if isinstance(known, _Trouble):
        yield _bot_token_problem(known, access.api_url)
        return
    yield Finding("Bot token", f"@{known['user']} in {known['team']} ({known['url']})")
    yield _scopes(known)
    yield _clock_skew(known, access, clock())
    yield from _way_in(client, access, str(known.get("bot_id", "")))
    yield Finding(
        "Events",
        "Slack does not tell which are subscribed; on the app's page, Event Subscriptions must "
        f"list {', '.join(wanted_events())}",
    )
    yield _channels(client)
    if owners_channel:
        yield _owners_channel(client, owners_channel)
    yield from (_admin(client, user) for user in admins)
    if collections:
        yield from check_audiences(client, str(known.get("team_id", "")), collections)


def _call(method: Callable[..., SlackResponse], **arguments: object) -> SlackResponse | _Trouble:
    try:
        return method(**arguments)
    except SlackApiError as error:
        response = error.response
        code = str(response.get("error") or "") if response else ""
        return _Trouble(code or "no answer that could be read")
    except (OSError, HTTPException, SlackClientError) as error:
        reason = error.reason if isinstance(error, URLError) else error
        return _Trouble(str(reason) or type(error).__name__, reached=False)


def _proxy(api_url: str) -> Finding:
    host = urlsplit(api_url).hostname or ""
    proxy = getproxies().get(urlsplit(api_url).scheme)
    if not proxy:
        return Finding("Proxy", "none is set")
    if proxy_bypass(host):
        return Finding("Proxy", f"one is set, but not for {host} (NO_PROXY)")
    shown = re.sub(r"//[^/@]*@", "//…@", proxy)  # it may carry a password
    return Finding("Proxy", f"{host} is reached through {shown}")


def _bot_token_problem(trouble: _Trouble, api_url: str) -> Finding:
    if not trouble.reached:
        return Finding("Slack", f"{api_url} cannot be reached: {trouble.code}", _NETWORK)
    if trouble.code in _BOT_TOKEN_CODES:
        return Finding("Bot token", f"Slack refuses it ({trouble.code})", _BOT_TOKEN)
    return Finding("Slack", f"it answers {trouble.code}", "Try again in a minute.")


def _scopes(known: SlackResponse) -> Finding:
    given = _header(known.headers, "x-oauth-scopes")
    if given is None:
        return Finding("Scopes", "Slack did not say which are granted")
    granted = {scope.strip() for scope in given.split(",")} - {""}
    lacking = [scope for scope in wanted_scopes() if scope not in granted]
    if lacking:
        scopes = ", ".join(lacking)
        return Finding("Scopes", f"not granted: {scopes}", _REINSTALL.format(scopes=scopes))
    more = sorted(granted.difference(wanted_scopes()))
    unused = f"; {', '.join(more)} as well, which nothing here uses" if more else ""
    return Finding("Scopes", f"all {len(wanted_scopes())} are granted{unused}")


def _clock_skew(known: SlackResponse, access: SlackAccess, now: float) -> Finding:
    stated = _header(known.headers, "date")
    if stated is None:
        return Finding("Clock", "Slack did not tell the time")
    skew = abs(now - parsedate_to_datetime(stated).timestamp())
    if skew > MOST_SKEW_S and access.takes_requests:
        return Finding(
            "Clock",
            f"{skew:.0f} s away from Slack's; signed requests are refused from 300 s on",
            "Set this machine's clock, for instance by switching on time synchronisation.",
        )
    return Finding("Clock", f"{skew:.0f} s away from Slack's")


def _way_in(client: WebClient, access: SlackAccess, bot_id: str) -> Iterator[Finding]:
    """How Slack's events come in: over a connection of ours, or as requests."""
    if access.takes_requests:
        yield _request_url(access)
        return
    opened = _call(
        web_client(access.api_url, None, TIMEOUT_S).apps_connections_open,
        app_token=access.app_token,
    )
    if isinstance(opened, _Trouble):
        remedy = _SOCKET_MODE if opened.code == "socket_mode_not_enabled" else _APP_TOKEN
        what = "Slack refuses it" if opened.reached else "Slack cannot be reached"
        yield Finding(
            "App token", f"{what} ({opened.code})", remedy if opened.reached else _NETWORK
        )
        return
    yield Finding("App token", "Slack offers a Socket Mode connection")
    yield from _same_app(client, access.app_token, bot_id)


def _same_app(client: WebClient, app_token: str, bot_id: str) -> Iterator[Finding]:
    """Tokens of two apps are each valid by itself, and no question ever arrives."""
    named = _APP_OF_TOKEN.match(app_token)
    answered = _call(client.bots_info, bot=bot_id)
    if named is None or isinstance(answered, _Trouble):
        return
    app = str(answered["bot"].get("app_id", ""))
    if app and app != named[1]:
        yield Finding(
            "Tokens",
            f"they belong to two apps: the bot token to {app}, the app token to {named[1]}",
            "Copy both tokens from the page of the same app.",
        )


def _request_url(access: SlackAccess) -> Finding:
    where = f"{access.http_host}:{access.http_port}"
    listens = "a bot listens" if _is_healthy(where) else "no bot listens now"
    return Finding(
        "Request URL",
        f"{listens} at {where}; Slack does not tell from here whether it gets through: on the "
        f"app's page, Event Subscriptions must show https://…{PATH} as Verified, which needs the "
        "right signing secret",
    )


def _is_healthy(where: str) -> bool:
    try:
        with urlopen(f"http://{where}{HEALTH_PATH}", timeout=2) as answer:
            return bool(answer.status == 200)
    except (OSError, HTTPException, ValueError):
        return False


def _channels(client: WebClient) -> Finding:
    found = _call(client.users_conversations, types="public_channel,private_channel", limit=200)
    if isinstance(found, _Trouble):
        return Finding(
            "Channels", f"Slack does not tell in which the bot is ({found.code}); none is needed"
        )
    names = [f"#{channel['name']}" for channel in found["channels"]]
    if not names:
        return Finding("Channels", "the bot is in none; /invite @onrecord in a channel adds it")
    return Finding("Channels", f"the bot is in {', '.join(names)}")


def _owners_channel(client: WebClient, channel: str) -> Finding:
    found = _call(client.conversations_history, channel=channel, limit=1)
    if not isinstance(found, _Trouble):
        return Finding("Owners' channel", f"the bot is in {channel}")
    if found.code in ("not_in_channel", "channel_not_found"):
        return Finding(
            "Owners' channel",
            f"the bot is not in {channel} ({found.code})",
            "Write /invite @onrecord in that channel, or correct ONRECORD_OWNERS_CHANNEL.",
        )
    return Finding(
        "Owners' channel", f"{channel} cannot be read ({found.code})", "Look at the lines above."
    )


def _admin(client: WebClient, user: str) -> Finding:
    found = _call(client.users_info, user=user)
    if not isinstance(found, _Trouble):
        return Finding("Admin", f"{user} is @{found['user'].get('name', '?')}")
    if found.code == "user_not_found":
        return Finding(
            "Admin", f"nobody here has the id {user}", "Correct ONRECORD_ADMINS: it takes ids."
        )
    return Finding("Admin", f"{user} cannot be looked up ({found.code})")


def _header(headers: Mapping[str, object], name: str) -> str | None:
    return next((str(value) for key, value in headers.items() if key.lower() == name), None)
