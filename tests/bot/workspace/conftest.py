"""A running workspace, Slack's own clients for it, and an app that listens."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import pytest
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web import WebClient

from bot.workspace.workspace import Workspace, WorkspaceOptions

GENERAL = "C0GENERAL"
MEMBER = "U0MEMBER"


class Listener:
    """An app that keeps what it receives, and acknowledges it unless told otherwise."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.requests: list[SocketModeRequest] = []
        self.acknowledges: Callable[[SocketModeRequest], bool] = lambda request: True
        self.client = SocketModeClient(
            app_token=workspace.app_token,
            web_client=WebClient(token=workspace.bot_token, base_url=workspace.api_url),
            logger=logging.getLogger("tests.listener"),
            ping_interval=0.1,
        )
        self.client.socket_mode_request_listeners.append(self._receive)

    def connect(self) -> None:
        """Open a connection and wait until the workspace uses it."""
        self.client.connect()
        assert self._workspace.wait_for(lambda: self._workspace.socket_mode.open_connections > 0)

    def close(self) -> None:
        """Leave. With its socket cut, the client need not wait for its own three-second read."""
        self.client.auto_reconnect_enabled = False
        self._workspace.socket_mode.drop()
        self.client.close()

    def events(self, kind: str) -> list[SocketModeRequest]:
        """Return what has been received of one event type."""
        return [r for r in self.requests if r.payload["event"]["type"] == kind]

    def _receive(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        self.requests.append(request)
        if self.acknowledges(request):
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id))


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
