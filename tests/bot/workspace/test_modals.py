"""Modals: opening, entering, submitting, and what the app may answer."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import WebClient

from bot.workspace.errors import SlackError
from bot.workspace.modals import Modals as OpenModals
from bot.workspace.workspace import Workspace
from tests.bot.workspace.listener import Listener
from tests.bot.workspace.made import COMMENT, FORM, KIND, button, option, plain

GENERAL = "C0GENERAL"
MEMBER = "U0MEMBER"
IMPATIENT = pytest.mark.parametrize("ack_timeout_s", [0.2])
ROW = {"type": "actions", "block_id": "row", "elements": [button("more")]}
OTHER = {"type": "modal", "callback_id": "other", "title": plain("Other"), "blocks": [ROW]}


class Modals:
    """A member with an app that opens modals for them."""

    def __init__(self, workspace: Workspace, web: WebClient, listener: Listener) -> None:
        self.workspace = workspace
        self.web = web
        self.listener = listener
        listener.connect()

    def trigger(self) -> str:
        delivery = self.workspace.command_as(MEMBER, GENERAL, "/onrecord help")
        self.workspace.answer_of(delivery)
        return str(delivery.payload["trigger_id"])

    def open(self, view: object = FORM) -> dict[str, Any]:
        opened = self.web.views_open(trigger_id=self.trigger(), view=view)["view"]
        assert isinstance(opened, dict)
        return opened

    def push(self, view: object = OTHER) -> dict[str, Any]:
        pushed = self.web.views_push(trigger_id=self.trigger(), view=view)["view"]
        assert isinstance(pushed, dict)
        return pushed

    def submit(self, answer: dict[str, Any] | None, **values: str | list[str]) -> dict[str, Any]:
        self.listener.answers = lambda request: answer
        delivery = self.workspace.submit_as(MEMBER, values)
        return self.workspace.answer_of(delivery)

    def before_me(self) -> str | None:
        view = self.workspace.modal(MEMBER)
        return None if view is None else str(view["callback_id"])


@pytest.fixture
def modals(workspace: Workspace, web: WebClient, listener: Listener) -> Modals:
    return Modals(workspace, web, listener)


def test_a_submission_carries_what_was_entered_and_closes_the_modal(modals: Modals) -> None:
    modals.open()
    assert modals.submit(None, kind="wrong", comment="no & yes") == {}
    view = modals.listener.last("view_submission")["view"]
    assert (view["callback_id"], view["private_metadata"]) == ("form", "42")
    assert view["state"]["values"] == {
        "kind": {"kind": {"type": "radio_buttons", "selected_option": option("wrong")}},
        "comment": {"comment": {"type": "plain_text_input", "value": "no & yes"}},
    }
    assert modals.before_me() is None


def test_an_input_left_empty_is_null(modals: Modals) -> None:
    modals.open()
    modals.submit(None, kind="wrong")
    values = modals.listener.last("view_submission")["view"]["state"]["values"]
    assert values["comment"]["comment"] == {"type": "plain_text_input", "value": None}


def test_blocks_without_ids_get_some(modals: Modals) -> None:
    element = {"type": "plain_text_input", "initial_value": "as it was"}
    bare = {"type": "input", "label": plain("Name"), "element": element}
    opened = modals.open({**FORM, "blocks": [bare]})
    block_id = opened["blocks"][0]["block_id"]
    action_id = opened["blocks"][0]["element"]["action_id"]
    modals.submit(None)
    values = modals.listener.last("view_submission")["view"]["state"]["values"]
    assert values == {block_id: {action_id: {"type": "plain_text_input", "value": "as it was"}}}


@pytest.mark.parametrize(
    ("values", "block", "problem"),
    [
        ({}, "kind", "required"),
        ({"kind": "wrong", "comment": "x" * 21}, "comment", "at most 20"),
    ],
)
def test_what_slack_does_not_let_through_never_reaches_the_app(
    modals: Modals, values: dict[str, str | list[str]], block: str, problem: str
) -> None:
    modals.open()
    with pytest.raises(SlackError, match="invalid_entries"):
        modals.workspace.submit_as(MEMBER, values)
    assert problem in modals.workspace.modal_errors(MEMBER)[block]
    assert modals.workspace.wait_until_delivered()
    assert not [r for r in modals.listener.requests if r.payload.get("type") == "view_submission"]


def test_errors_stand_in_the_open_modal_until_it_is_submitted_again(modals: Modals) -> None:
    modals.open()
    answer = {"response_action": "errors", "errors": {"comment": "Say more."}}
    assert modals.submit(answer, kind="wrong") == answer
    assert modals.before_me() == "form"
    assert modals.workspace.modal_errors(MEMBER) == {"comment": "Say more."}
    modals.submit(None, comment="more")
    assert modals.before_me() is None
    values = modals.listener.last("view_submission")["view"]["state"]["values"]
    assert values["kind"]["kind"]["selected_option"] == option("wrong")


def test_an_update_stands_in_the_same_place(modals: Modals) -> None:
    opened = modals.open()
    modals.submit({"response_action": "update", "view": OTHER}, kind="wrong")
    assert modals.before_me() == "other"
    assert (modals.workspace.modal(MEMBER) or {})["id"] == opened["id"]


def test_a_pushed_modal_uncovers_the_one_below_when_closed(modals: Modals) -> None:
    opened = modals.open()
    modals.submit({"response_action": "push", "view": OTHER}, kind="wrong")
    top = modals.workspace.modal(MEMBER) or {}
    assert (top["root_view_id"], top["previous_view_id"]) == (opened["id"], opened["id"])
    modals.workspace.close_modal_as(MEMBER)
    assert modals.before_me() == "form"


def test_a_modal_stands_in_the_window_that_it_was_asked_for_from(modals: Modals) -> None:
    workspace = modals.workspace
    for window, view in (("left", FORM), ("right", OTHER)):
        asked = workspace.command_as(MEMBER, GENERAL, "/onrecord help", window=window)
        workspace.answer_of(asked)
        modals.web.views_open(trigger_id=asked.payload["trigger_id"], view=view)

    def before_me(window: str) -> str | None:
        view = workspace.snapshot(MEMBER, window)["modal"]
        return str(view["callback_id"]) if isinstance(view, dict) else None

    assert [before_me(window) for window in ("left", "right", "third")] == ["form", "other", None]
    workspace.close_modal_as(MEMBER, window="left")
    assert [before_me(window) for window in ("left", "right")] == [None, "other"]


def test_windows_that_were_left_with_a_modal_are_forgotten_one_day() -> None:
    modals = OpenModals()
    for n in range(1_000):
        modals.open(MEMBER, {"id": f"V{n}"}, window=str(n))

    assert modals.shown_to(MEMBER, "0") is None
    assert modals.shown_to(MEMBER, "999") == {"id": "V999", "errors": {}}


def test_clear_closes_everything(modals: Modals) -> None:
    modals.open(OTHER)
    modals.push(FORM)
    modals.submit({"response_action": "clear"}, kind="wrong")
    assert modals.before_me() is None


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "dance"},
        {"response_action": "errors"},
        {"response_action": "errors", "errors": {"absent": "Not here."}},
        {"response_action": "update"},
        {"response_action": "update", "view": {"type": "modal"}},
        {"text": "a message"},
    ],
)
def test_an_answer_that_slack_does_not_understand_changes_nothing(
    modals: Modals, answer: dict[str, Any]
) -> None:
    modals.open()
    with pytest.raises(SlackError, match="dispatch_failed"):
        modals.submit(answer, kind="wrong")
    assert modals.before_me() == "form"


@IMPATIENT
def test_a_submission_that_nobody_answers_leaves_the_modal_open(modals: Modals) -> None:
    modals.open()
    modals.listener.acknowledges = lambda request: False
    delivery = modals.workspace.submit_as(MEMBER, {"kind": "wrong"})
    with pytest.raises(SlackError, match="operation_timeout"):
        modals.workspace.answer_of(delivery)
    assert modals.before_me() == "form"


@pytest.mark.parametrize("wants", [True, False])
def test_closing_is_told_where_the_app_wants_to_know(modals: Modals, wants: bool) -> None:
    modals.open({**FORM, "notify_on_close": wants})
    modals.workspace.close_modal_as(MEMBER)
    assert modals.workspace.wait_until_delivered()
    closed = [r.payload for r in modals.listener.requests if r.payload.get("type") == "view_closed"]
    assert [(c["view"]["callback_id"], c["is_cleared"]) for c in closed] == [
        ("form", False)
    ] * wants
    assert modals.before_me() is None
    with pytest.raises(SlackError, match="not_found"):
        modals.workspace.close_modal_as(MEMBER)


def test_a_modal_may_take_all_others_with_it(modals: Modals) -> None:
    modals.open()
    modals.push({**OTHER, "notify_on_close": True, "clear_on_close": True})
    modals.workspace.close_modal_as(MEMBER)
    assert modals.workspace.wait_until_delivered()
    assert modals.listener.last("view_closed")["is_cleared"] is True
    assert modals.before_me() is None


def test_a_press_in_a_modal_carries_what_was_entered_so_far(modals: Modals) -> None:
    modals.open({**FORM, "blocks": [KIND, COMMENT, ROW]})
    entered = {"comment": {"comment": "so far"}}
    pressed = modals.workspace.press_in_modal_as(MEMBER, "more", entered=entered)
    modals.workspace.answer_of(pressed)
    payload = modals.listener.last("block_actions")
    assert payload["view"]["state"]["values"]["comment"]["comment"]["value"] == "so far"
    assert payload["container"]["type"] == "view"
    modals.submit(None, kind="wrong")
    values = modals.listener.last("view_submission")["view"]["state"]["values"]
    assert values["comment"]["comment"]["value"] == "so far"


def test_an_input_tells_of_itself_only_where_it_is_asked_to(modals: Modals) -> None:
    modals.open({**FORM, "blocks": [{**KIND, "dispatch_action": True}, COMMENT]})
    modals.workspace.answer_of(modals.workspace.press_in_modal_as(MEMBER, "kind", "incomplete"))
    action = modals.listener.last("block_actions")["actions"][0]
    assert action["selected_option"] == option("incomplete")
    with pytest.raises(SlackError, match="action_not_found"):
        modals.workspace.press_in_modal_as(MEMBER, "comment", "hello")


def test_three_modals_stand_on_each_other_at_most(modals: Modals) -> None:
    with pytest.raises(SlackApiError, match="not_found"):
        modals.push()
    modals.open()
    modals.push()
    modals.push()
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        modals.push()


def test_a_closed_modal_cannot_be_changed(modals: Modals) -> None:
    opened = modals.open()
    modals.workspace.close_modal_as(MEMBER)
    with pytest.raises(SlackApiError, match="not_found"):
        modals.web.views_update(view_id=opened["id"], view=FORM)


def test_a_modal_is_changed_by_the_id_that_the_app_has_given(modals: Modals) -> None:
    modals.open({**FORM, "external_id": "mine"})
    modals.web.views_update(external_id="mine", view=OTHER)
    assert modals.before_me() == "other"
    modals.open({**FORM, "external_id": "mine"})
    with pytest.raises(SlackApiError, match="duplicate_external_id"):
        modals.push({**OTHER, "external_id": "mine"})


def test_a_modal_with_inputs_needs_a_way_to_submit(modals: Modals) -> None:
    mute = {name: value for name, value in FORM.items() if name != "submit"}
    with pytest.raises(SlackApiError, match="missing required field: submit"):
        modals.open(mute)
    modals.open(OTHER)
    with pytest.raises(SlackError, match="not_submittable"):
        modals.workspace.submit_as(MEMBER, {})
