"""What people said in Slack: shown as a digest, or written as an evaluation set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.services import open_index
from bot.visible import visible

if TYPE_CHECKING:
    from rich.console import Console

    from bot.eval_set import Source
    from bot.settings import Settings
    from bot.slack.records import Records
    from bot.slack.records.feedback import Said
    from bot.slack.show.corpus import Digest
    from retrieval.index.reader import Snapshot

_NOTHING = "Nobody has said anything about an answer yet, and no gap is reported."


def show_feedback(settings: Settings, console: Console) -> None:
    """Print what people said of answers, and what they missed."""
    from bot.slack.desk.digests import feedback_digest, gap_digest

    with _records(settings) as records:
        said = records.feedback.all() if records else []
        gaps = records.gaps.all() if records else []
    if not (said or gaps):
        console.print(_NOTHING, soft_wrap=True)
        return
    _print(console, f"Feedback: {_counted(said)}", feedback_digest(said))
    _print(console, f"Reported gaps: {len(gaps)}", gap_digest(gaps))


def export_feedback(settings: Settings, folder: Path, console: Console) -> None:
    """Write what people said as a set for `onrecord eval`, with the documents as published."""
    from bot.eval_set import write_set

    with _records(settings) as records:
        said = records.feedback.all() if records else []
    if not said:
        console.print(_NOTHING, soft_wrap=True)
        return
    with open_index(settings) as index:
        documents = _documents(index.snapshot())
    written = write_set(folder, said, documents)
    left_out = (
        f" {written.left_out} left out: the feedback does not say what would have been right."
        if written.left_out
        else ""
    )
    console.print(
        f"{folder}: {written.questions} questions over {len(documents)} documents.{left_out} "
        f"Measure with: onrecord eval {folder}",
        soft_wrap=True,
    )


@contextmanager
def _records(settings: Settings) -> Iterator[Records | None]:
    """What the Slack bot keeps; None where it has never run."""
    from bot.slack.records import RECORDS_FILE, Records

    path = settings.data_dir / RECORDS_FILE
    if not path.is_file():
        yield None
        return
    records = Records.open(path)
    try:
        yield records
    finally:
        records.close()


def _documents(snapshot: Snapshot) -> list[Source]:
    from bot.eval_set import Source

    return [
        Source(info.source, info.title, info.date, document.text)
        for info in snapshot.sources()
        if (document := snapshot.document(info.source))
    ]


def _counted(said: Sequence[Said]) -> str:
    kinds = Counter("helpful" if one.is_good else _named(one) for one in said)
    parts = [f"{count} {kind}" for kind, count in kinds.most_common()]
    return ", ".join(parts) or "none"


def _named(one: Said) -> str:
    return one.kind.value.replace("_", " ") or "not helpful"


def _print(console: Console, title: str, digest: Digest) -> None:
    console.print(title, style="bold", soft_wrap=True)
    for line in digest.lines:
        console.print(f"  {visible(line)}", soft_wrap=True)
    if digest.total > len(digest.lines):
        console.print(f"  and {digest.total - len(digest.lines)} older ones", soft_wrap=True)
