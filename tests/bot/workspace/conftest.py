"""A running workspace, Slack's own client for it, and an app that listens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from slack_sdk.web import WebClient

from bot.workspace.workspace import Workspace, WorkspaceOptions
from tests.bot.workspace.listener import Listener


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    # slack_sdk sends loopback requests to a proxy, whatever NO_PROXY says.
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    options = WorkspaceOptions(ack_timeout_s=0.3, retry_delays_s=(0, 0, 0))
    with Workspace(options) as running:
        yield running


@pytest.fixture
def web(workspace: Workspace) -> WebClient:
    return WebClient(token=workspace.bot_token, base_url=workspace.api_url)


@pytest.fixture
def listener(workspace: Workspace) -> Iterator[Listener]:
    listener = Listener(workspace)
    yield listener
    listener.close()
