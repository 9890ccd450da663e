"""A run in work in words: the same on the command line, in Slack and at home."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime

from bot.slack.safe_text import one_line
from bot.slack.show.words import ago, counted, duration
from retrieval.index.run import Progress, Run

SCHEDULE = "the schedule"
WATCH = "a change in the folder"
_LONGEST_SOURCE = 120


def on_command_line() -> str:
    """Who starts what is started here."""
    try:
        return f"{getpass.getuser()} on the command line"
    except (OSError, KeyError):  # a user id without a name, as in containers
        return "the command line"


def in_slack(user: str) -> str:
    """Who starts what is started in Slack, by the id that admins know from the settings."""
    return f"{user} in Slack"


def progress_text(p: Progress) -> str:
    """Return how far a run is, how fast, and how long it may still take, in a line."""
    said = f"{p.done_files:,} of {counted(p.total_files, 'file')} read, {pace_text(p)}"
    return f"{said}. Last: {one_line(p.source, _LONGEST_SOURCE)}" if p.source else said


def pace_of(run: Run) -> str:
    """Return how far a run is, without names of people and files."""
    return (
        f"{run.start.act}: {pace_text(run.reached)}" if run.reached else f"{run.start.act} begins"
    )


def pace_text(p: Progress) -> str:
    """Return how much was read, how fast, and how long it may still take."""
    said = counted(p.passages, "passage")
    if p.passages_per_s >= 1:
        said += f", {p.passages_per_s:,.0f} a second"
    if p.left_s is not None:
        said += f", {'about ' if p.left_s >= 1 else ''}{duration(p.left_s)} left"
    elif p.done_files == p.total_files:
        said += ", checking before it is published"
    return said


def run_text(run: Run, now: datetime | None = None) -> str:
    """Return what a run is doing, and who has started it."""
    reached = progress_text(run.reached) if run.reached else "it has just begun"
    when = ago(run.since, now or datetime.now(UTC))
    begun = f"Started by {run.start.by}, {when} (process {run.pid})"
    return f"{run.start.act}: {reached}. {begun}"
