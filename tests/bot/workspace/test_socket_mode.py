"""Socket Mode as Slack's own client library experiences it."""

from __future__ import annotations

import contextlib
import gc
import json
from urllib.error import URLError

import pytest
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.web import WebClient
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from bot.workspace.courier import WINDOW_ENVELOPES
from bot.workspace.socket_mode import MAX_CONNECTIONS
from bot.workspace.workspace import Workspace, WorkspaceOptions
from tests.bot.workspace.listener import Listener

GENERAL = "C0GENERAL"
MEMBER = "U0MEMBER"
WATCHFUL = pytest.mark.parametrize("ping_interval_s", [0.1])
IMPATIENT = pytest.mark.parametrize("ack_timeout_s", [0.2])


def test_a_mention_arrives_twice_with_one_timestamp(
    workspace: Workspace, listener: Listener
) -> None:
    listener.connect()
    ts = workspace.post_as(MEMBER, GENERAL, f"{workspace.bot.mention} hello")
    assert workspace.wait_until_delivered()
    mention = listener.events("app_mention")[0].payload
    message = listener.events("message")[0].payload
    assert mention["event"]["ts"] == message["event"]["ts"] == ts
    assert mention["event_id"] != message["event_id"]
    assert len(listener.requests) == 2


@IMPATIENT
def test_an_acknowledged_event_comes_once(workspace: Workspace, listener: Listener) -> None:
    listener.connect()
    workspace.post_as(MEMBER, GENERAL, "good morning")
    assert workspace.wait_until_delivered()
    assert not workspace.wait_for(lambda: len(listener.requests) > 1, timeout_s=0.4)
    assert listener.requests[0].retry_attempt == 0


@IMPATIENT
def test_an_unacknowledged_event_comes_again_with_its_count_and_reason(
    workspace: Workspace, listener: Listener
) -> None:
    listener.acknowledges = lambda request: request.retry_attempt == 2
    listener.connect()
    workspace.post_as(MEMBER, GENERAL, "good morning")
    assert workspace.wait_until_delivered()
    attempts = [(r.retry_attempt, r.retry_reason) for r in listener.requests]
    assert attempts == [(0, ""), (1, "timeout"), (2, "timeout")]
    assert len({r.payload["event_id"] for r in listener.requests}) == 1
    assert len({r.envelope_id for r in listener.requests}) == 3


@IMPATIENT
def test_an_event_is_given_up_after_three_retries(workspace: Workspace, listener: Listener) -> None:
    listener.acknowledges = lambda request: False
    listener.connect()
    workspace.post_as(MEMBER, GENERAL, "good morning")
    assert workspace.wait_until_delivered()
    assert [r.retry_attempt for r in listener.requests] == [0, 1, 2, 3]
    assert workspace.deliveries()[0].is_lost


@IMPATIENT
@pytest.mark.parametrize("retry_delays_s", [(0,) * 50])
def test_a_late_acknowledgement_counts(workspace: Workspace, listener: Listener) -> None:
    listener.acknowledges = lambda request: False
    listener.connect()
    workspace.post_as(MEMBER, GENERAL, "good morning")
    assert workspace.wait_for(lambda: len(listener.requests) >= 2)
    first = listener.requests[0].envelope_id
    listener.client.send_socket_mode_response({"envelope_id": first})
    assert workspace.wait_until_delivered()
    assert workspace.deliveries()[0].acked_at is not None


def test_a_duplicate_is_the_same_envelope_again(workspace: Workspace, listener: Listener) -> None:
    listener.connect()
    workspace.faults.duplicate()
    workspace.post_as(MEMBER, GENERAL, "good morning")
    assert workspace.wait_for(lambda: len(listener.requests) == 2)
    assert listener.requests[0].envelope_id == listener.requests[1].envelope_id


def test_a_redelivery_comes_although_acknowledged(workspace: Workspace, listener: Listener) -> None:
    listener.connect()
    workspace.faults.redeliver()
    workspace.post_as(MEMBER, GENERAL, "good morning")
    assert workspace.wait_until_delivered()
    assert [r.retry_attempt for r in listener.requests] == [0, 1]


def test_a_duplicate_can_be_redelivered_too(workspace: Workspace, listener: Listener) -> None:
    listener.connect()
    workspace.faults.duplicate(2)
    workspace.faults.redeliver(2)
    workspace.post_as(MEMBER, GENERAL, "good morning")
    assert workspace.wait_until_delivered()
    assert workspace.wait_for(lambda: len(listener.requests) == 4)
    assert [r.retry_attempt for r in listener.requests] == [0, 0, 1, 1]


def test_events_wait_for_a_connection(workspace: Workspace, listener: Listener) -> None:
    workspace.post_as(MEMBER, GENERAL, "anybody there?")
    listener.connect()
    assert workspace.wait_until_delivered()
    assert [r.retry_attempt for r in listener.requests] == [0]


@WATCHFUL
def test_a_dropped_socket_is_replaced_and_nothing_is_lost(
    workspace: Workspace, listener: Listener
) -> None:
    listener.connect()
    workspace.socket_mode.drop()
    assert workspace.wait_for(lambda: workspace.socket_mode.open_connections == 0)
    workspace.post_as(MEMBER, GENERAL, "still there?")
    assert workspace.wait_until_delivered()
    assert workspace.socket_mode.total_connections == 2


@IMPATIENT
@WATCHFUL
def test_an_event_unacknowledged_when_the_socket_drops_comes_on_the_next_one(
    workspace: Workspace, listener: Listener
) -> None:
    listener.acknowledges = lambda request: request.retry_attempt > 0
    listener.connect()
    workspace.post_as(MEMBER, GENERAL, "good morning")
    assert workspace.wait_for(lambda: bool(listener.requests))
    workspace.socket_mode.drop()
    assert workspace.wait_until_delivered()
    assert not workspace.deliveries()[0].is_lost


@WATCHFUL
def test_an_outage_delays_events_and_loses_none(workspace: Workspace, listener: Listener) -> None:
    listener.connect()
    address = workspace.api_url
    with workspace.unreachable():
        workspace.post_as(MEMBER, GENERAL, "anybody there?")
        with pytest.raises(URLError, match="refused"):
            WebClient(token=workspace.bot_token, base_url=address).auth_test()
    assert workspace.api_url == address
    assert workspace.wait_until_delivered()
    assert workspace.socket_mode.total_connections == 2


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
@IMPATIENT
def test_the_client_moves_to_a_new_connection_when_told(
    workspace: Workspace, listener: Listener, reason: str
) -> None:
    listener.connect()
    workspace.socket_mode.send_disconnect(reason)
    assert workspace.wait_for(lambda: workspace.socket_mode.total_connections == 2)
    workspace.post_as(MEMBER, GENERAL, "good morning")
    assert workspace.wait_until_delivered()
    assert workspace.recorder.count("apps.connections.open") == 2


# slack_sdk leaves the refused socket to the garbage collector.
@pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"
)
def test_the_client_asks_for_a_new_ticket_when_one_is_refused(
    workspace: Workspace, listener: Listener
) -> None:
    workspace.faults.refuse_tickets()
    listener.connect()
    assert workspace.recorder.count("apps.connections.open") == 2
    gc.collect()


def opened(workspace: Workspace, url: str | None = None) -> connect:
    return connect(url or workspace.socket_mode.new_url(), proxy=None, compression=None)


def frame_type(connection: ClientConnection) -> str:
    return json.loads(connection.recv(timeout=5))["type"]


def test_a_ticket_works_once(workspace: Workspace) -> None:
    url = workspace.socket_mode.new_url()
    with opened(workspace, url) as connection:
        assert frame_type(connection) == "hello"
    with pytest.raises(InvalidStatus) as refused, opened(workspace, url):
        pass
    assert refused.value.response.status_code == 403


def test_an_eleventh_connection_is_turned_away(workspace: Workspace) -> None:
    with contextlib.ExitStack() as stack:
        for _ in range(MAX_CONNECTIONS):
            assert frame_type(stack.enter_context(opened(workspace))) == "hello"
        extra = stack.enter_context(opened(workspace))
        assert json.loads(extra.recv(timeout=5))["reason"] == "too_many_websockets"


def test_each_event_goes_to_one_of_several_connections(workspace: Workspace) -> None:
    with opened(workspace) as one, opened(workspace) as other:
        assert {frame_type(one), frame_type(other)} == {"hello"}
        assert workspace.wait_for(lambda: workspace.courier.links == 2)
        workspace.post_as(MEMBER, GENERAL, "first")
        workspace.post_as(MEMBER, GENERAL, "second")
        envelopes = [json.loads(connection.recv(timeout=5)) for connection in (one, other)]
        texts = {envelope["payload"]["event"]["text"] for envelope in envelopes}
        assert texts == {"first", "second"}


def test_a_connection_holds_a_limited_number_of_unacknowledged_events() -> None:
    with (
        Workspace(WorkspaceOptions(ack_timeout_s=60)) as patient,
        opened(patient) as connection,
    ):
        assert frame_type(connection) == "hello"
        for number in range(100):
            patient.post_as(MEMBER, GENERAL, f"message {number}")
        envelopes = [json.loads(connection.recv(timeout=5)) for _ in range(WINDOW_ENVELOPES)]
        with pytest.raises(TimeoutError):
            connection.recv(timeout=0.3)
        connection.send(json.dumps({"envelope_id": envelopes[0]["envelope_id"]}))
        assert frame_type(connection) == "events_api"


def test_frames_that_mean_nothing_are_ignored(workspace: Workspace) -> None:
    with opened(workspace) as connection:
        assert frame_type(connection) == "hello"
        for frame in ("not json", "[]", '{"envelope_id": 5}', '{"envelope_id": "unknown"}'):
            connection.send(frame)
        workspace.post_as(MEMBER, GENERAL, "still alive")
        assert frame_type(connection) == "events_api"


def test_thousands_of_events_arrive_once_each(workspace: Workspace, listener: Listener) -> None:
    listener.connect()
    for number in range(1_500):
        workspace.post_as(MEMBER, GENERAL, f"{workspace.bot.mention} question {number}")
    assert workspace.wait_until_delivered(timeout_s=60)
    assert len({r.payload["event_id"] for r in listener.requests}) == 3_000


def test_a_wrong_app_token_gets_no_address(workspace: Workspace) -> None:
    client = SocketModeClient(
        app_token="xapp-wrong", web_client=WebClient(base_url=workspace.api_url)
    )
    with pytest.raises(Exception, match="invalid_auth"):
        client.connect()
    client.close()
