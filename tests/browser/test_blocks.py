"""Every block and element: what is seen of it, and what the app hears when it is used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, expect
from slack_sdk.web import WebClient

from bot.workspace.workspace import Workspace
from tests.bot.workspace.listener import Listener
from tests.browser.conftest import Sit
from tests.browser.gallery import BLOCKS
from tests.browser.seat import Seat


@pytest.fixture
def app(workspace: Workspace) -> Iterator[Listener]:
    """An app that keeps what it hears."""
    listener = Listener(workspace)
    listener.connect()
    yield listener
    listener.close()


@pytest.fixture
def seat(sit: Sit, app: Listener) -> Seat:
    return sit()


@pytest.fixture
def message(seat: Seat, web: WebClient) -> Locator:
    web.chat_postMessage(channel="C0QUESTIONS", text="gallery", blocks=BLOCKS)
    return seat.channel.locator(".message")


@pytest.fixture
def web(workspace: Workspace) -> WebClient:
    return WebClient(token=workspace.bot_token, base_url=workspace.api_url)


def presses(app: Listener) -> int:
    return sum(request.payload.get("type") == "block_actions" for request in app.requests)


def use(seat: Seat, app: Listener, act: Callable[[], object]) -> dict[str, Any]:
    """Do something with an element and return what the app hears of it."""
    before = presses(app)
    act()
    assert seat.workspace.wait_for(lambda: presses(app) > before)
    pressed: dict[str, Any] = app.last("block_actions")["actions"][0]
    return pressed


def test_text_of_every_kind_is_shown(message: Locator) -> None:
    expect(message.get_by_role("heading", name="Salt & pepper")).to_be_visible()
    for tag, text in (("strong", "bold"), ("em", "italic"), ("s", "gone"), ("code", "code")):
        expect(message.locator(".block-section").first.locator(tag)).to_have_text(text)
    expect(message.locator("blockquote")).to_have_text("quoted")
    link = message.get_by_role("link", name="a page")
    expect(link).to_have_attribute("href", "https://example.com/")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(message.locator(".section-fields > *")).to_have_text(["Field\none", "two"])
    expect(message.locator(".block-context")).to_contain_text("small print")
    expect(message.locator(".rich-text strong")).to_have_text("literal *stars* &amp; ")
    expect(message.locator(".rich-text")).to_contain_text("@Admin")
    expect(message.locator(".rich-text ol li")).to_have_text("item")
    expect(message.get_by_role("columnheader")).to_have_text(["Name", "Count"])


def test_an_image_is_named_and_not_loaded(message: Locator) -> None:
    expect(message.get_by_role("link", name="A chart")).to_be_visible()
    expect(message.locator("img[src^='https']")).to_have_count(0)


def test_buttons_tell_who_pressed_what(message: Locator, seat: Seat, app: Listener) -> None:
    pressed = use(seat, app, message.get_by_role("button", name="Main").click)

    assert (pressed["action_id"], pressed["block_id"], pressed["value"]) == ("main", "acts", "Main")
    assert app.last("block_actions")["user"]["id"] == seat.workspace.member.id
    assert use(seat, app, message.get_by_role("button", name="Beside").click)["value"] == "Beside"


def test_a_button_that_asks_first_is_only_pressed_after_yes(
    message: Locator, seat: Seat, app: Listener
) -> None:
    grave = message.get_by_role("button", name="Grave")
    grave.click()
    expect(seat.dialog.get_by_role("heading", name="Are you sure?")).to_be_visible()
    expect(seat.dialog.locator("strong")).to_have_text("final")
    seat.dialog.get_by_role("button", name="Leave it").click()
    expect(grave).to_be_focused()
    assert presses(app) == 0

    grave.click()
    yes = seat.dialog.get_by_role("button", name="Do it")

    assert use(seat, app, yes.click)["action_id"] == "grave"


def test_menus_tell_what_was_chosen(message: Locator, seat: Seat, app: Listener) -> None:
    def choose(name: str, label: str) -> dict[str, Any]:
        menu = message.get_by_role("combobox", name=name)
        return use(seat, app, lambda: menu.select_option(label=label))

    assert choose("A thing", "Two (second)")["selected_option"]["value"] == "2"
    assert choose("A person", "Colleague")["selected_user"] == seat.workspace.colleague.id
    assert choose("A channel", "#general")["selected_conversation"] == "C0GENERAL"


def test_choices_in_view_tell_what_was_chosen(message: Locator, seat: Seat, app: Listener) -> None:
    use(seat, app, message.get_by_role("checkbox", name="Alpha").check)
    ticked = use(seat, app, message.get_by_role("checkbox", name="Beta").check)
    assert [one["value"] for one in ticked["selected_options"]] == ["a", "b"]

    chosen = use(seat, app, message.get_by_role("radio", name="Right").check)
    assert chosen["selected_option"]["value"] == "r"
    date = message.get_by_label("A day")
    assert use(seat, app, lambda: date.fill("2026-11-23"))["selected_date"] == "2026-11-23"


def test_the_menu_behind_three_dots_tells_what_was_chosen(
    message: Locator, seat: Seat, app: Listener
) -> None:
    message.get_by_role("button", name="More choices").click()
    entry = seat.page.get_by_role("menuitem", name="Second")

    assert use(seat, app, entry.click)["selected_option"]["value"] == "s"


def test_a_thumb_stays_marked(message: Locator, seat: Seat, app: Listener) -> None:
    down = message.get_by_role("button", name="Not helpful")

    pressed = use(seat, app, down.click)

    assert (pressed["type"], pressed["value"]) == ("feedback_buttons", "down")
    expect(down).to_have_attribute("aria-pressed", "true")
    expect(message.get_by_role("button", name="Helpful", exact=True)).to_have_attribute(
        "aria-pressed", "false"
    )
    assert (
        use(seat, app, message.get_by_role("button", name="Remove").click)["type"] == "icon_button"
    )


def test_a_container_opens_and_stays_open_when_the_message_changes(
    message: Locator, seat: Seat, web: WebClient
) -> None:
    inside = message.get_by_text("inside the container")
    expect(inside).to_be_hidden()
    head = message.get_by_role("button", name="Sources")
    head.click()
    expect(inside).to_be_visible()
    expect(head).to_have_attribute("aria-expanded", "true")
    (posted,) = seat.posted()

    changed: list[dict[str, Any]] = [
        *posted.blocks[1:],
        {"type": "header", "text": {"type": "plain_text", "text": "New"}},
    ]
    web.chat_update(channel="C0QUESTIONS", ts=posted.ts, text="changed", blocks=changed)

    expect(message.get_by_role("heading", name="New")).to_be_visible()
    expect(inside).to_be_visible()
    expect(head).to_be_focused()


def test_an_app_that_does_not_answer_is_reported(
    message: Locator, seat: Seat, app: Listener
) -> None:
    app.acknowledges = lambda request: False

    message.get_by_role("button", name="Main").click()

    expect(seat.page.get_by_role("alert")).to_have_text("onrecord did not respond.")


def test_reactions_are_shown_with_their_number(
    message: Locator, seat: Seat, web: WebClient
) -> None:
    (posted,) = seat.posted()

    web.reactions_add(channel="C0QUESTIONS", timestamp=posted.ts, name="eyes")

    expect(message.get_by_role("list", name="Reactions")).to_contain_text("👀1")
