"""Clients of Slack's APIs that never repeat a call by themselves."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.slack.logs import library_log

SLACK_API_URL = "https://slack.com/api/"
TIMEOUT_S = 30
STATUS_TIMEOUT_S = 3
"""The status line is a courtesy that must not keep the next one waiting."""


def web_client(api_url: str, token: str | None, timeout_s: int = TIMEOUT_S) -> WebClient:
    """Make a client without the library's retries.

    Its default repeats a post whose connection was cut, also when Slack had accepted it; and its
    waits cannot be interrupted. Callers repeat what may be repeated.
    """
    client = WebClient(token=token, base_url=api_url, timeout=timeout_s, retry_handlers=[])
    # Set, a proxy is used even for hosts in NO_PROXY; unset, urllib reads the environment, rightly.
    client.proxy = None
    return client


def webhook_client(url: str) -> WebhookClient:
    """Make a client for one `response_url`, likewise."""
    quiet = library_log("slack_sdk.webhook", logging.CRITICAL)
    client = WebhookClient(url, timeout=TIMEOUT_S, retry_handlers=[], logger=quiet)
    client.proxy = None
    return client


def socket_proxy(api_url: str) -> str | None:
    """Find the proxy for a connection to `api_url`; None where NO_PROXY excepts its host."""
    host = urlsplit(api_url).hostname or ""
    return None if proxy_bypass(host) else getproxies().get("https")
