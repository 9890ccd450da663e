"""Asking the documents on the page: by mention, directly, and on in a thread."""

from __future__ import annotations

import threading

from playwright.sync_api import expect

from bot.slack.status import SEARCHING
from retrieval.model import Answer, Question, Refusal
from tests.bot.slack.examples import ScriptedAnswerer, answer, refusal
from tests.browser.conftest import Sit
from tests.browser.seat import Seat
from tests.scenarios.conftest import StartBot


def test_a_mention_is_answered_in_a_thread_that_opens_beside_the_channel(seat: Seat) -> None:
    asked = seat.say("@onrecord when did it open?")

    expect(seat.answer()).to_contain_text("You asked: when did it open? [1]")
    expect(seat.answer().locator("blockquote")).to_have_count(1)
    expect(asked.get_by_role("button", name="1 reply")).to_be_visible()
    expect(seat.composer).to_be_focused()
    expect(seat.composer).to_have_value("")


def test_a_direct_message_is_answered_without_a_mention(seat: Seat) -> None:
    seat.go("onrecord")

    seat.say("when?")

    expect(seat.answer()).to_contain_text("You asked: when?")


def test_a_follow_up_in_the_thread_is_answered(seat: Seat, bot: ScriptedAnswerer) -> None:
    seat.say("@onrecord first?")
    expect(seat.answer()).to_have_count(1)

    seat.reply("and then?")

    expect(seat.answer()).to_have_count(2)
    expect(seat.message("@onrecord first?")).to_contain_text("3 replies")
    assert [question.text for question in bot.questions] == ["first?", "and then?"]


def test_a_thread_can_be_closed_and_opened_again(seat: Seat) -> None:
    asked = seat.say("@onrecord when?")
    expect(seat.answer()).to_have_count(1)

    seat.thread.get_by_role("button", name="Close thread").click()
    expect(seat.thread).to_be_hidden()
    asked.get_by_role("button", name="1 reply").click()

    expect(seat.answer()).to_have_count(1)
    expect(seat.reply_box).to_be_focused()


def test_a_reload_leads_back_to_the_same_thread(seat: Seat) -> None:
    seat.say("@onrecord when?")
    expect(seat.answer()).to_have_count(1)

    seat.page.reload()

    expect(seat.answer()).to_have_count(1)


def test_example_questions_are_asked_by_a_click(seat: Seat, bot: ScriptedAnswerer) -> None:
    example = seat.channel.get_by_role("button", name="Who built it?")
    expect(seat.channel).to_contain_text("You are Member. To ask the documents, mention @onrecord")

    example.click()

    expect(seat.answer()).to_contain_text("You asked: Who built it?")
    expect(seat.message("@onrecord Who built it?")).to_be_visible()


def test_a_refusal_says_why(sit: Sit, start_bot: StartBot) -> None:
    start_bot(ScriptedAnswerer(lambda question: refusal()))
    seat = sit()

    seat.say("@onrecord who?")

    expect(seat.answer("")).to_contain_text("The documents do not say.")


def test_what_the_bot_is_doing_is_shown_until_it_has_answered(
    sit: Sit, start_bot: StartBot
) -> None:
    released = threading.Event()

    def wait(question: Question) -> Answer | Refusal:
        released.wait(timeout=30)
        return answer("Here it is.")

    start_bot(ScriptedAnswerer(wait))
    seat = sit()
    asked = seat.say("@onrecord when?")

    expect(asked).to_contain_text(f"onrecord {SEARCHING}")
    expect(seat.thread).to_contain_text(f"onrecord {SEARCHING}")
    released.set()
    expect(seat.answer("Here it is.")).to_have_count(1)
    expect(seat.page.locator(".status")).to_have_count(0)


def test_a_question_in_work_can_be_stopped(sit: Sit, start_bot: StartBot) -> None:
    released = threading.Event()

    def wait(question: Question) -> Answer | Refusal:
        released.wait(timeout=30)
        return answer("Here it is.")

    start_bot(ScriptedAnswerer(wait))
    seat = sit()
    asked = seat.say("@onrecord when?")

    asked.get_by_role("button", name="Stop").click()

    expect(seat.answer("Stopped.")).to_have_count(1)
    released.set()
    expect(seat.page.locator(".status")).to_have_count(0)


def test_a_long_conversation_stays_where_it_is_read(sit: Sit, start_bot: StartBot) -> None:
    start_bot(ScriptedAnswerer())
    seat = sit()
    workspace, member = seat.workspace, seat.workspace.member.id
    for number in range(60):
        workspace.post_as(member, "C0QUESTIONS", f"line {number}")
    expect(seat.message("line 59")).to_be_in_viewport()
    scroller = seat.channel.locator(".scroller")
    scroller.evaluate("node => { node.scrollTop = 200; }")
    place = scroller.evaluate("node => node.scrollTop")
    seat.composer.fill("half a sentence")

    workspace.post_as(workspace.admin.id, "C0QUESTIONS", "something new")

    news = seat.channel.get_by_role("button", name="New messages")
    expect(news).to_be_visible()
    assert scroller.evaluate("node => node.scrollTop") == place
    expect(seat.composer).to_have_value("half a sentence")
    news.click()
    expect(seat.message("something new")).to_be_in_viewport()
    expect(news).to_be_hidden()
