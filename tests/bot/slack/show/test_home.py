from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.slack.show.actions import REINDEX, ROLLBACK, SHOW_FEEDBACK, SHOW_GAPS, TRY_QUESTION
from bot.slack.show.home import AdminPart, AskedBefore, Digest, home_view
from bot.slack.show.home_admin import Done
from retrieval.index.status import FailedFile
from tests.bot.slack.show.examples import STATUS
from tests.bot.slack.show.rules import (
    ORIGIN,
    all_words,
    blocks_of,
    buttons,
    check_shown_view,
    objects,
)

NOW = datetime(2026, 11, 24, 15, 45, tzinfo=UTC)
LINK = f"{ORIGIN}archives/C1/p1"
NONE = Digest(0, ())
ADMIN = AdminPart(
    status=STATUS,
    last_run="generation 8: 1 added",
    gaps=Digest(7, tuple(f"{n} Nov 2026, reported: “x”" for n in range(7, 0, -1))),
    feedback=NONE,
    audit=(
        Done("24 Nov 2026", "U0ADMIN", "followups off", "C0GENERAL"),
        Done("23 Nov 2026", "a change in the folder", "reindex", "generation 8"),
    ),
)
ASKED = [
    AskedBefore("When did it open?", "answered", 1_795_534_200.0, LINK),
    AskedBefore("Who built it?", "not_answered", 1_795_534_200.0, None),
]


def headers(view: dict[str, object]) -> list[str]:
    return all_words(blocks_of(view, "header"))


def test_a_member_sees_what_can_be_answered_how_fresh_and_how_to_ask() -> None:
    view = home_view("onrecord", STATUS, ["When did it open?"], ASKED, None, now=NOW)

    assert headers(view) == [
        "Ask onrecord",
        "What I can answer from",
        "How to ask",
        "Try a question",
        "Your last questions",
    ]
    words = all_words(view)
    assert "Bridges; Tunnels" in words
    assert (
        "2 documents with 120 passages. Last indexed 24 Nov 2026, 13:30 UTC (2 hours ago)." in words
    )
    assert any("@onrecord" in word for word in words)
    check_shown_view(view)


def test_suggestions_are_buttons_that_carry_the_whole_question() -> None:
    question = f"When did {'it ' * 60}open?"
    view = home_view("onrecord", STATUS, [question, "Who?", "Why?", "A fourth?"], [], None, now=NOW)

    pressed = [found for found in objects(view) if found.get("type") == "button"]
    assert [button["value"] for button in pressed] == [question, "Who?", "Why?"]
    assert {button["action_id"] for button in pressed} == {TRY_QUESTION}
    assert pressed[1]["accessibility_label"] == "Ask: Who?"


def test_a_suggestion_that_cannot_be_shown_or_carried_is_left_out() -> None:
    view = home_view("onrecord", STATUS, ["\u200b", "", "long " * 500, "Who?"], [], None, now=NOW)

    pressed = [found for found in objects(view) if found.get("type") == "button"]
    assert [button["value"] for button in pressed] == ["Who?"]


def test_last_questions_link_to_their_thread_and_say_how_it_went() -> None:
    view = home_view("onrecord", STATUS, [], ASKED, None, now=NOW)

    (link,) = [found for found in objects(view) if found.get("type") == "link"]
    assert link == {
        "type": "link",
        "url": LINK,
        "text": "When did it open?",
    }
    words = all_words(view)
    assert " Answered, 24 Nov 2026, 15:30 UTC" in words
    assert " No answer in the documents, 24 Nov 2026, 15:30 UTC" in words


def test_without_an_index_nothing_is_promised() -> None:
    view = home_view("onrecord", None, ["When?"], [], None)

    assert not buttons(view)
    assert any("Nothing is indexed yet" in word for word in all_words(view))


def test_an_admin_sees_the_state_the_failures_and_what_people_said() -> None:
    admin = replace(ADMIN, status=replace(STATUS, failed=(FailedFile("a.pdf", "Run OCR."),)))
    view = home_view("onrecord", STATUS, [], [], admin, now=NOW)

    words = all_words(view)
    assert any(
        word.startswith("Generation 8\n2 documents with 120 passages\nLast indexed")
        and word.endswith("\nLast run: generation 8: 1 added")
        for word in words
    )
    assert "Not indexed: 1 file\na.pdf: Run OCR." in words
    assert "7 so far. The newest:" in words
    assert set(buttons(view)) == {REINDEX, ROLLBACK, SHOW_GAPS}


def test_what_admins_did_names_people_and_channels_as_slack_does() -> None:
    blocks = blocks_of(home_view("onrecord", STATUS, [], [], ADMIN, now=NOW), "rich_text")
    first, second = blocks[-1]["elements"][0]["elements"]

    assert first["elements"] == [
        {"type": "text", "text": "24 Nov 2026, "},
        {"type": "user", "user_id": "U0ADMIN"},
        {"type": "text", "text": ": followups off, "},
        {"type": "channel", "channel_id": "C0GENERAL"},
    ]
    said = "23 Nov 2026, a change in the folder: reindex, generation 8"
    assert "".join(all_words(second)) == said


def test_rolling_back_is_asked_about_first() -> None:
    view = home_view("onrecord", STATUS, [], [], ADMIN, now=NOW)

    confirms = {
        b["action_id"]: b["confirm"] for b in objects(view) if "confirm" in b if "action_id" in b
    }
    assert set(confirms) == {ROLLBACK}  # what an index run changes is shown before
    assert all_words(confirms[ROLLBACK])[0] == "Roll back to generation 7?"
    assert confirms[ROLLBACK]["style"] == "danger"


def test_without_an_earlier_generation_there_is_no_way_back() -> None:
    admin = replace(ADMIN, status=replace(STATUS, previous=None), feedback=Digest(1, ("Good.",)))

    assert set(buttons(home_view("onrecord", STATUS, [], [], admin))) == {
        *(REINDEX, SHOW_GAPS, SHOW_FEEDBACK)
    }


def test_a_run_in_work_shows_how_far_it_is_and_hides_the_buttons() -> None:
    admin = replace(ADMIN, running="12 of 40 files read", run_id="run-1")
    view = home_view("onrecord", STATUS, [], [], admin)

    assert "A run is in work. 12 of 40 files read" in all_words(view)
    assert "'value': 'run-1'" in str(view)
    assert not {REINDEX, ROLLBACK} & set(buttons(view))


def test_thousands_of_sources_failures_and_lines_fit() -> None:
    many = replace(
        STATUS,
        documents=9_000,
        sources=tuple(replace(STATUS.sources[0], title=f"Title {n}") for n in range(9_000)),
        failed=(FailedFile("a.pdf", "Run OCR. " * 100),) * 3_000,
    )
    digest = Digest(9_000, ("A line. " * 60,) * 3_000)
    admin = AdminPart(
        many, "x" * 5_000, digest, digest, audit=(Done("y", "U0ADMIN", "z", "y" * 4_000),) * 3_000
    )
    view = home_view("onrecord", many, [], [], admin, now=NOW)

    check_shown_view(view)
    words = all_words(view)
    assert any(word.endswith("; Title 9; and 8,990 more") for word in words)
    assert any(word.endswith("and 2,990 more files") for word in words)
