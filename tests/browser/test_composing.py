"""Writing: suggestions after @ and /, keys, commands."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.seat import Seat


def options(seat: Seat) -> Locator:
    return seat.page.get_by_role("option")


def test_an_at_sign_suggests_people_and_the_bot_first(seat: Seat) -> None:
    seat.composer.press_sequentially("hello @")

    expect(options(seat)).to_contain_text(["onrecord", "Admin", "Colleague", "Guest"])
    expect(options(seat).first).to_have_attribute("aria-selected", "true")
    seat.composer.press_sequentially("co")
    expect(options(seat)).to_contain_text(["Colleague"])
    seat.composer.press("Tab")

    expect(seat.composer).to_have_value("hello @Colleague ")
    expect(options(seat)).to_have_count(0)


def test_suggestions_are_walked_with_arrows_and_taken_with_enter(seat: Seat) -> None:
    seat.composer.press_sequentially("@")
    seat.composer.press("ArrowDown")
    expect(options(seat).nth(1)).to_have_attribute("aria-selected", "true")
    seat.composer.press("ArrowUp")
    seat.composer.press("ArrowUp")
    expect(options(seat).last).to_have_attribute("aria-selected", "true")
    active = seat.composer.get_attribute("aria-activedescendant")
    expect(options(seat).last).to_have_attribute("id", active or "")

    seat.composer.press("Enter")

    expect(seat.composer).to_have_value("@Guest ")
    assert seat.workspace.messages("C0QUESTIONS") == []


def test_escape_closes_suggestions_and_leaves_what_is_typed(seat: Seat) -> None:
    seat.composer.press_sequentially("@on")
    expect(options(seat)).to_have_count(1)

    seat.composer.press("Escape")

    expect(options(seat)).to_have_count(0)
    expect(seat.composer).to_have_value("@on")


def test_a_suggestion_can_be_clicked(seat: Seat) -> None:
    seat.page.get_by_role("button", name="Mention somebody").first.click()

    options(seat).filter(has_text="onrecord").click()

    expect(seat.composer).to_have_value("@onrecord ")
    expect(seat.composer).to_be_focused()


def test_shift_and_enter_begin_a_new_line(seat: Seat) -> None:
    seat.composer.press_sequentially("one")
    seat.composer.press("Shift+Enter")
    seat.composer.press_sequentially("two")
    seat.composer.press("Enter")

    expect(seat.message("one")).to_contain_text("one\ntwo", use_inner_text=True)
    (message,) = seat.posted()
    assert message.text == "one\ntwo"


def test_a_command_is_completed_word_by_word(seat: Seat) -> None:
    seat.composer.press_sequentially("/")
    expect(options(seat)).to_contain_text(["/onrecord"])
    seat.composer.press("Tab")
    expect(options(seat).filter(has_text="/onrecord help")).to_be_visible()
    seat.composer.press_sequentially("hel")
    expect(options(seat)).to_have_count(1)
    seat.composer.press("Tab")
    expect(seat.composer).to_have_value("/onrecord help ")

    seat.composer.press("Enter")

    expect(seat.message("Only visible to you")).to_be_visible()
    expect(seat.composer).to_have_value("")


def test_a_command_typed_in_full_is_sent_by_the_first_enter(seat: Seat) -> None:
    seat.composer.press_sequentially("/onrecord help")
    seat.composer.press("Enter")

    expect(seat.message("Only visible to you")).to_be_visible()


def test_an_unknown_command_is_not_sent(seat: Seat) -> None:
    seat.say("/nonsense at all")

    expect(seat.page.get_by_role("alert")).to_have_text("There is no command /nonsense.")
    expect(seat.composer).to_have_value("/nonsense at all")


def test_a_command_in_a_thread_is_refused_as_in_slack(seat: Seat) -> None:
    seat.do(seat.say("a thread"), "Reply in thread")

    seat.reply("/onrecord help")

    expect(seat.page.get_by_role("alert")).to_contain_text("takes no commands in threads")
    expect(seat.reply_box).to_have_value("/onrecord help")


def test_an_empty_message_is_not_sent(seat: Seat) -> None:
    seat.say("   ")

    assert seat.workspace.messages("C0QUESTIONS") == []
