"""The smallest app there is, on Slack's own Socket Mode client."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web import WebClient

from bot.workspace.workspace import Workspace


class Listener:
    """An app that keeps what it receives, and acknowledges it unless told otherwise."""

    def __init__(self, workspace: Workspace, ping_interval_s: float = 2.0) -> None:
        self._workspace = workspace
        self._greeted = threading.Event()
        self.requests: list[SocketModeRequest] = []
        self.acknowledges: Callable[[SocketModeRequest], bool] = lambda request: True
        self.answers: Callable[[SocketModeRequest], dict[str, Any] | None] = lambda request: None
        self.client = SocketModeClient(
            app_token=workspace.app_token,
            web_client=WebClient(token=workspace.bot_token, base_url=workspace.api_url),
            logger=logging.getLogger("tests.listener"),
            ping_interval=ping_interval_s,
        )
        self.client.socket_mode_request_listeners.append(self._receive)
        self.client.on_message_listeners.append(self._note_greeting)

    def connect(self) -> None:
        """Open a connection and wait until it greets.

        A slack_sdk client that is closed before it has begun to read waits for itself for ever.
        """
        self.client.connect()
        assert self._greeted.wait(timeout=10)

    def close(self) -> None:
        """Leave at once: the client's own pauses, of one and of three seconds, are cut short."""
        self.client.auto_reconnect_enabled = False
        self.client.closed = True
        self.client.message_queue.put(None)
        self._workspace.socket_mode.drop()
        self.client.close()

    def last(self, kind: str) -> dict[str, Any]:
        """Return the last interaction of one type."""
        received = [r.payload for r in self.requests if r.payload.get("type") == kind]
        assert received, f"no {kind} has arrived"
        return received[-1]

    def events(self, kind: str) -> list[SocketModeRequest]:
        """Return what has been received of one event type."""
        return [r for r in self.requests if r.payload["event"]["type"] == kind]

    def _receive(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        self.requests.append(request)
        if self.acknowledges(request):
            answer = SocketModeResponse(request.envelope_id, self.answers(request))
            client.send_socket_mode_response(answer)

    def _note_greeting(self, frame: str) -> None:
        if '"hello"' in frame:
            self._greeted.set()
