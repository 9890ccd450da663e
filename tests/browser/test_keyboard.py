"""Everything with the keyboard alone, and the focus where one expects it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.seat import Seat

SKIP = "Skip to the message box"


def test_tab_goes_through_the_page_in_reading_order(seat: Seat) -> None:
    seat.say("hello")
    seat.page.locator("body").evaluate("body => { body.tabIndex = -1; body.focus(); }")
    met: list[str] = []
    while "Send" not in met and len(met) < 40:
        seat.page.keyboard.press("Tab")
        met.append(seat.focused())

    landmarks = [SKIP, "general", "You are Member", "Theme", "Member at", "Message #questions"]
    places = [next(at for at, name in enumerate(met) if one in name) for one in landmarks]
    assert places == sorted(places)


def test_whatever_has_the_focus_shows_it(seat: Seat) -> None:
    seat.say("hello")
    seat.page.locator("body").evaluate("body => { body.tabIndex = -1; body.focus(); }")
    hidden = []
    for _ in range(25):
        seat.page.keyboard.press("Tab")
        is_shown = seat.page.evaluate(
            "(() => { const one = document.activeElement;"
            " if (one === document.body) return true;"
            " const ring = getComputedStyle(one).outlineStyle !== 'none';"
            " const box = one.closest('.composer-box');"
            " return ring || (box && getComputedStyle(box).boxShadow !== 'none'); })()"
        )
        if not is_shown:
            hidden.append(seat.focused())
    assert hidden == []


def test_one_can_skip_to_the_message_box(seat: Seat) -> None:
    seat.page.locator("body").evaluate("body => { body.tabIndex = -1; body.focus(); }")
    seat.page.keyboard.press("Tab")
    assert seat.focused() == SKIP

    seat.page.keyboard.press("Enter")

    expect(seat.composer).to_be_focused()


def test_a_question_is_asked_read_and_followed_up_without_a_mouse(seat: Seat) -> None:
    seat.composer.focus()
    keyboard = seat.page.keyboard
    keyboard.type("@onr")
    keyboard.press("Tab")
    keyboard.type("when?")
    keyboard.press("Enter")
    expect(seat.answer()).to_have_count(1)

    keyboard.press("F6")
    expect(seat.reply_box).to_be_focused()
    keyboard.type("and then?")
    keyboard.press("Enter")
    expect(seat.answer()).to_have_count(2)
    keyboard.press("Escape")

    expect(seat.thread).to_be_hidden()
    expect(seat.message("@onrecord when?")).to_be_focused()


def test_arrows_go_from_message_to_message_and_letters_act_on_one(seat: Seat) -> None:
    for text in ("one", "two", "three"):
        seat.say(text)
    expect(seat.message("three")).to_be_visible()
    keyboard = seat.page.keyboard
    seat.message("three").focus()
    keyboard.press("ArrowUp")
    expect(seat.message("two")).to_be_focused()
    keyboard.press("Home")
    expect(seat.message("one")).to_be_focused()

    keyboard.press("e")
    keyboard.type("!")
    keyboard.press("Enter")
    expect(seat.message("one!")).to_be_focused()
    keyboard.press("End")
    keyboard.press("Delete")
    expect(seat.dialog).to_be_visible()
    keyboard.press("Escape")
    expect(seat.message("three")).to_be_focused()
    keyboard.press("ArrowDown")
    expect(seat.composer).to_be_focused()


def test_the_menu_of_a_message_opens_walks_and_closes_with_keys(seat: Seat) -> None:
    seat.say("hello")
    message = seat.message("hello")
    message.focus()
    seat.page.keyboard.press("Shift+F10")
    entries = seat.page.get_by_role("menuitem")
    expect(entries.first).to_be_focused()

    seat.page.keyboard.press("End")
    expect(entries.last).to_be_focused()
    seat.page.keyboard.press("ArrowDown")
    expect(entries.first).to_be_focused()
    seat.page.keyboard.press("c")
    expect(entries.filter(has_text="Check this message")).to_be_focused()
    seat.page.keyboard.press("Escape")

    expect(entries).to_have_count(0)
    expect(message).to_be_focused()


def test_a_dialog_takes_the_focus_keeps_it_and_gives_it_back(seat: Seat) -> None:
    keys = seat.page.get_by_role("button", name="Keyboard shortcuts")
    keys.focus()
    seat.page.keyboard.press("Enter")
    expect(seat.dialog).to_be_visible()
    for _ in range(8):
        seat.page.keyboard.press("Tab")
        is_outside = seat.page.evaluate(
            "document.activeElement !== document.body"
            " && !document.querySelector('dialog[open]').contains(document.activeElement)"
        )
        assert not is_outside

    seat.page.keyboard.press("Escape")

    expect(seat.dialog).to_have_count(0)
    expect(keys).to_be_focused()


def test_alt_and_arrows_change_the_channel(seat: Seat) -> None:
    seat.composer.focus()
    seat.page.keyboard.press("Alt+ArrowUp")

    expect(seat.page.get_by_role("textbox", name="Message #general")).to_be_focused()


def test_the_focus_in_an_answer_outlives_its_change(seat: Seat) -> None:
    seat.say("@onrecord first?")
    button = seat.answer().get_by_role("button", name="Show passages")
    button.focus()
    workspace = seat.workspace
    ts = workspace.messages("C0QUESTIONS")[0].ts

    workspace.edit_as(workspace.member.id, "C0QUESTIONS", ts, f"{workspace.bot.mention} second?")

    expect(seat.answer("You asked: second?")).to_have_count(1)
    expect(seat.answer().get_by_role("button", name="Show passages")).to_be_focused()
