"""A running workspace, Slack's own client for it, and an app that listens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from slack_sdk.web import WebClient

from bot.workspace.web_api import ALL_SCOPES
from bot.workspace.workspace import Workspace, WorkspaceOptions
from tests.bot.workspace.browser import Browser
from tests.bot.workspace.listener import Listener
from tests.bot.workspace.made import MANIFEST


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    # slack_sdk sends loopback requests to a proxy, whatever NO_PROXY says.
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def ack_timeout_s() -> float:
    """Slack's own; a test that waits for it to pass asks for less."""
    return 3.0


@pytest.fixture
def retry_delays_s() -> tuple[float, ...]:
    """As many as Slack's, without its pauses."""
    return (0, 0, 0)


@pytest.fixture
def workspace(ack_timeout_s: float, retry_delays_s: tuple[float, ...]) -> Iterator[Workspace]:
    options = WorkspaceOptions(
        ack_timeout_s=ack_timeout_s,
        retry_delays_s=retry_delays_s,
        manifest=MANIFEST,
        scopes=ALL_SCOPES,
    )
    with Workspace(options) as running:
        yield running


@pytest.fixture
def web(workspace: Workspace) -> WebClient:
    return WebClient(token=workspace.bot_token, base_url=workspace.api_url)


@pytest.fixture
def ping_interval_s() -> float:
    """Four of them without an answer, and the client takes a connection for dead."""
    return 2.0


@pytest.fixture
def listener(workspace: Workspace, ping_interval_s: float) -> Iterator[Listener]:
    listener = Listener(workspace, ping_interval_s)
    yield listener
    listener.close()


@pytest.fixture
def browser(workspace: Workspace) -> Iterator[Browser]:
    browser = Browser(workspace)
    yield browser
    browser.close()
