"""The smallest app there is, on Slack's own Socket Mode client."""

from __future__ import annotations

import logging
from collections.abc import Callable

from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web import WebClient

from bot.workspace.workspace import Workspace


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
