"""What people do on the page, and what becomes of it."""

from __future__ import annotations

import http.client
from typing import Any

import pytest
from slack_sdk.web import WebClient
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from bot.workspace.workspace import Workspace
from tests.bot.workspace.browser import Browser
from tests.bot.workspace.listener import Listener
from tests.bot.workspace.made import FORM, button

GENERAL = "C0GENERAL"
MEMBER = "U0MEMBER"
IMPATIENT = pytest.mark.parametrize("ack_timeout_s", [0.2])


def test_typed_text_becomes_what_slack_sends(browser: Browser, workspace: Workspace) -> None:
    typed = "@onrecord is 1 < 2 in #general? https://a.example/?b=1&c. @here"
    ts = browser.act("post", channel=GENERAL, text=typed)["ts"]
    (message,) = browser.channel(GENERAL)["messages"]
    assert message["text"] == (
        "<@U0ONRECORD> is 1 &lt; 2 in <#C0GENERAL>? <https://a.example/?b=1&amp;c>. <!here>"
    )
    words = message["blocks"][0]["elements"][0]["elements"]
    assert [(e["type"], e.get("text")) for e in words] == [
        ("user", None),
        ("text", " is 1 < 2 in "),
        ("channel", None),
        ("text", "? "),
        ("link", None),
        ("text", ". "),
        ("broadcast", None),
    ]
    assert (message["is_mine"], message["ts"]) == (True, ts)
    assert browser.channel(GENERAL, "U0ADMIN")["messages"][0]["is_mine"] is False
    kinds = [delivery.payload["event"]["type"] for delivery in workspace.deliveries()]
    assert kinds == ["message", "app_mention"]


def test_messages_are_answered_changed_and_deleted(browser: Browser) -> None:
    ts = browser.act("post", channel=GENERAL, text="one")["ts"]
    reply = browser.act("post", channel=GENERAL, text="two", thread_ts=ts)["ts"]
    assert browser.act("edit", channel=GENERAL, ts=ts, text="@admin one")["ok"]
    root, answer = browser.channel(GENERAL)["messages"]
    assert (root["text"], root["reply_count"]) == ("<@U0ADMIN> one", 1)
    assert (answer["ts"], answer["thread_ts"]) == (reply, ts)
    assert browser.act("delete", channel=GENERAL, ts=reply)["ok"]
    assert [m["ts"] for m in browser.channel(GENERAL)["messages"]] == [ts]


@pytest.mark.parametrize(
    ("act", "fields", "error", "message"),
    [
        ("post", {"channel": GENERAL, "text": " "}, "no_text", "Write something first."),
        ("post", {"channel": "C0OWNERS", "text": "x"}, "not_in_channel", "not in that channel"),
        ("post", {"channel": "C0NONE", "text": "x"}, "channel_not_found", "no such channel"),
        ("post", {"text": "x"}, "invalid_arguments", "does not understand"),
        ("post", {"channel": GENERAL, "text": "x" * 40_001}, "msg_too_long", "too long"),
        ("edit", {"channel": GENERAL, "ts": "1.0", "text": "x"}, "message_not_found", "any more"),
        ("command", {"channel": GENERAL, "typed": "/dance"}, "unknown_command", "no such command"),
        ("press", {"place": "modal", "action_id": "x"}, "not_found", "not open"),
        ("press", {"place": "roof", "action_id": "x"}, "invalid_arguments", "understand"),
        ("submit", {"values": {}}, "not_found", "not open"),
        ("submit", {"values": {"a": "b"}}, "invalid_arguments", "understand"),
        ("close_modal", {}, "not_found", "not open"),
        ("open_home", {"tab": "attic"}, "home_not_enabled", "no such tab"),
        ("fault", {"name": "fire"}, "unknown_fault", "no such fault"),
        ("fault", {"name": "slow", "seconds": "long"}, "invalid_arguments", "understand"),
        ("fault", {"name": "slow", "seconds": -1}, "invalid_arguments", "understand"),
        ("dance", {}, "unknown_act", "cannot do"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(
    browser: Browser, act: str, fields: dict[str, object], error: str, message: str
) -> None:
    answer = browser.act(act, **fields)
    assert (answer["ok"], answer["error"]) == (False, error)
    assert message in answer["message"]


@pytest.mark.parametrize("user", ["U0NOBODY", "U0ONRECORD", 7])
def test_nobody_acts_for_the_app_or_for_a_stranger(browser: Browser, user: Any) -> None:
    assert browser.act("post", user, channel=GENERAL, text="x")["error"] == "user_not_found"
    assert browser.see(user)["error"] == "user_not_found"


def test_somebody_else_cannot_change_a_message(browser: Browser) -> None:
    ts = browser.act("post", channel=GENERAL, text="mine")["ts"]
    refused = browser.act("edit", "U0ADMIN", channel=GENERAL, ts=ts, text="yours")
    assert refused["error"] == "cant_update_message"
    assert (
        browser.act("delete", "U0ADMIN", channel=GENERAL, ts=ts)["error"] == "cant_delete_message"
    )


def test_a_person_works_through_commands_buttons_and_modals(
    browser: Browser, workspace: Workspace, web: WebClient, listener: Listener
) -> None:
    listener.connect()
    row = [{"type": "actions", "block_id": "row", "elements": [button("show")]}]
    ts = str(web.chat_postMessage(channel=GENERAL, text="pick", blocks=row)["ts"])
    assert browser.act("command", channel=GENERAL, typed="/onrecord help") == {"ok": True}
    pressed = {"place": "message", "channel": GENERAL, "ts": ts, "action_id": "show"}
    assert browser.act("press", **pressed, block_id="row", value="7") == {"ok": True}
    trigger_id = listener.last("block_actions")["trigger_id"]
    more = {"type": "actions", "block_id": "more", "elements": [button("more")]}
    web.views_open(trigger_id=trigger_id, view={**FORM, "blocks": [*FORM["blocks"], more]})
    modal = browser.see()["modal"]
    assert (modal["callback_id"], modal["errors"]) == ("form", {})
    state = {"comment": {"comment": "so far"}}
    assert browser.act("press", place="modal", action_id="more", state=state)["ok"]
    values = listener.last("block_actions")["view"]["state"]["values"]
    assert values["comment"]["comment"]["value"] == "so far"
    refused = browser.act("submit", values={"kind": {"kind": None}, **state})
    assert (refused["error"], list(browser.see()["modal"]["errors"])) == (
        "invalid_entries",
        ["kind"],
    )
    answer = {"response_action": "errors", "errors": {"comment": "Say more."}}
    listener.answers = lambda request: answer
    assert browser.act("submit", values={"kind": {"kind": "wrong"}})["ok"]
    assert browser.see()["modal"]["errors"] == {"comment": "Say more."}
    listener.answers = lambda request: None
    assert browser.act("close_modal")["ok"]
    assert browser.see()["modal"] is None
    shortcut = {"callback_id": "check_message", "channel": GENERAL, "ts": ts}
    assert browser.act("shortcut", **shortcut)["ok"]
    assert listener.last("message_action")["message_ts"] == ts


def test_a_person_uses_the_home_looks_around_and_stops_the_app(
    browser: Browser, workspace: Workspace, web: WebClient, listener: Listener
) -> None:
    row = {"type": "actions", "elements": [button("reindex")]}
    web.views_publish(user_id=MEMBER, view={"type": "home", "blocks": [row]})
    listener.connect()
    assert browser.act("press", place="home", action_id="reindex")["ok"]
    assert browser.act("open_home", tab="messages")["ok"]
    assert browser.act("look_at", channel=GENERAL)["ok"]
    ts = browser.act("post", channel=GENERAL, text="hello")["ts"]
    assert browser.act("stop", channel=GENERAL, thread_ts=ts)["ok"]
    assert workspace.wait_until_delivered()
    kinds = [r.payload["event"]["type"] for r in listener.requests if "event" in r.payload]
    assert kinds == [
        "app_home_opened",
        "app_context_changed",
        "message",
        "agent_session_stopped",
    ]


@IMPATIENT
def test_an_app_that_does_not_respond_is_reported(browser: Browser) -> None:
    answer = browser.act("command", channel=GENERAL, typed="/onrecord help")
    assert (answer["error"], answer["message"]) == (
        "operation_timeout",
        "onrecord did not respond.",
    )


@pytest.mark.parametrize(
    ("fault", "name", "value"),
    [
        ({"name": "slow", "seconds": 0.5}, "slow_s", 0.5),
        ({"name": "answer_429"}, "status", 429),
        ({"name": "answer_5xx", "times": 2}, "status", 503),
        ({"name": "cut_after_accept"}, "cut_after_accept", True),
        ({"name": "unreachable"}, "unreachable", True),
        ({"name": "redeliver", "times": 2}, "redeliver", 2),
        ({"name": "duplicate"}, "duplicate", 1),
    ],
)
def test_a_fault_is_switched_on_and_off_while_the_page_goes_on(
    browser: Browser, fault: dict[str, Any], name: str, value: object
) -> None:
    calm = browser.see()["faults"]
    assert browser.act("fault", **fault)["ok"]
    assert browser.see()["faults"] == {**calm, name: value}
    assert browser.act("fault", name="clear")["ok"]
    assert browser.see()["faults"] == calm


def test_an_outage_cuts_the_app_off_and_ends(browser: Browser, workspace: Workspace) -> None:
    quiet = WebClient(token=workspace.bot_token, base_url=workspace.api_url, retry_handlers=[])
    with connect(workspace.socket_mode.new_url(), proxy=None):
        assert workspace.wait_for(lambda: workspace.is_connected)
        assert browser.act("fault", name="unreachable", seconds=60)["ok"]
        assert workspace.wait_for(lambda: not workspace.is_connected)
    with pytest.raises((ConnectionError, http.client.HTTPException)):
        quiet.auth_test()
    with (
        pytest.raises(InvalidStatus, match="403"),
        connect(workspace.socket_mode.new_url(), proxy=None),
    ):
        pass
    assert browser.act("post", channel=GENERAL, text="anybody there?")["ok"]
    assert browser.act("fault", name="clear")["ok"]
    assert quiet.auth_test()["ok"]


def test_a_dropped_socket_is_seen_to_go_and_another_to_come(
    browser: Browser, workspace: Workspace
) -> None:
    with connect(workspace.socket_mode.new_url(), proxy=None):
        assert workspace.wait_for(lambda: workspace.is_connected)
        assert browser.act("fault", name="drop_socket")["ok"]
        assert workspace.wait_for(lambda: not workspace.is_connected)
        assert browser.see()["connection"] == {"open": 0, "total": 1, "mode": "socket"}
    with connect(workspace.socket_mode.new_url(), proxy=None):
        assert workspace.wait_for(lambda: workspace.is_connected)
        assert browser.see()["connection"] == {"open": 1, "total": 2, "mode": "socket"}
