"""Presses on everything that can be pressed, as the app receives them."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.web import WebClient
from slack_sdk.webhook import WebhookClient

from bot.workspace.errors import SlackError
from bot.workspace.payload import JsonObject
from bot.workspace.workspace import Workspace
from tests.bot.workspace.listener import Listener
from tests.bot.workspace.made import FEEDBACK, button, option, plain

GENERAL = "C0GENERAL"
MEMBER = "U0MEMBER"
IMPATIENT = pytest.mark.parametrize("ack_timeout_s", [0.2])

MENU: JsonObject = {
    "type": "static_select",
    "action_id": "menu",
    "options": [option("one"), option("two")],
}
OVERFLOW: JsonObject = {
    "type": "overflow",
    "action_id": "more",
    "options": [option("hide"), option("share")],
}
TRASH: JsonObject = {
    "type": "icon_button",
    "icon": "trash",
    "text": plain("Remove"),
    "action_id": "remove",
    "value": "r",
    "visible_to_user_ids": ["U0ADMIN"],
}
BLOCKS: list[JsonObject] = [
    {"type": "section", "text": plain("Sources"), "accessory": button("show")},
    {"type": "actions", "block_id": "row", "elements": [MENU, OVERFLOW]},
    {"type": "context_actions", "elements": [FEEDBACK, TRASH]},
    {
        "type": "container",
        "title": plain("More"),
        "child_blocks": [{"type": "actions", "elements": [button("inner", "inside")]}],
    },
]


@pytest.fixture
def posted(workspace: Workspace, web: WebClient, listener: Listener) -> str:
    ts = str(web.chat_postMessage(channel=GENERAL, text="pick", blocks=BLOCKS)["ts"])
    listener.connect()
    return ts


def pressed(
    workspace: Workspace, listener: Listener, ts: str, action_id: str, value: str | None = None
) -> dict[str, Any]:
    workspace.answer_of(workspace.press_as(MEMBER, GENERAL, ts, action_id, value))
    payload = listener.last("block_actions")
    (action,) = payload["actions"]
    assert action["action_id"] == action_id
    assert action["block_id"]
    return payload


def test_buttons_are_found_wherever_they_stand(
    workspace: Workspace, listener: Listener, posted: str
) -> None:
    assert pressed(workspace, listener, posted, "show")["actions"][0]["value"] == "7"
    inner = pressed(workspace, listener, posted, "inner")
    assert (inner["actions"][0]["type"], inner["actions"][0]["value"]) == ("button", "inside")
    shown = inner["message"]["blocks"]
    assert inner["actions"][0]["block_id"] == shown[3]["child_blocks"][0]["block_id"]


@pytest.mark.parametrize(("thumb", "value"), [("positive", "up:1"), ("negative", "down:1")])
def test_feedback_tells_which_thumb(
    workspace: Workspace, listener: Listener, posted: str, thumb: str, value: str
) -> None:
    action = pressed(workspace, listener, posted, "feedback", thumb)["actions"][0]
    assert (action["type"], action["value"]) == ("feedback_buttons", value)


def test_a_menu_tells_what_was_chosen_and_stands_in_the_state(
    workspace: Workspace, listener: Listener, posted: str
) -> None:
    payload = pressed(workspace, listener, posted, "menu", "two")
    assert payload["actions"][0]["selected_option"] == option("two")
    state = payload["state"]["values"]["row"]["menu"]
    assert state == {"type": "static_select", "selected_option": option("two")}
    more = pressed(workspace, listener, posted, "more", "share")
    assert more["actions"][0]["selected_option"]["value"] == "share"
    assert more["state"]["values"]["row"]["menu"]["selected_option"] is None


@pytest.mark.parametrize(
    ("action_id", "value", "error"),
    [
        ("feedback", None, "option_not_found"),
        ("menu", "three", "option_not_found"),
        ("remove", None, "action_not_found"),
        ("absent", None, "action_not_found"),
    ],
)
def test_what_is_not_offered_cannot_be_pressed(
    workspace: Workspace, posted: str, action_id: str, value: str | None, error: str
) -> None:
    with pytest.raises(SlackError, match=error):
        workspace.press_as(MEMBER, GENERAL, posted, action_id, value)


def test_a_button_may_be_shown_to_some_people_only(workspace: Workspace, posted: str) -> None:
    assert workspace.press_as("U0ADMIN", GENERAL, posted, "remove").kind == "interactive"


def test_of_equal_buttons_the_one_with_the_value_is_pressed(
    workspace: Workspace, listener: Listener, web: WebClient
) -> None:
    rows = [{"type": "actions", "elements": [button("try", value)]} for value in ("a", "b")]
    ts = str(web.chat_postMessage(channel=GENERAL, text="pick", blocks=rows)["ts"])
    listener.connect()
    assert pressed(workspace, listener, ts, "try", "b")["actions"][0]["value"] == "b"
    block_id = listener.last("block_actions")["message"]["blocks"][0]["block_id"]
    workspace.answer_of(workspace.press_as(MEMBER, GENERAL, ts, "try", block_id=block_id))
    assert listener.last("block_actions")["actions"][0]["value"] == "a"


def test_only_people_in_the_channel_can_press(workspace: Workspace, posted: str) -> None:
    with pytest.raises(SlackError, match="not_in_channel"):
        workspace.press_as("U0GUEST", GENERAL, posted, "show")


def test_a_press_in_an_ephemeral_message_can_replace_and_remove_it(
    workspace: Workspace, listener: Listener, web: WebClient
) -> None:
    row = [{"type": "actions", "elements": [button("share", "1")]}]
    root = workspace.post_as(MEMBER, GENERAL, "a question")
    web.chat_postEphemeral(channel=GENERAL, user=MEMBER, text="x", blocks=row, thread_ts=root)
    (whispered,) = workspace.ephemerals(MEMBER)
    listener.connect()
    payload = pressed(workspace, listener, whispered.ts, "share")
    assert "message" not in payload
    assert payload["container"] == {
        "type": "message",
        "message_ts": whispered.ts,
        "channel_id": GENERAL,
        "is_ephemeral": True,
        "thread_ts": root,
    }
    respond = WebhookClient(payload["response_url"])
    assert respond.send(text="shared", replace_original=True).status_code == 200
    assert [(m.text, m.ts, m.blocks) for m in workspace.ephemerals(MEMBER)] == [
        ("shared", whispered.ts, ())
    ]
    with pytest.raises(SlackError, match="action_not_found"):
        workspace.press_as(MEMBER, GENERAL, whispered.ts, "share")
    assert respond.send(delete_original=True).status_code == 200
    assert workspace.ephemerals(MEMBER) == []
    assert "message_not_found" in respond.send(text="late", replace_original=True).body


def test_nobody_presses_in_what_only_somebody_else_sees(
    workspace: Workspace, web: WebClient
) -> None:
    row = [{"type": "actions", "elements": [button("share")]}]
    web.chat_postEphemeral(channel=GENERAL, user=MEMBER, text="x", blocks=row)
    (whispered,) = workspace.ephemerals(MEMBER)
    with pytest.raises(SlackError, match="message_not_found"):
        workspace.press_as("U0ADMIN", GENERAL, whispered.ts, "share")


def test_a_press_in_the_home_carries_the_home(
    workspace: Workspace, listener: Listener, web: WebClient
) -> None:
    row = {"type": "actions", "block_id": "row", "elements": [button("reindex", "all"), MENU]}
    view = web.views_publish(user_id=MEMBER, view={"type": "home", "blocks": [row]})["view"]
    listener.connect()
    workspace.answer_of(workspace.press_in_home_as(MEMBER, "reindex"))
    payload = listener.last("block_actions")
    assert payload["container"] == {"type": "view", "view_id": view["id"]}
    assert payload["view"]["hash"] == view["hash"]
    assert payload["actions"][0]["value"] == "all"
    assert not {"channel", "message", "response_url"} & set(payload)
    workspace.answer_of(workspace.press_in_home_as(MEMBER, "menu", "one"))
    values = listener.last("block_actions")["view"]["state"]["values"]
    assert values["row"]["menu"]["selected_option"] == option("one")
    with pytest.raises(SlackError, match="action_not_found"):
        workspace.press_in_home_as("U0ADMIN", "reindex")


def test_a_shortcut_tells_which_message_it_was_chosen_on(
    workspace: Workspace, listener: Listener
) -> None:
    ts = workspace.post_as("U0ADMIN", GENERAL, "the earth is flat")
    listener.connect()
    assert workspace.wait_until_delivered()
    workspace.answer_of(workspace.shortcut_as(MEMBER, "check_message", GENERAL, ts))
    payload = listener.last("message_action")
    assert payload["callback_id"] == "check_message"
    assert (payload["user"]["id"], payload["channel"]["id"]) == (MEMBER, GENERAL)
    assert payload["message"]["text"] == "the earth is flat"
    assert payload["message_ts"] == ts
    WebhookClient(payload["response_url"]).send(text="for you")
    assert [m.text for m in workspace.ephemerals(MEMBER)] == ["for you"]


@IMPATIENT
def test_a_press_while_nobody_listens_fails_and_is_not_kept_for_later(
    workspace: Workspace, web: WebClient, listener: Listener
) -> None:
    row = [{"type": "actions", "elements": [button("show")]}]
    ts = str(web.chat_postMessage(channel=GENERAL, text="pick", blocks=row)["ts"])
    delivery = workspace.press_as(MEMBER, GENERAL, ts, "show")
    with pytest.raises(SlackError, match="operation_timeout"):
        workspace.answer_of(delivery)
    listener.connect()
    assert workspace.wait_until_delivered()
    assert [r.type for r in listener.requests] == ["events_api"]
