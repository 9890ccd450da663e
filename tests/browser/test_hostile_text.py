"""Text that wants to be more than text: in messages, in documents, in names of things."""

from __future__ import annotations

from playwright.sync_api import expect
from slack_sdk.web import WebClient

from tests.bot.slack.examples import ScriptedAnswerer, answer
from tests.browser.conftest import Sit
from tests.browser.seat import Seat
from tests.scenarios.conftest import StartBot

HOSTILE = [
    "<script>document.title = 'owned'</script>",
    "<img src=x onerror=\"document.title = 'owned'\">",
    "</textarea></li></ol><h1>owned</h1>",
    "[click](javascript:document.title='owned')",
    "<javascript:alert(1)|click>",
    "{{constructor.constructor('alert(1)')()}} ${alert(1)}",
    '"><svg onload=alert(1)>',
    "&lt;b&gt; &amp;lt;",
    "<!channel> <!here> <@U0ADMIN> <#C0GENERAL>",
    ":constructor: :toString: hasOwnProperty",
]
BIDI = "safe \u202edesrever\u202c \u2066isolated"


def test_what_is_typed_is_shown_and_edited_as_it_was_typed(sit: Sit) -> None:
    seat = sit()
    for text in HOSTILE:
        shown = seat.say(text)
        expect(shown.locator(".typed")).to_have_text(text)
        expect(shown.locator(".typed *")).to_have_count(0)
        seat.composer.press("ArrowUp")
        field = seat.channel.get_by_role("textbox", name="Edit message")
        expect(field).to_have_value(text)
        field.press("Escape")
    expect(seat.page).to_have_title("#questions – Onrecord")


def test_what_a_document_says_is_shown_as_it_stands_there(sit: Sit, start_bot: StartBot) -> None:
    start_bot(ScriptedAnswerer(lambda question: answer(*HOSTILE)))
    seat = sit()

    seat.say("@onrecord what?")

    quotations = seat.answer("[1]").locator("blockquote")
    expect(quotations).to_have_text([f"{text} [{n}]" for n, text in enumerate(HOSTILE, 1)])
    expect(quotations.locator("a, .mention, strong, em, img, script")).to_have_count(0)


def test_characters_that_turn_the_direction_do_not_reach_beyond_their_message(sit: Sit) -> None:
    seat = sit()
    shown = seat.say(BIDI)

    expect(shown.locator(".typed")).to_have_css("unicode-bidi", "isolate")
    assert shown.locator(".author").evaluate("node => getComputedStyle(node).direction") == "ltr"


def test_links_lead_only_to_web_pages_and_say_where(sit: Sit) -> None:
    seat = sit()
    web = WebClient(token=seat.workspace.bot_token, base_url=seat.workspace.api_url)
    text = (
        "<https://example.com/evil|https://example.com/good> <javascript:alert(1)|no>"
        " <data:text/html,x|neither> www.example.com"
    )
    web.chat_postMessage(channel="C0QUESTIONS", text=text)
    links = seat.channel.locator(".message a")

    expect(links).to_have_count(1)
    expect(links).to_have_attribute("href", "https://example.com/evil")
    expect(links).to_have_attribute("title", "https://example.com/evil")
    expect(links).to_have_attribute("rel", "noopener noreferrer")


def test_the_page_runs_nothing_that_is_put_into_it(seat: Seat) -> None:
    markup = '<img src="x" onerror="window.owned = 1">'
    with seat.page.expect_console_message(lambda one: "Content Security Policy" in one.text):
        seat.page.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", markup)

    assert seat.page.evaluate("window.owned") is None
    seat.trouble.clear()


def test_a_permalink_leads_to_its_message(seat: Seat) -> None:
    web = WebClient(token=seat.workspace.bot_token, base_url=seat.workspace.api_url)
    seat.say("find me")
    expect(seat.message("find me")).to_be_visible()
    (message,) = seat.posted()
    place = web.chat_getPermalink(channel="C0QUESTIONS", message_ts=message.ts)["permalink"]
    shown = f"<{place}|over there>"
    web.chat_postMessage(channel="C0GENERAL", text=shown, unfurl_links=False, unfurl_media=False)
    seat.go("general")

    seat.channel.get_by_role("link", name="over there").click()

    expect(seat.message("find me")).to_be_focused()
    seat.page.goto(str(place))
    expect(seat.message("find me")).to_be_focused()
