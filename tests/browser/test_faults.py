"""The fault panel, and a page whose workspace goes away."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.bot.slack.examples import ScriptedAnswerer
from tests.browser.conftest import Sit
from tests.browser.seat import Seat

# slack_sdk leaves a socket open whose opening was cut.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")


@pytest.fixture(autouse=True)
def _forgotten_sockets() -> Iterator[None]:
    yield
    gc.collect()


@pytest.fixture
def panel(seat: Seat) -> Locator:
    seat.page.get_by_role("button", name="Faults and calls").click()
    panel = seat.page.get_by_role("dialog", name="Faults and calls")
    expect(panel).to_contain_text("All works as it should.")
    return panel


def cause(panel: Locator, title: str, **numbers: str) -> None:
    for name, value in numbers.items():
        panel.get_by_label(f"{title}: {name}").fill(value)
    panel.get_by_role("button", name=f"{title}: do it").click()


def test_a_dropped_connection_recovers(seat: Seat, panel: Locator) -> None:
    state = seat.sidebar.get_by_role("status")
    expect(state).to_have_text("onrecord is connected")
    before = seat.workspace.socket_mode.total_connections

    cause(panel, "Drop the connection")

    # It may be back before the page is told that it was gone; an outage that lasts is shown below.
    connections = seat.workspace.socket_mode
    assert seat.workspace.wait_for(lambda: connections.total_connections > before)
    expect(state).to_have_text("onrecord is connected")
    seat.say("@onrecord when?")
    expect(seat.answer()).to_have_count(1)


@pytest.mark.parametrize("fault", ["Deliver again", "Deliver twice", "Answer 429", "Answer 503"])
def test_with_a_fault_there_is_still_one_answer(seat: Seat, panel: Locator, fault: str) -> None:
    cause(panel, fault, times="1")
    expect(panel).to_contain_text("Now:")

    seat.say("@onrecord when?")

    expect(seat.answer()).to_have_count(1)
    assert seat.workspace.wait_until_delivered()
    expect(seat.answer()).to_have_count(1)
    expect(panel).to_contain_text("All works as it should.")


def test_what_is_on_is_said_and_can_be_switched_off(seat: Seat, panel: Locator) -> None:
    cause(panel, "Be slow", times="50", seconds="2")
    expect(panel).to_contain_text("Now: calls wait 2 s.")
    expect(seat.page.get_by_role("button", name="Faults and calls")).to_have_class(
        "icon-button tool-on"
    )

    panel.get_by_role("button", name="Switch all off").click()

    expect(panel).to_contain_text("All works as it should.")


def test_an_outage_is_shown_and_ends(seat: Seat, panel: Locator) -> None:
    cause(panel, "Be out of reach", seconds="1")
    expect(panel).to_contain_text("the app cannot reach the workspace")

    seat.say("@onrecord when?")

    expect(seat.answer()).to_have_count(1)


def test_the_last_calls_are_listed_newest_first(seat: Seat, panel: Locator) -> None:
    seat.say("@onrecord when?")
    expect(seat.answer()).to_have_count(1)

    calls = panel.get_by_role("row")
    expect(calls.filter(has_text="chat.postMessage").first).to_contain_text("ok")
    panel.press("Escape")
    expect(panel).to_be_hidden()
    expect(seat.page.get_by_role("button", name="Faults and calls")).to_be_focused()


def test_a_workspace_out_of_reach_is_reported_and_nothing_typed_is_lost(
    sit: Sit, bot: ScriptedAnswerer
) -> None:
    seat = sit()
    banner = seat.channel.get_by_text("The workspace is out of reach. Trying again…")
    with seat.workspace.unreachable():
        expect(banner).to_be_visible()
        expect(seat.sidebar.get_by_role("status")).to_have_text("Workspace out of reach")
        seat.composer.fill("@onrecord when?")
        seat.composer.press("Enter")
        expect(seat.page.get_by_role("alert")).to_contain_text("Nothing was done; try again.")
        expect(seat.composer).to_have_value("@onrecord when?")

    expect(banner).to_be_hidden()
    seat.composer.press("Enter")
    expect(seat.answer()).to_have_count(1)
    seat.trouble.clear()  # the browser reports each request that failed
