"""Looking at the workspace as different people: channels, news, what only one person sees."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Sit
from tests.browser.seat import Seat


def test_everybody_sees_their_own_channels(seat: Seat) -> None:
    places = seat.sidebar.locator(".place-title")
    expect(places).to_have_text(["general", "questions", "onrecord"])

    seat.become("Admin")
    expect(places).to_have_text(["general", "questions", "owners", "onrecord"])
    seat.become("Guest")
    expect(places).to_have_text(["questions", "onrecord"])


def test_switching_keeps_the_channel_and_says_who_one_is(seat: Seat) -> None:
    seat.go("general")

    seat.become("Colleague")

    expect(seat.channel.get_by_role("heading", name="general").first).to_be_visible()
    expect(
        seat.page.get_by_role("status").filter(has_text="You are Colleague now.")
    ).to_be_visible()
    seat.say("from the colleague")
    (message,) = seat.posted("C0GENERAL")
    assert message.user == seat.workspace.colleague.id


def test_only_the_one_who_typed_a_command_sees_its_answer(seat: Seat, sit: Sit) -> None:
    other = sit("U0ADMIN")

    seat.say("/onrecord help")
    seat.say("a message for all")

    expect(seat.message("Only visible to you")).to_be_visible()
    expect(other.message("a message for all")).to_be_visible()
    expect(other.page.get_by_text("Only visible to you")).to_have_count(0)


def test_a_private_message_can_be_dismissed(seat: Seat) -> None:
    seat.say("/onrecord help")
    private = seat.message("Only visible to you")

    private.hover()
    private.get_by_role("button", name="Dismiss this message").click()

    expect(private).to_have_count(0)
    expect(seat.composer).to_be_focused()


def test_news_elsewhere_are_marked_until_they_are_seen(seat: Seat) -> None:
    general = seat.sidebar.get_by_role("button", name="general")
    unread = seat.sidebar.get_by_role("button", name="general unread")
    expect(general).to_be_visible()
    expect(unread).to_have_count(0)

    seat.workspace.post_as(seat.workspace.admin.id, "C0GENERAL", "news for all")

    expect(unread).to_be_visible()
    seat.go("general")
    expect(seat.message("news for all")).to_be_visible()
    expect(unread).to_have_count(0)


def test_an_answer_in_a_closed_thread_is_marked_as_new(seat: Seat) -> None:
    root = seat.say("let us talk")
    ts = seat.posted()[0].ts
    expect(root).to_be_visible()

    seat.workspace.post_as(seat.workspace.admin.id, "C0QUESTIONS", "yes", thread_ts=ts)

    expect(root.get_by_role("button", name="1 reply new")).to_be_visible()
    root.get_by_role("button", name="1 reply").click()
    expect(seat.message("yes", seat.thread)).to_be_visible()
    expect(root.get_by_role("button", name="1 reply new")).to_have_count(0)


def test_what_is_new_since_the_last_visit_stands_below_a_line(seat: Seat) -> None:
    seat.say("seen")
    seat.go("general")
    seat.workspace.post_as(seat.workspace.admin.id, "C0QUESTIONS", "not seen")

    seat.go("questions")

    expect(seat.channel.locator(".line-new + .row")).to_contain_text("not seen")


def test_messages_in_a_row_are_put_together(seat: Seat) -> None:
    for text in ("one", "two"):
        expect(seat.say(text)).to_be_visible()
    seat.workspace.post_as(seat.workspace.admin.id, "C0QUESTIONS", "three")

    expect(seat.channel.locator(".message", has=seat.page.locator(".author"))).to_have_count(2)
    expect(seat.channel.locator(".author")).to_have_text(["Member", "Admin"])


def test_two_windows_see_the_same_conversation(seat: Seat, sit: Sit) -> None:
    admin = sit("U0ADMIN")

    seat.say("hello @Admin")

    expect(admin.message("hello @Admin").locator(".mention-me")).to_have_text("@Admin")
    admin.say("hello back")
    expect(seat.message("hello back")).to_be_visible()
