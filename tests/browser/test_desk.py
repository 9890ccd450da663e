"""What the bot offers beside answers: passages, feedback, checks, its home, upkeep."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from bot.slack.desk.feedback import THANKS
from bot.slack.desk.gaps import REPORTED
from bot.slack.desk.options import BotOptions
from bot.slack.desk.running import Upkeep
from retrieval.index.run import Start
from retrieval.ingest.report import Changes, IndexReport, Progress
from retrieval.ingest.rollback import RollbackReport
from tests.bot.slack.examples import ScriptedAnswerer, refusal
from tests.browser.conftest import Sit
from tests.browser.seat import Seat
from tests.scenarios.conftest import StartBot


@pytest.fixture
def answered(seat: Seat) -> Seat:
    """Somebody who has asked and been answered."""
    seat.say("@onrecord when?")
    expect(seat.answer()).to_have_count(1)
    return seat


@pytest.fixture
def refused(sit: Sit, start_bot: StartBot) -> Seat:
    """Somebody whose question was refused, where there are owners to ask."""
    options = BotOptions(owners_channel="C0OWNERS")
    start_bot(ScriptedAnswerer(lambda question: refusal()), options)
    seat = sit()
    seat.say("@onrecord who?")
    expect(seat.answer("")).to_have_count(1)
    return seat


def test_the_passages_open_at_their_place(answered: Seat) -> None:
    answered.answer().get_by_role("button", name="Show passages").click()

    dialog = answered.dialog
    expect(dialog.get_by_role("heading", name="Passages")).to_be_visible()
    expect(dialog.locator("strong", has_text="You asked: when?")).to_be_visible()
    expect(dialog).to_contain_text("It is said: You asked: when? So it is.")
    answered.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_a_thumb_down_asks_what_was_wrong(answered: Seat) -> None:
    answered.answer().get_by_role("button", name="Not helpful").click()
    dialog = answered.dialog
    expect(dialog).to_contain_text("when?")

    dialog.get_by_role("button", name="Send").click()
    expect(dialog).to_contain_text("Please complete this required field.")
    dialog.get_by_role("radio").first.check()
    dialog.get_by_role("textbox").last.fill("It is incomplete")
    dialog.get_by_role("button", name="Send").click()

    expect(dialog).to_have_count(0)


def test_a_thumb_up_is_thanked_for_and_stays_marked(answered: Seat) -> None:
    up = answered.answer().get_by_role("button", name="Helpful", exact=True)

    up.click()

    expect(up).to_have_attribute("aria-pressed", "true")
    expect(answered.page.get_by_text(THANKS, exact=True)).to_be_visible()


def test_a_message_is_checked_for_the_one_who_asks(seat: Seat, bot: ScriptedAnswerer) -> None:
    message = seat.say("It opened in 1950.")

    seat.do(message, "Check this message")

    expect(seat.dialog.get_by_role("heading", name="Check a message")).to_be_visible()
    expect(seat.dialog).to_contain_text("1 claim: contradicted")
    expect(seat.dialog).to_contain_text("The bridge opened in 1932.")
    assert bot.checked == ["It opened in 1950."]


def test_a_refused_question_is_handed_to_the_owners(refused: Seat, sit: Sit) -> None:
    refused.answer("").get_by_role("button", name="Ask a person").click()

    expect(refused.answer("").get_by_role("button", name="Ask a person")).to_have_count(0)
    owner = sit("U0COLLEAGUE", "C0OWNERS")
    asked = owner.message("who?")
    expect(asked).to_contain_text("@Member")
    asked.get_by_role("link").first.click()
    expect(owner.message("who?")).to_be_visible()
    expect(owner.page.get_by_role("heading", name="questions").first).to_be_visible()


def test_a_gap_is_reported_once(refused: Seat) -> None:
    refused.answer("").get_by_role("button", name="Report a gap").click()

    expect(refused.page.get_by_text(REPORTED, exact=True)).to_be_visible()
    expect(refused.answer("").get_by_role("button", name="Report a gap")).to_have_count(0)


def test_a_private_answer_can_be_shared(seat: Seat, sit: Sit) -> None:
    other = sit("U0ADMIN")
    seat.say("/onrecord ask when?")
    private = seat.message("You asked: when?")
    expect(private).to_contain_text("Only visible to you")

    private.get_by_role("button", name="Share in channel").click()

    expect(other.message("You asked: when?")).to_be_visible()


def test_the_home_offers_questions(seat: Seat) -> None:
    seat.go("onrecord")
    seat.page.get_by_role("tab", name="Home").click()
    home = seat.page.get_by_role("tabpanel", name="Home")
    expect(home).to_contain_text("When did it open?")

    home.get_by_role("button", name="Ask").first.click()
    seat.page.get_by_role("tab", name="Messages").click()

    expect(seat.channel).to_contain_text("When did it open?")


def test_an_admin_reindexes_from_the_home_after_being_asked(sit: Sit, start_bot: StartBot) -> None:
    runs: list[str] = []
    start_bot(ScriptedAnswerer(), BotOptions(admins=frozenset({"U0ADMIN"}), upkeep=upkeep(runs)))
    seat = sit("U0ADMIN", "D0ADMIN/home")
    home = seat.page.get_by_role("tabpanel", name="Home")

    home.get_by_role("button", name="Re-index").click()
    expect(seat.dialog).to_contain_text("new.md")
    assert runs == []
    seat.dialog.get_by_role("button", name="Re-index").click()

    expect(seat.dialog).to_have_count(0)
    seat.page.get_by_role("tab", name="Messages").click()
    expect(seat.channel).to_contain_text("Generation 8")
    assert runs == ["index"]


def test_a_member_is_not_offered_the_upkeep(sit: Sit, start_bot: StartBot) -> None:
    start_bot(ScriptedAnswerer(), BotOptions(admins=frozenset({"U0ADMIN"}), upkeep=upkeep([])))
    seat = sit("U0MEMBER", "D0MEMBER/home")
    home = seat.page.get_by_role("tabpanel", name="Home")

    expect(home).to_contain_text("When did it open?")
    expect(home.get_by_role("button", name="Re-index")).to_have_count(0)


def upkeep(runs: list[str]) -> Upkeep:
    report = IndexReport(
        generation=8,
        sources=6,
        passages=112,
        added=1,
        changed=0,
        removed=0,
        unchanged=5,
        failed=(),
        elapsed_s=0.1,
        changes=Changes(added=("new.md",)),
    )

    def reindex(progress: Callable[[Progress], None], start: Start) -> IndexReport:
        runs.append("index")
        return report

    return Upkeep(
        reindex=reindex,
        preview=lambda: report,
        rollback=lambda by: RollbackReport(generation=9, restored=7, documents=6, passages=112),
    )
