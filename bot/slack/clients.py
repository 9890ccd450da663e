"""Web API clients: one reads, one posts, and they retry differently on purpose."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from slack_sdk import WebClient
from slack_sdk.http_retry import ConnectionErrorRetryHandler, RetryHandler
from slack_sdk.http_retry.builtin_handlers import ServerErrorRetryHandler

SLACK_API_URL = "https://slack.com/api/"
POST_TIMEOUT_S = 30
READ_TIMEOUT_S = 20
STATUS_TIMEOUT_S = 3


def reading_client(api_url: str, token: str | None) -> WebClient:
    """Make a client for calls that change nothing and may be repeated freely.

    Rate limits are left to the caller: the library's handler sleeps as long as it is told.
    """
    repeat: list[RetryHandler] = [
        ConnectionErrorRetryHandler(max_retry_count=2),
        ServerErrorRetryHandler(max_retry_count=2),
    ]
    return _client(api_url, token, READ_TIMEOUT_S, repeat)


def posting_client(api_url: str, token: str) -> WebClient:
    """Make the client that posts. It never repeats a call by itself.

    The library's default repeats a post whose connection was cut, also when Slack had accepted it.
    """
    return _client(api_url, token, POST_TIMEOUT_S, [])


def status_client(api_url: str, token: str) -> WebClient:
    """Make a client for the status line, which must never hold an answer up."""
    return _client(api_url, token, STATUS_TIMEOUT_S, [])


def socket_proxy(api_url: str) -> str | None:
    """Find the proxy for a connection to `api_url`; None where NO_PROXY excepts its host."""
    host = urlsplit(api_url).hostname or ""
    if proxy_bypass(host):
        return None
    return getproxies().get("https")


def _client(
    api_url: str, token: str | None, timeout_s: int, retry_handlers: list[RetryHandler]
) -> WebClient:
    client = WebClient(
        token=token, base_url=api_url, timeout=timeout_s, retry_handlers=retry_handlers
    )
    # Set, it is used even for hosts in NO_PROXY; unset, urllib reads the environment, rightly.
    client.proxy = None
    return client
