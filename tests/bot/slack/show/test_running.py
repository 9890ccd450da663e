from __future__ import annotations

from dataclasses import replace

from bot.slack.show.message import Message
from bot.slack.show.running import (
    RunProgress,
    progress_message,
    progress_text,
    report_message,
    rollback_message,
    run_failed_message,
)
from retrieval.index.status import FailedFile
from retrieval.ingest.rollback import RollbackReport
from tests.bot.examples import report
from tests.bot.slack.show.rules import all_words


def words(message: Message) -> list[str]:
    return all_words(list(message.blocks))


def test_progress_says_how_far_and_how_long_still() -> None:
    reached = RunProgress(done=10, total=40, passages=1_234, source="a/b.md", elapsed_s=50)

    assert progress_text(reached) == (
        "10 of 40 files read, 1,234 passages, about 2 min 30 s left. Last: a/b.md"
    )
    assert words(progress_message(reached)) == [f"Indexing: {progress_text(reached)}"]


def test_progress_guesses_nothing_before_it_has_begun_and_at_its_end() -> None:
    begun = RunProgress(done=0, total=40, passages=0, source="", elapsed_s=1)

    assert progress_text(begun) == "0 of 40 files read, 0 passages"
    assert "left" not in progress_text(replace(begun, done=40))


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
