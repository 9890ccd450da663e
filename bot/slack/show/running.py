"""An indexing run, while it is in work and when it has ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.slack.safe_text import one_line
from bot.slack.show.corpus import failed_lines
from bot.slack.show.message import Message
from bot.slack.show.notes import note_message, titled_message
from bot.slack.show.words import counted, duration

if TYPE_CHECKING:
    from retrieval.ingest.report import IndexReport
    from retrieval.ingest.rollback import RollbackReport


@dataclass(frozen=True, slots=True)
class RunProgress:
    """How far a run has come, in files."""

    done: int
    total: int
    passages: int
    source: str
    """The file that was dealt with last."""
    elapsed_s: float


def progress_text(p: RunProgress) -> str:
    """Return how far a run is and how long it may still take, in a line."""
    said = f"{p.done:,} of {counted(p.total, 'file')} read, {counted(p.passages, 'passage')}"
    if 0 < p.done < p.total:
        said += f", about {duration(p.elapsed_s / p.done * (p.total - p.done))} left"
    return f"{said}. Last: {one_line(p.source, 120)}" if p.source else said


def progress_message(p: RunProgress) -> Message:
    """Return the same as a message."""
    return note_message(f"Indexing: {progress_text(p)}")


def report_message(report: IndexReport) -> Message:
    """Return what a run did, and what could not be read."""
    has_changed = report.added or report.changed or report.removed
    size = f"{counted(report.sources, 'document')} with {counted(report.passages, 'passage')}"
    lines = [
        f"Generation {report.generation} is published: {size}",
        f"{report.added:,} added, {report.changed:,} changed, {report.removed:,} removed, "
        f"{report.unchanged:,} unchanged, in {duration(report.elapsed_s)}",
        *failed_lines(report.failed),
    ]
    return titled_message("Indexed" if has_changed else "Nothing has changed", lines)


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
