"""The modal before an index run: what it would change, to be agreed to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from bot.slack.safe_text import one_line
from bot.slack.show.actions import REINDEX_VIEW
from bot.slack.show.blocks import listing, modal, plain_text, section
from bot.slack.show.corpus import failed_lines
from bot.slack.show.message import Block, View
from bot.slack.show.words import counted

if TYPE_CHECKING:
    from retrieval.ingest.report import Changes, IndexReport

REMOVE: Final = "remove"
"""Block and action of the tick that allows to remove most documents; its value is how many: more
may be gone by the time the run looks."""
MOST_NAMED: Final = 10
MAX_NAME_CHARS: Final = 160
_TITLE: Final = "Re-index"


def comparing_view() -> View:
    """Say that the documents are being compared with what is published."""
    return modal(_TITLE, [section("Comparing the documents with what is published …")], "Cancel")


def preview_view(report: IndexReport) -> View:
    """Show what a run would change; one that removes most documents takes a tick as well."""
    blocks = [section(_summary(report))]
    for title, names in _kinds(report.changes).items():
        if names:
            blocks += listing(_named(title, names), MAX_NAME_CHARS)
    blocks += listing(failed_lines(report.failed), MAX_NAME_CHARS * 2)
    if not report.has_changed:
        return modal(_TITLE, blocks)
    if report.removes_too_many:
        blocks.append(_tick(len(report.changes.removed)))
    submit = plain_text("Re-index", 24)
    return modal(_TITLE, blocks, "Cancel", callback_id=REINDEX_VIEW, submit=submit)


def no_preview_view(*lines: str) -> View:
    """Say why there is nothing to agree to."""
    return modal(_TITLE, [section(line) for line in lines if line.strip()])


def _summary(report: IndexReport) -> str:
    if not report.has_changed:
        return "Nothing has changed since the documents were indexed."
    said = (
        "Meanwhile questions are answered from what is published now, and how far it is, I tell"
        " you in our direct messages."
    )
    if report.removes_too_many:
        return f"This removes most of the documents. Is a folder missing? {said}"
    return f"This is what will change. {said}"


def _kinds(changes: Changes) -> dict[str, Sequence[str]]:
    renamed = [f"{_name(one.before)} is now {_name(one.after)}" for one in changes.renamed]
    return {
        "Removed": [_name(source) for source in changes.removed],
        "Changed": [_name(source) for source in changes.changed],
        "Renamed": renamed,
        "Added": [_name(source) for source in changes.added],
    }


def _named(title: str, names: Sequence[str]) -> list[str]:
    more = len(names) - MOST_NAMED
    rest = [f"and {counted(more, 'more document')}"] if more > 0 else []
    return [f"{title}: {counted(len(names), 'document')}", *names[:MOST_NAMED], *rest]


def _name(source: str) -> str:
    return one_line(source, MAX_NAME_CHARS // 2 - 10)


def _tick(removed: int) -> Block:
    text = plain_text(f"Remove {counted(removed, 'document')}", 75)
    return {
        "type": "input",
        "block_id": REMOVE,
        "label": plain_text("So many are only removed if you say so"),
        "element": {
            "type": "checkboxes",
            "action_id": REMOVE,
            "options": [{"text": text, "value": str(removed)}],
        },
    }
