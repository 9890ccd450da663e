"""An indexing run, while it is in work and when it has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.run_text import progress_text
from bot.slack.show.actions import CANCEL_RUN, REINDEX, ROLLBACK
from bot.slack.show.blocks import actions, button, section
from bot.slack.show.corpus import failed_lines
from bot.slack.show.message import Block, Message
from bot.slack.show.notes import spoken, titled_message
from bot.slack.show.words import counted, duration

if TYPE_CHECKING:
    from retrieval.index.run import Progress
    from retrieval.index.status import CorpusStatus
    from retrieval.ingest.report import IndexReport
    from retrieval.ingest.rollback import RollbackReport


def cancel_button(run_id: str) -> Block:
    """Return the button that ends a run; an old one ends no later run."""
    return button("Cancel", CANCEL_RUN, run_id, "Cancel the run: what is published stays")


def begun_message(text: str, run_id: str) -> Message:
    """Return a note with the button beside it."""
    return Message(spoken([text]), (section(text, cancel_button(run_id)),))


def progress_message(reached: Progress, run_id: str) -> Message:
    """Return how far a run is, with the button that ends it."""
    return begun_message(f"Indexing: {progress_text(reached)}", run_id)


def report_text(report: IndexReport) -> str:
    """Return what a run did, in a line."""
    return (
        f"generation {report.generation}: {report.added:,} added, {report.changed:,} changed, "
        f"{report.removed:,} removed, {len(report.failed):,} failed"
    )


def own_run_failed_message(by: str, error: str, remedy: str) -> Message:
    """Return that indexing by itself fails, to be told once."""
    lines = [
        f"The run was started by {by}. {error}",
        remedy,
        "What was published before still answers. I tell you when indexing works again.",
    ]
    return titled_message("Indexing fails", [line for line in lines if line.strip()])


def own_run_well_message(report: IndexReport) -> Message:
    """Return that indexing by itself works again."""
    return titled_message("Indexing works again", [report_text(report).capitalize()])


def report_message(report: IndexReport) -> Message:
    """Return what a run did, and what could not be read."""
    size = f"{counted(report.sources, 'document')} with {counted(report.passages, 'passage')}"
    lines = [
        f"Generation {report.generation} is published: {size}",
        f"{report.added:,} added, {report.changed:,} changed, {report.removed:,} removed, "
        f"{report.unchanged:,} unchanged, in {duration(report.elapsed_s)}",
        *failed_lines(report.failed),
    ]
    return titled_message("Indexed" if report.has_changed else "Nothing has changed", lines)


def rollback_words(status: CorpusStatus) -> tuple[str, str]:
    """Return what is asked before going back, and what that does."""
    return (
        f"Roll back to generation {status.previous}?",
        f"Publishes the documents of generation {status.previous} again, in place of generation"
        f" {status.generation}. The next re-index reads the files as they are then.",
    )


def rollback_offer(status: CorpusStatus) -> Message:
    """Ask before going back, or say that there is nothing to go back to."""
    if status.previous is None:
        return titled_message("Roll back", ["There is no earlier generation to go back to."])
    question, effect = rollback_words(status)
    label = f"Roll back to generation {status.previous}"
    yes = button("Roll back", ROLLBACK, "", label, style="danger")
    asked = titled_message(question, [effect])
    return Message(asked.text, (*asked.blocks, actions(yes)))


def rollback_message(report: RollbackReport) -> Message:
    """Return what is published after going back."""
    size = f"{counted(report.documents, 'document')} with {counted(report.passages, 'passage')}"
    return titled_message(
        "Rolled back",
        [
            f"The documents of generation {report.restored} are published again, "
            f"as generation {report.generation}: {size}",
            "The next re-index reads the files as they are now.",
        ],
    )


def run_failed_message(error: str, remedy: str) -> Message:
    """Return what stopped a run, and what to do about it."""
    lines = [error, remedy, "What was published before still answers."]
    return titled_message("The run failed", [line for line in lines if line.strip()])


def too_many_removed_message(error: str) -> Message:
    """Return why a run did nothing, with the button that shows what it would have removed."""
    lines = [error, "See whether a folder is missing. What was published before still answers."]
    said = titled_message("Nothing was removed", lines)
    look = actions(button("Look at them", REINDEX, "", "Look at them before they are removed"))
    return Message(said.text, (*said.blocks, look))


def run_cancelled_message(message: str, remedy: str) -> Message:
    """Return who has ended a run, and what answers now."""
    return titled_message("Cancelled", [message, remedy])
