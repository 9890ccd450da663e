from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.run_text import pace_of, progress_text, run_text
from bot.slack.show.message import Message
from bot.slack.show.running import (
    progress_message,
    report_message,
    rollback_message,
    run_cancelled_message,
    run_failed_message,
)
from retrieval.index.run import Progress, Run, Start
from retrieval.index.status import FailedFile
from retrieval.ingest.rollback import RollbackReport
from tests.bot.examples import report
from tests.bot.slack.show.rules import all_words


def words(message: Message) -> list[str]:
    return all_words(list(message.blocks))


def test_progress_says_how_far_and_how_long_still() -> None:
    reached = Progress(10, 40, 1_234, "a/b.md", passages_per_s=24.6, left_s=150)

    assert progress_text(reached) == (
        "10 of 40 files read, 1,234 passages, 25 a second, about 2 min 30 s left. Last: a/b.md"
    )
    shown = progress_message(reached, "run-1")
    assert words(shown)[0] == f"Indexing: {progress_text(reached)}"
    assert "'action_id': 'cancel_run'" in str(shown.blocks)
    assert "'value': 'run-1'" in str(shown.blocks)


def test_progress_guesses_nothing_before_it_has_begun_and_at_its_end() -> None:
    begun = Progress(0, 40, 0, "")

    assert progress_text(begun) == "0 of 40 files read, 0 passages"
    assert progress_text(replace(begun, done_files=40)) == (
        "40 of 40 files read, 0 passages, checking before it is published"
    )


def test_a_run_says_who_has_started_it_and_when() -> None:
    run = Run(Start("U1 in Slack"), 123, "2026-11-28T10:00:00+00:00", Progress(1, 2, 3, ""))
    now = datetime(2026, 11, 28, 10, 5, tzinfo=UTC)

    assert run_text(run, now) == (
        "Indexing: 1 of 2 files read, 3 passages. "
        "Started by U1 in Slack, 5 minutes ago (process 123)"
    )
    assert pace_of(run) == "Indexing: 3 passages"
    assert "just begun" in run_text(replace(run, reached=None), now)


def test_a_cancelled_run_says_who_and_what_answers() -> None:
    message = run_cancelled_message("The run was cancelled by U1.", "Generation 3 goes on.")
    assert message.text == "Cancelled. The run was cancelled by U1. Generation 3 goes on."


def test_a_report_says_what_is_published_what_changed_and_what_failed() -> None:
    assert words(report_message(report(FailedFile("scan.pdf", "Run OCR first.")))) == [
        "Indexed",
        "Generation 7 is published: 6 documents with 112 passages\n"
        "2 added, 1 changed, 0 removed, 3 unchanged, in under 1 s\n"
        "Not indexed: 1 file\n"
        "scan.pdf: Run OCR first.",
    ]


def test_a_run_that_changed_nothing_says_so() -> None:
    same = replace(report(), added=0, changed=0)

    assert words(report_message(same))[0] == "Nothing has changed"


def test_a_rollback_names_both_generations() -> None:
    message = rollback_message(RollbackReport(generation=9, restored=7, documents=6, passages=112))

    assert (
        "The documents of generation 7 are published again, as generation 9: "
        "6 documents with 112 passages" in message.text
    )


def test_a_failed_run_says_why_what_to_do_and_that_nothing_is_lost() -> None:
    assert run_failed_message("The disk is full.", "Free some space.").text == (
        "The run failed. The disk is full. Free some space. "
        "What was published before still answers."
    )
