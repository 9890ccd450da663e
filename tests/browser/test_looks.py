"""How the page looks: light and dark, wide and narrow, without motion."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.bot.slack.examples import ScriptedAnswerer
from tests.browser.conftest import Sit
from tests.browser.seat import PHONE, Seat

DARK = "rgb(20, 25, 27)"
LIGHT = "rgb(255, 255, 255)"


def ground(seat: Seat) -> str:
    return str(seat.page.evaluate("getComputedStyle(document.body).backgroundColor"))


def choose_theme(seat: Seat, name: str) -> None:
    seat.page.get_by_role("button", name="Theme").click()
    seat.page.get_by_role("menuitemradio", name=name).click()


@pytest.mark.parametrize(("scheme", "colour"), [("light", LIGHT), ("dark", DARK)])
def test_the_systems_theme_is_shown(sit: Sit, scheme: str, colour: str) -> None:
    assert ground(sit(color_scheme=scheme)) == colour


def test_a_chosen_theme_wins_over_the_systems_and_is_kept(sit: Sit) -> None:
    seat = sit(color_scheme="light")

    choose_theme(seat, "Dark")
    assert ground(seat) == DARK
    seat.page.reload()
    assert ground(seat) == DARK
    choose_theme(seat, "As the system")

    assert ground(seat) == LIGHT


def test_a_narrow_window_shows_one_pane_at_a_time(sit: Sit, bot: ScriptedAnswerer) -> None:
    seat = sit(place="", viewport=PHONE)
    expect(seat.sidebar).to_be_visible()
    expect(seat.channel).to_be_hidden()

    seat.go("questions")
    expect(seat.sidebar).to_be_hidden()
    asked = seat.say("@onrecord when?")
    asked.get_by_role("button", name="1 reply").click()
    expect(seat.answer()).to_be_visible()
    expect(seat.channel).to_be_hidden()

    seat.thread.get_by_role("button", name="Back to the channel").click()
    expect(seat.channel).to_be_visible()
    seat.channel.get_by_role("button", name="Back to the list").click()
    expect(seat.sidebar).to_be_visible()


def test_the_browsers_back_button_leads_from_pane_to_pane(sit: Sit, bot: ScriptedAnswerer) -> None:
    seat = sit(place="", viewport=PHONE)
    seat.go("questions")
    asked = seat.say("@onrecord when?")
    asked.get_by_role("button", name="1 reply").click()
    expect(seat.answer()).to_be_visible()

    seat.page.go_back()
    expect(seat.channel).to_be_visible()
    seat.page.go_back()

    expect(seat.sidebar).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 800, 1000, 1400, 2200])
def test_nothing_reaches_beyond_the_window(sit: Sit, bot: ScriptedAnswerer, width: int) -> None:
    seat = sit(viewport={"width": width, "height": 700})
    word = "longword" * 40
    seat.say(f"@onrecord {word}\n`{word}`")
    seat.message("longword").get_by_role("button", name="1 reply").click()
    expect(seat.answer(word)).to_have_count(1)

    over = seat.page.evaluate(
        "[...document.querySelectorAll('.message, .composer-box, .pane-head, .scroller')]"
        ".filter(one => one.offsetParent && one.getBoundingClientRect().right > innerWidth + 1)"
        ".map(one => one.className)"
    )
    assert over == []
    assert seat.page.evaluate("document.documentElement.scrollWidth") <= width


def test_who_wants_no_motion_gets_none(sit: Sit, bot: ScriptedAnswerer) -> None:
    seat = sit(reduced_motion="reduce")

    durations = seat.page.evaluate(
        "[...document.querySelectorAll('*')].map(one => getComputedStyle(one))"
        ".flatMap(style => [style.animationDuration, style.transitionDuration])"
        ".map(parseFloat).filter(seconds => seconds > 0.001)"
    )

    assert durations == []
