"""What an index run did or would do, as people read it on a terminal or in a pipe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.text import Text

from bot.terminal import Row, counted, print_rows
from bot.visible import visible

if TYPE_CHECKING:
    from retrieval.index.status import FailedFile
    from retrieval.ingest.pipeline import IndexReport
    from retrieval.ingest.report import Changes
    from retrieval.ingest.rollback import RollbackReport

MOST_NAMED: Final = 20
"""Documents named of each kind; `--json` names all."""


def print_report(console: Console, report: IndexReport, *, dry_run: bool) -> None:
    """Print what an index run did, or would do, and each document that could not be read."""
    counts = (
        f"{report.added} added, {report.changed} changed, {report.removed} removed, "
        f"{report.unchanged} unchanged"
    )
    if dry_run:
        summary = f"Dry run: {counts}. Nothing was written."
    else:
        summary = (
            f"Generation {report.generation} is published: {counted(report.sources, 'document')}, "
            f"{counted(report.passages, 'passage')} ({counts}) in {report.elapsed_s:.1f} s."
        )
    print_rows(console, [Row(Text(summary))])
    if dry_run:
        _print_changes(console, report.changes)
    if report.failed:
        _print_listed(console, "Not indexed", [_failed(file) for file in report.failed])
    if report.removes_too_many:
        removed = len(report.changes.removed)
        warning = f"To remove so many documents, run `onrecord index --allow-removals {removed}`."
        print_rows(console, [Row(Text(warning, "bold yellow"))])


def print_rollback(console: Console, report: RollbackReport) -> None:
    """Print what is published after a rollback, and what would undo it."""
    summary = (
        f"Generation {report.generation} is published: it holds what generation "
        f"{report.restored} held, {counted(report.documents, 'document')} and "
        f"{counted(report.passages, 'passage')}."
    )
    warning = (
        "The next `onrecord index`, and the next start of the bot, read the corpus folder again "
        "and publish what stands there: correct the documents before."
    )
    print_rows(console, [Row(Text(summary)), Row(Text(warning))])


def _print_changes(console: Console, changes: Changes) -> None:
    renamed = [f"{visible(one.before)} is now {visible(one.after)}" for one in changes.renamed]
    kinds = {
        "Added": [visible(source) for source in changes.added],
        "Changed": [visible(source) for source in changes.changed],
        "Renamed": renamed,
        "Removed": [visible(source) for source in changes.removed],
    }
    for kind, names in kinds.items():
        if names:
            shown = [Text(name) for name in names[:MOST_NAMED]]
            more = [Text(f"and {len(names) - MOST_NAMED:,} more")] * (len(names) > MOST_NAMED)
            _print_listed(console, kind, [*shown, *more], len(names))


def _print_listed(
    console: Console, title: str, lines: Sequence[Text], count: int | None = None
) -> None:
    heading = Text(f"{title}: {len(lines) if count is None else count}", "bold yellow")
    print_rows(console, [Row(heading), *(Row(line, "-") for line in lines)])


def _failed(file: FailedFile) -> Text:
    again = f" (in {file.runs} runs in a row)" if file.persists else ""
    return Text.assemble((visible(file.source), "bold"), f": {visible(file.error)}{again}")
