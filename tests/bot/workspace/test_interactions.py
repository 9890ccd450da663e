"""Commands, buttons, homes and modals, over real sockets."""

from __future__ import annotations

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web import WebClient
from slack_sdk.webhook import WebhookClient

from bot.workspace.errors import SlackError
from bot.workspace.vouchers import ResponseTarget, Vouchers
from bot.workspace.workspace import Workspace
from tests.bot.workspace.listener import Listener

GENERAL = "C0GENERAL"
MEMBER = "U0MEMBER"
IMPATIENT = pytest.mark.parametrize("ack_timeout_s", [0.2])
PLAIN = {"type": "plain_text", "text": "Sources"}
BUTTON = {"type": "button", "text": PLAIN, "action_id": "show", "value": "7"}
MODAL = {"type": "modal", "title": PLAIN, "blocks": [{"type": "divider"}], "callback_id": "m"}
HOME = {"type": "home", "blocks": [{"type": "header", "text": PLAIN}]}


def error(raised: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(raised.value.response["error"])


def first_request(workspace: Workspace, listener: Listener) -> SocketModeRequest:
    assert workspace.wait_until_delivered()
    return listener.requests[0]


def test_a_command_arrives_with_its_words(workspace: Workspace, listener: Listener) -> None:
    listener.connect()
    workspace.command_as(MEMBER, GENERAL, "/onrecord check the earth is flat")
    request = first_request(workspace, listener)
    assert request.type == "slash_commands"
    assert request.accepts_response_payload
    payload = request.payload
    assert (payload["command"], payload["text"]) == ("/onrecord", "check the earth is flat")
    assert (payload["user_id"], payload["channel_name"]) == (MEMBER, "general")


def test_an_answer_in_the_acknowledgement_is_kept(workspace: Workspace, listener: Listener) -> None:
    def answer(request: SocketModeRequest) -> bool:
        frame = {"envelope_id": request.envelope_id, "payload": {"text": "on it"}}
        listener.client.send_socket_mode_response(frame)
        return False

    listener.acknowledges = answer
    listener.connect()
    delivery = workspace.command_as(MEMBER, GENERAL, "/onrecord help")
    assert workspace.wait_until_delivered()
    assert delivery.response == {"text": "on it"}


@IMPATIENT
def test_a_command_that_nobody_acknowledges_is_not_repeated(
    workspace: Workspace, listener: Listener
) -> None:
    listener.acknowledges = lambda request: False
    listener.connect()
    delivery = workspace.command_as(MEMBER, GENERAL, "/onrecord help")
    assert workspace.wait_until_delivered()
    assert delivery.is_lost
    assert len(listener.requests) == 1


def test_a_command_is_answered_privately_or_in_the_channel_five_times(
    workspace: Workspace, listener: Listener
) -> None:
    listener.connect()
    workspace.command_as(MEMBER, GENERAL, "/onrecord help")
    respond = WebhookClient(first_request(workspace, listener).payload["response_url"])
    assert respond.send(text="for you").status_code == 200
    assert respond.send(text="for all", response_type="in_channel").status_code == 200
    assert [m.text for m in workspace.ephemerals(MEMBER)] == ["for you"]
    assert [m.text for m in workspace.messages(GENERAL)] == ["for all"]
    for _ in range(3):
        respond.send(text="again")
    refused = respond.send(text="too often")
    assert (refused.status_code, "used_url" in refused.body) == (404, True)
    assert workspace.recorder.count("response_url") == 6


def test_a_button_tells_which_message_it_stands_in(
    workspace: Workspace, listener: Listener, web: WebClient
) -> None:
    blocks = [{"type": "actions", "block_id": "row", "elements": [BUTTON]}]
    ts = web.chat_postMessage(channel=GENERAL, text="pick", blocks=blocks)["ts"]
    listener.connect()
    assert workspace.wait_until_delivered()
    workspace.press_as(MEMBER, GENERAL, ts, "show")
    assert workspace.wait_until_delivered()
    payload = listener.requests[-1].payload
    assert payload["type"] == "block_actions"
    assert payload["container"]["message_ts"] == payload["message"]["ts"] == ts
    action = payload["actions"][0]
    assert (action["action_id"], action["block_id"], action["value"]) == ("show", "row", "7")
    respond = WebhookClient(payload["response_url"])
    respond.send(text="picked", replace_original=True)
    assert [m.text for m in workspace.messages(GENERAL)] == ["picked"]
    respond.send(delete_original=True)
    assert workspace.messages(GENERAL) == []


def test_a_button_that_is_not_there_cannot_be_pressed(workspace: Workspace, web: WebClient) -> None:
    ts = web.chat_postMessage(channel=GENERAL, text="no buttons")["ts"]
    with pytest.raises(SlackError, match="action_not_found"):
        workspace.press_as(MEMBER, GENERAL, ts, "show")


def test_a_trigger_opens_one_modal(
    workspace: Workspace, listener: Listener, web: WebClient
) -> None:
    listener.connect()
    workspace.command_as(MEMBER, GENERAL, "/onrecord ask")
    trigger_id = first_request(workspace, listener).payload["trigger_id"]
    view = web.views_open(trigger_id=trigger_id, view=MODAL)["view"]
    assert workspace.modal(MEMBER) == view
    with pytest.raises(SlackApiError) as again:
        web.views_open(trigger_id=trigger_id, view=MODAL)
    assert error(again) == "exchanged_trigger_id"
    changed = web.views_update(view_id=view["id"], view={**MODAL, "callback_id": "n"})["view"]
    assert (workspace.modal(MEMBER) or {})["callback_id"] == changed["callback_id"] == "n"
    with pytest.raises(SlackApiError) as stale:
        web.views_update(view_id=view["id"], view=MODAL, hash=view["hash"])
    assert error(stale) == "hash_conflict"
    with pytest.raises(SlackApiError) as missing:
        web.views_update(view_id="V404", view=MODAL)
    assert error(missing) == "not_found"


def test_an_unknown_or_late_trigger_opens_nothing(web: WebClient) -> None:
    with pytest.raises(SlackApiError) as unknown:
        web.views_open(trigger_id="1.2.3", view=MODAL)
    assert error(unknown) == "invalid_trigger_id"
    now = [100.0]
    vouchers = Vouchers(now=lambda: now[0])
    trigger_id = vouchers.new_trigger(MEMBER)
    response_id = vouchers.new_response_id(ResponseTarget(MEMBER, GENERAL))
    now[0] += 3.1
    with pytest.raises(SlackError, match="expired_trigger_id"):
        vouchers.use_trigger(trigger_id)
    now[0] += 1800
    with pytest.raises(SlackError, match="expired_url"):
        vouchers.use_response(response_id)


def test_a_home_is_shown_to_one_person(workspace: Workspace, web: WebClient) -> None:
    view = web.views_publish(user_id=MEMBER, view=HOME)["view"]
    assert workspace.home(MEMBER) == view
    assert workspace.home("U0ADMIN") is None
    with pytest.raises(SlackApiError) as wrong:
        web.views_publish(user_id=MEMBER, view=MODAL)
    assert error(wrong) == "invalid_arguments"
    workspace.open_home_as(MEMBER)
    assert workspace.deliveries()[-1].payload["event"]["view"]["id"] == view["id"]
