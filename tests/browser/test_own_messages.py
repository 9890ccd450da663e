"""One's own messages: edited, deleted, kept when they cannot be sent."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.bot.slack.examples import ScriptedAnswerer
from tests.browser.seat import Seat


def test_an_edit_is_saved_and_marked(seat: Seat) -> None:
    message = seat.say("frist")

    seat.do(message, "Edit message")
    field = seat.channel.get_by_role("textbox", name="Edit message")
    expect(field).to_be_focused()
    expect(field).to_have_value("frist")
    field.fill("first")
    field.press("Enter")

    expect(seat.message("first")).to_contain_text("(edited)")
    expect(field).to_have_count(0)


def test_the_arrow_up_edits_the_last_message_and_escape_leaves_it(seat: Seat) -> None:
    seat.say("@onrecord when & where?")
    expect(seat.answer()).to_have_count(1)

    seat.composer.press("ArrowUp")
    field = seat.channel.get_by_role("textbox", name="Edit message")
    expect(field).to_have_value("@onrecord when & where?")
    field.fill("something else")
    field.press("Escape")

    expect(field).to_have_count(0)
    expect(seat.message("@onrecord when & where?")).to_be_focused()


def test_an_edit_in_work_outlives_whatever_comes_in(seat: Seat) -> None:
    message = seat.say("first")
    seat.do(message, "Edit message")
    field = seat.channel.get_by_role("textbox", name="Edit message")
    field.fill("half")

    seat.workspace.post_as(seat.workspace.admin.id, "C0QUESTIONS", "news")

    expect(seat.message("news")).to_be_visible()
    expect(field).to_have_value("half")
    expect(field).to_be_focused()


def test_an_edited_question_is_answered_anew(seat: Seat) -> None:
    asked = seat.say("@onrecord first?")
    expect(seat.answer()).to_contain_text("first?")

    seat.do(asked, "Edit message")
    field = seat.channel.get_by_role("textbox", name="Edit message")
    field.fill("@onrecord second?")
    field.press("Enter")

    expect(seat.answer()).to_contain_text("You asked: second?")
    expect(seat.answer()).to_have_count(1)


def test_a_message_is_deleted_only_after_asking(seat: Seat) -> None:
    message = seat.say("away with this")

    seat.do(message, "Delete message")
    seat.dialog.get_by_role("button", name="Cancel").click()
    expect(message).to_be_visible()
    seat.do(message, "Delete message")
    seat.dialog.get_by_role("button", name="Delete").click()

    expect(message).to_have_count(0)
    assert seat.workspace.messages("C0QUESTIONS") == []


def test_messages_of_others_offer_neither_edit_nor_deletion(seat: Seat) -> None:
    seat.workspace.post_as(seat.workspace.admin.id, "C0QUESTIONS", "not yours")
    message = seat.message("not yours")

    message.hover()
    message.get_by_role("button", name="More actions").click()

    entries = seat.page.get_by_role("menuitem")
    expect(entries).to_contain_text(["Reply in thread", "Check this message", "Copy text"])


def test_a_root_without_replies_left_disappears_and_one_with_replies_leaves_a_stone(
    seat: Seat, bot: ScriptedAnswerer
) -> None:
    root = seat.say("let us talk")
    seat.do(root, "Reply in thread")
    seat.reply("yes")
    expect(seat.message("yes", seat.thread)).to_be_visible()

    seat.do(root, "Delete message")
    seat.dialog.get_by_role("button", name="Delete").click()

    stone = seat.channel.locator(".message", has_text="This message was deleted.")
    expect(stone).to_contain_text("1 reply")


def test_what_cannot_be_sent_stands_in_the_composer_again(seat: Seat) -> None:
    too_long = "x" * 40_001

    seat.composer.fill(too_long)
    seat.composer.press("Enter")

    expect(seat.page.get_by_role("alert")).to_have_text("That message is too long.")
    expect(seat.composer).to_have_value(too_long)


def test_drafts_stay_with_their_place_and_their_person(seat: Seat) -> None:
    seat.composer.fill("for questions")
    seat.go("general")
    expect(seat.composer).to_have_value("")
    seat.composer.fill("for general")
    seat.go("questions")
    expect(seat.composer).to_have_value("for questions")

    seat.become("Admin")
    expect(seat.composer).to_have_value("")
    seat.become("Member")
    expect(seat.composer).to_have_value("for questions")
