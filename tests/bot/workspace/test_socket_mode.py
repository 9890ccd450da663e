"""The workspace driven by Slack's own client library, over real sockets."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web import WebClient

from bot.workspace.workspace import Workspace, WorkspaceOptions


class Listener:
    """An app that keeps what it receives and acknowledges it, unless told otherwise."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.requests: list[SocketModeRequest] = []
        self.acknowledges: Callable[[SocketModeRequest], bool] = lambda request: True
        self.client = SocketModeClient(
            app_token=workspace.app_token,
            web_client=WebClient(token=workspace.bot_token, base_url=workspace.api_url),
            ping_interval=0.1,
        )
        self.client.socket_mode_request_listeners.append(self._receive)

    def _receive(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        self.requests.append(request)
        if self.acknowledges(request):
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id))

    def connect(self) -> None:
        self.client.connect()
        assert self._workspace.wait_for(lambda: self._workspace.socket_mode.open_connections == 1)


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with Workspace(WorkspaceOptions(ack_timeout_s=0.2, retry_delays_s=(0, 0, 0))) as running:
        yield running


@pytest.fixture
def listener(workspace: Workspace) -> Iterator[Listener]:
    listener = Listener(workspace)
    yield listener
    listener.client.close()


def test_a_mention_arrives_as_app_mention_and_as_message(
    workspace: Workspace, listener: Listener
) -> None:
    listener.connect()
    ts = workspace.post_as("U0MEMBER", "C0GENERAL", f"{workspace.bot.mention} hello")
    assert workspace.wait_for(lambda: all(d.is_done for d in workspace.deliveries))
    events = {r.payload["event"]["type"]: r.payload for r in listener.requests}
    assert set(events) == {"app_mention", "message"}
    assert {p["event"]["ts"] for p in events.values()} == {ts}
    assert events["app_mention"]["event_id"] != events["message"]["event_id"]
