"""The page for everybody: names, references, contrast, landmarks, and what is read out."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect
from slack_sdk.web import WebClient

from bot.workspace.workspace import Workspace
from tests.bot.slack.examples import ScriptedAnswerer
from tests.browser.conftest import Sit
from tests.browser.gallery import BLOCKS
from tests.browser.seat import PHONE, Seat

PROBLEMS = (Path(__file__).parent / "access.js").read_text(encoding="utf-8")


def problems(seat: Seat) -> list[str]:
    found: list[str] = seat.page.evaluate(PROBLEMS)
    return found


@pytest.fixture(params=["light", "dark"])
def seat(
    request: pytest.FixtureRequest, sit: Sit, workspace: Workspace, answerer: ScriptedAnswerer
) -> Seat:
    """Somebody who sees a message with everything that there is."""
    web = WebClient(token=workspace.bot_token, base_url=workspace.api_url)
    web.chat_postMessage(channel="C0QUESTIONS", text="gallery", blocks=BLOCKS)
    seat = sit(color_scheme=request.param)
    expect(seat.channel.locator(".message")).to_have_count(1)
    return seat


def test_messages_and_blocks_can_be_read_by_everybody(seat: Seat) -> None:
    assert problems(seat) == []
    seat.channel.get_by_role("button", name="Sources").click()
    seat.channel.locator(".message").focus()
    assert problems(seat) == []


def test_the_check_finds_what_it_looks_for(seat: Seat) -> None:
    seat.page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend',"
        " '<button></button><p id=composer>pale</p><h6>deep</h6>')"
    )
    seat.page.evaluate("document.querySelector('main > p:last-of-type').style.color = '#888888a0'")

    found = " ".join(problems(seat))
    for what in ("no name", "id twice", "contrast", "heading jumps"):
        assert what in found


def test_threads_and_forms_can_be_read_by_everybody(seat: Seat) -> None:
    seat.do(seat.channel.locator(".message"), "Reply in thread")
    expect(seat.reply_box).to_be_focused()
    assert problems(seat) == []
    seat.reply("hello")
    own = seat.message("hello", seat.thread)
    expect(own).to_be_visible()
    seat.do(own, "Edit message")
    assert problems(seat) == []


def test_suggestions_menus_and_dialogs_can_be_read_by_everybody(seat: Seat) -> None:
    seat.composer.press_sequentially("@")
    expect(seat.page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    assert problems(seat) == []
    seat.composer.press("Escape")
    seat.page.get_by_role("button", name="Switch person").click()
    assert problems(seat) == []
    seat.page.keyboard.press("Escape")
    seat.page.keyboard.press("Control+/")
    expect(seat.dialog).to_be_visible()
    assert problems(seat) == []
    seat.page.keyboard.press("Escape")
    seat.page.get_by_role("button", name="Faults and calls").click()
    assert problems(seat) == []


def test_the_home_and_an_empty_conversation_can_be_read_by_everybody(seat: Seat) -> None:
    seat.go("onrecord")
    assert problems(seat) == []
    seat.page.get_by_role("tab", name="Home").click()
    assert problems(seat) == []


def test_a_narrow_window_can_be_read_by_everybody(sit: Sit) -> None:
    seat = sit(place="", viewport=PHONE)
    assert problems(seat) == []
    seat.go("questions")
    assert problems(seat) == []


def test_the_page_has_landmarks(sit: Sit) -> None:
    seat = sit()

    expect(seat.page.get_by_role("main", name="questions")).to_be_visible()
    expect(seat.page.get_by_role("navigation", name="Conversations")).to_be_visible()
    expect(seat.page).to_have_title("#questions – Onrecord")
    expect(seat.page.get_by_role("list", name="Messages in #questions")).to_be_attached()


def test_what_comes_in_is_read_out(sit: Sit, bot: ScriptedAnswerer) -> None:
    seat = sit()
    news = seat.page.get_by_role("log", name="News")

    seat.say("@onrecord when?")

    expect(news).to_contain_text("onrecord in a thread:")
    expect(news).to_contain_text("You asked: when?")
    expect(news).not_to_contain_text("@onrecord when?")
    seat.say("/onrecord help")
    expect(news).to_contain_text("Only visible to you:")
