"""What is indexed and how fresh it is; what people said of it, as lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from bot.slack.safe_text import one_line
from bot.slack.show.blocks import listing, modal, section
from bot.slack.show.message import Message, View
from bot.slack.show.notes import titled_message
from bot.slack.show.words import ago, counted, moment

if TYPE_CHECKING:
    from retrieval.index.rows import SourceInfo
    from retrieval.index.status import CorpusStatus, FailedFile

MOST_SOURCES: Final = 40
MOST_FAILED: Final = 10
MOST_LINES: Final = 20
MAX_LINE_CHARS: Final = 220
MAX_DIGEST_CHARS: Final = 500


@dataclass(frozen=True, slots=True)
class Digest:
    """What people said, in short."""

    total: int
    lines: tuple[str, ...]
    """The newest first, each one line of plain text."""


def sources_message(status: CorpusStatus) -> Message:
    """Return a list of the documents."""
    if not status.documents:
        return titled_message("No documents", ["Nothing is indexed yet."])
    lines = first_lines([source_line(source) for source in status.sources[:MOST_SOURCES]])
    more = status.documents - len(lines)
    if more > 0:
        lines.append(f"and {counted(more, 'more document')}")
    return titled_message(counted(status.documents, "document"), lines, MAX_LINE_CHARS)


def status_message(
    status: CorpusStatus,
    waiting: int,
    last_run: str,
    *,
    in_work: str = "",
    now: datetime | None = None,
) -> Message:
    """Return how much is indexed, how fresh it is, what is missing, and what waits."""
    lines = [*size_and_freshness(status, now), _waiting(waiting)]
    if in_work:
        lines.append(f"A run is in work. {in_work}")
    if last_run:
        lines.append(f"Last run: {last_run}")
    lines += failed_lines(status.failed)
    return titled_message("Status", lines, MAX_DIGEST_CHARS)


def digest_message(title: str, digest: Digest, empty: str) -> Message:
    """Return the newest of what people said."""
    return titled_message(*_digest(title, digest, empty), MAX_DIGEST_CHARS)


def digest_view(title: str, digest: Digest, empty: str) -> View:
    """Return the same as a modal."""
    heading, lines = _digest(title, digest, empty)
    counts = [section(heading)] if digest.lines else []
    return modal(title, [*counts, *listing(lines, MAX_DIGEST_CHARS)])


def size_and_freshness(status: CorpusStatus, now: datetime | None = None) -> list[str]:
    """Return how much is indexed, and since when, also in words."""
    documents, passages = counted(status.documents, "document"), counted(status.passages, "passage")
    when = moment(status.published_at)
    words = ago(status.published_at, now or datetime.now(UTC))
    return [
        f"{documents} with {passages}",
        f"Last indexed {when} ({words})" if words else f"Last indexed {when}",
    ]


def failed_lines(failed: Sequence[FailedFile]) -> list[str]:
    """Return the files that could not be read, and why."""
    if not failed:
        return []
    lasting = sorted(failed, key=lambda file: not file.persists)  # they come first
    lines = [_failed_line(file) for file in lasting[:MOST_FAILED]]
    title = f"Not indexed: {counted(len(failed), 'file')}"
    more = len(failed) - len(lines)
    return [title, *lines, *([f"and {counted(more, 'more file')}"] if more > 0 else [])]


def _failed_line(file: FailedFile) -> str:
    again = f" (in {file.runs} runs in a row)" if file.persists else ""
    return f"{one_line(file.source, MAX_LINE_CHARS)}{again}: {one_line(file.error, MAX_LINE_CHARS)}"


def source_line(source: SourceInfo) -> str:
    """Return one document: "Handbook · 2026-04-01 · handbook/setup.md · 12 passages"."""
    named = [one_line(part, 80) for part in (source.title, source.date or "", source.source)]
    return " · ".join([*filter(None, named), counted(source.passages, "passage")])


def first_lines(lines: Sequence[str], max_chars: int = 8_000) -> list[str]:
    """Return the first lines that take at most so many characters."""
    shown: list[str] = []
    for line in lines:
        max_chars -= len(line)
        if max_chars < 0:
            break
        shown.append(line)
    return shown


def _digest(title: str, digest: Digest, empty: str) -> tuple[str, list[str]]:
    if not digest.lines:
        return title, [empty]
    lines = first_lines([one_line(line, MAX_DIGEST_CHARS) for line in digest.lines[:MOST_LINES]])
    newest = f", the newest {len(lines)}" if digest.total > len(lines) else ""
    return f"{title}: {digest.total:,}{newest}", lines


def _waiting(waiting: int) -> str:
    return f"{counted(waiting, 'question')} waiting" if waiting else "No question is waiting"
