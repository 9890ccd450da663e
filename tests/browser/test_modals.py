"""Modals: fields, what is wrong with them, views on top of each other, and the way out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, expect
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web import WebClient

from bot.workspace.workspace import Workspace
from tests.bot.workspace.listener import Listener
from tests.browser.conftest import Sit
from tests.browser.gallery import button, field, modal, plain
from tests.browser.seat import Seat

REQUIRED = "Please complete this required field."


class ModalApp(Listener):
    """Opens a modal on a press, pushes one on the next, and refuses the word "bad"."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.web = WebClient(token=workspace.bot_token, base_url=workspace.api_url)
        self.submitted: list[dict[str, Any]] = []
        self.answers = self._answer

    def _answer(self, request: SocketModeRequest) -> dict[str, Any] | None:
        payload = request.payload
        if payload.get("type") == "block_actions":
            self._press(payload)
        if payload.get("type") == "view_submission":
            return self._submit(payload["view"]["state"]["values"])
        return None

    def _press(self, payload: dict[str, Any]) -> None:
        trigger = payload["trigger_id"]
        if payload["actions"][0]["action_id"] == "further":
            self.web.views_push(trigger_id=trigger, view=modal("Further"))
        else:
            self.web.views_open(trigger_id=trigger, view=modal())

    def _submit(self, values: dict[str, Any]) -> dict[str, Any] | None:
        if values["line"]["entered"]["value"] == "bad":
            return {"response_action": "errors", "errors": {"line": "Not a good word."}}
        self.submitted.append(values)
        return None


@pytest.fixture
def app(workspace: Workspace) -> Iterator[ModalApp]:
    app = ModalApp(workspace)
    app.connect()
    yield app
    app.close()


@pytest.fixture
def seat(sit: Sit, app: ModalApp) -> Seat:
    """Somebody with a modal open."""
    seat = sit()
    blocks = [{"type": "actions", "elements": [button("Open", "open")]}]
    app.web.chat_postMessage(channel="C0QUESTIONS", text="press", blocks=blocks)
    seat.channel.get_by_role("button", name="Open").click()
    expect(seat.dialog.get_by_role("heading", name="Fields")).to_be_visible()
    return seat


def entered(seat: Seat, label: str) -> Locator:
    return seat.dialog.get_by_label(label)


def send(seat: Seat) -> None:
    seat.dialog.get_by_role("button", name="Send").click()


def test_what_is_entered_arrives(seat: Seat, app: ModalApp) -> None:
    expect(entered(seat, "One line")).to_be_focused()
    entered(seat, "One line").fill("good")
    entered(seat, "Lines").fill("a\nb")
    entered(seat, "Right").check()
    entered(seat, "Beta").check()
    entered(seat, "Menu").select_option("1")
    entered(seat, "Who").select_option(label="Admin")
    entered(seat, "Where").select_option(label="#general")
    entered(seat, "When").fill("2026-11-23")
    send(seat)

    expect(seat.dialog).to_have_count(0)
    (values,) = app.submitted
    got = {block: row["entered"] for block, row in values.items()}
    assert (got["line"]["value"], got["lines"]["value"]) == ("good", "a\nb")
    assert got["kind"]["selected_option"]["value"] == "r"
    assert [one["value"] for one in got["any"]["selected_options"]] == ["b"]
    assert got["menu"]["selected_option"]["value"] == "1"
    assert got["who"]["selected_user"] == seat.workspace.admin.id
    assert got["where"]["selected_conversation"] == "C0GENERAL"
    assert got["when"]["selected_date"] == "2026-11-23"


def test_what_is_missing_is_said_under_its_field_before_anything_is_sent(
    seat: Seat, app: ModalApp
) -> None:
    send(seat)

    line = entered(seat, "One line")
    expect(line).to_be_focused()
    expect(line).to_have_attribute("aria-invalid", "true")
    expect(line).to_have_accessible_description(f"Be short {REQUIRED}")
    expect(seat.dialog.get_by_text(REQUIRED)).to_have_count(2)
    assert app.submitted == []


def test_what_the_app_refuses_is_said_under_its_field(seat: Seat, app: ModalApp) -> None:
    entered(seat, "One line").fill("bad")
    entered(seat, "Left").check()
    entered(seat, "One line").press("Enter")

    expect(seat.dialog.get_by_text("Not a good word.")).to_be_visible()
    expect(entered(seat, "One line")).to_have_value("bad")
    entered(seat, "One line").fill("better")
    send(seat)
    expect(seat.dialog).to_have_count(0)
    assert len(app.submitted) == 1


def test_a_view_on_top_leads_back_to_what_was_entered_below(seat: Seat) -> None:
    entered(seat, "One line").fill("kept")
    seat.dialog.get_by_role("button", name="Further").click()
    expect(seat.dialog.get_by_role("heading", name="Further")).to_be_visible()
    expect(entered(seat, "One line")).to_have_value("")

    seat.dialog.get_by_role("button", name="Back").click()

    expect(seat.dialog.get_by_role("heading", name="Fields")).to_be_visible()
    expect(entered(seat, "One line")).to_have_value("kept")


def test_a_changed_view_keeps_what_is_entered_and_the_focus(seat: Seat, app: ModalApp) -> None:
    entered(seat, "Lines").fill("half a sen")
    entered(seat, "Lines").press("ArrowLeft")
    view = seat.workspace.modal(seat.workspace.member.id)
    assert view is not None
    blocks = [*modal()["blocks"], field("new", "Something new", {"type": "plain_text_input"})]

    app.web.views_update(view_id=str(view["id"]), view=modal("Changed", blocks=blocks))

    expect(seat.dialog.get_by_role("heading", name="Changed")).to_be_visible()
    expect(entered(seat, "Something new")).to_be_visible()
    expect(entered(seat, "Lines")).to_be_focused()
    seat.page.keyboard.type("X")
    expect(entered(seat, "Lines")).to_have_value("half a seXn")


def test_escape_closes_and_gives_the_focus_back(seat: Seat) -> None:
    seat.page.keyboard.press("Escape")

    expect(seat.dialog).to_have_count(0)
    expect(seat.channel.get_by_role("button", name="Open")).to_be_focused()
    assert seat.workspace.modal(seat.workspace.member.id) is None


def test_a_modal_belongs_to_one_person(seat: Seat, sit: Sit) -> None:
    other = sit("U0ADMIN")

    expect(other.channel.get_by_role("button", name="Open")).to_be_visible()
    expect(other.dialog).to_have_count(0)


def test_a_modal_stands_in_the_window_that_it_was_opened_in(
    seat: Seat, sit: Sit, app: ModalApp
) -> None:
    second = sit()
    button = second.channel.get_by_role("button", name="Open")
    expect(button).to_be_visible()
    expect(second.dialog).to_have_count(0)

    button.click()
    expect(second.dialog.get_by_role("heading", name="Fields")).to_be_visible()
    entered(second, "One line").fill("of the second")
    second.page.keyboard.press("Escape")

    expect(second.dialog).to_have_count(0)
    expect(seat.dialog.get_by_role("heading", name="Fields")).to_be_visible()
    expect(entered(seat, "One line")).to_have_value("")


def test_a_modal_of_only_text_has_a_way_out(seat: Seat, app: ModalApp) -> None:
    view = seat.workspace.modal(seat.workspace.member.id)
    assert view is not None
    said = [{"type": "section", "text": plain("That is all.")}]
    bare = {"type": "modal", "title": plain("Bare"), "blocks": said}

    app.web.views_update(view_id=str(view["id"]), view=bare)

    expect(seat.dialog.get_by_text("That is all.")).to_be_visible()
    seat.dialog.locator(".dialog-foot").get_by_role("button", name="Close").click()
    expect(seat.dialog).to_have_count(0)
