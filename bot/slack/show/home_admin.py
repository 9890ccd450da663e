"""The part of the home that only admins see: the state of the index, and what people said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from bot.slack.safe_text import shorten
from bot.slack.show.actions import REINDEX, ROLLBACK, SHOW_FEEDBACK, SHOW_GAPS
from bot.slack.show.blocks import (
    actions,
    button,
    confirm,
    context,
    divider,
    header,
    listing,
    section,
)
from bot.slack.show.corpus import Digest, failed_lines, size_and_freshness
from bot.slack.show.message import Block
from bot.slack.show.rich_text import bullets, literal_words, named, rich_text
from bot.slack.show.running import cancel_button, rollback_words

if TYPE_CHECKING:
    from retrieval.index.status import CorpusStatus

MOST_LINES: Final = 5
MOST_ACTS: Final = 10
MAX_LINE_CHARS: Final = 500


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody did as an admin; `user` is an id, or words where nobody did it by hand."""

    day: str
    user: str
    act: str
    outcome: str
    """Words, or the id of the channel that it was done for."""


@dataclass(frozen=True, slots=True)
class AdminPart:
    """What only admins see."""

    status: CorpusStatus
    last_run: str
    gaps: Digest
    feedback: Digest
    running: str = ""
    """How far a run in work is."""
    audit: tuple[Done, ...] = ()
    """What admins did, newest first."""
    run_id: str = ""
    """Names the run in work, so that it can be ended."""


def admin_blocks(admin: AdminPart, now: datetime | None) -> list[Block]:
    """Return the state of the index with what can be done to it, and what people said."""
    status = admin.status
    state = [f"Generation {status.generation}", *size_and_freshness(status, now)]
    if admin.last_run:
        state.append(f"Last run: {admin.last_run}")
    blocks = [divider(), header("For admins"), *listing(state, MAX_LINE_CHARS)]
    blocks += listing(failed_lines(status.failed), MAX_LINE_CHARS)
    if admin.running:
        cancel = cancel_button(admin.run_id) if admin.run_id else None
        blocks.append(section(f"A run is in work. {admin.running}", cancel))
    else:
        blocks.append(actions(*_runs(status)))
    blocks += _digest("Reported gaps", admin.gaps, SHOW_GAPS)
    blocks += _digest("Feedback", admin.feedback, SHOW_FEEDBACK)
    if admin.audit:
        lines = (_line(done) for done in admin.audit[:MOST_ACTS])
        blocks += [header("What admins did"), rich_text(bullets(lines))]
    return blocks


def _line(done: Done) -> list[Block]:
    day, user, act, outcome = (
        shorten(part, MAX_LINE_CHARS) for part in (done.day, done.user, done.act, done.outcome)
    )
    return [
        *literal_words(f"{day}, "),
        *named(user),
        *literal_words(f": {act}, "),
        *named(outcome),
    ]


def _runs(status: CorpusStatus) -> list[Block]:
    buttons = [button("Re-index", REINDEX, "", "Re-index: see first what would change")]
    if status.previous is not None:
        back = confirm(*rollback_words(status), "Roll back", style="danger")
        label = f"Roll back to generation {status.previous}"
        buttons.append(button("Roll back", ROLLBACK, "", label, style="danger", confirm=back))
    return buttons


def _digest(title: str, digest: Digest, action_id: str) -> list[Block]:
    if not digest.total:
        return [header(title), context("None so far")]
    show = button("Show", action_id, "", f"Show: {title}")
    newest = listing(digest.lines[:MOST_LINES], MAX_LINE_CHARS)
    return [header(title), section(f"{digest.total:,} so far. The newest:", show), *newest]
