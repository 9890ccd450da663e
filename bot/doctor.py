"""`onrecord doctor`: look at each part of the set-up and say what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from bot.services import open_index
from bot.visible import visible
from retrieval.errors import OnrecordError

if TYPE_CHECKING:
    from rich.console import Console

    from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """What is so in one part of the set-up, and what to do where it is not in order."""

    part: str
    fact: str
    remedy: str | None = None


def examine(settings: Settings, console: Console) -> bool:
    """Print a line for each part of the set-up; say whether all is in order."""
    findings = list(diagnose(settings))
    for finding in findings:
        mark = ("ok  ", "green") if finding.remedy is None else ("look", "bold yellow")
        line = Text.assemble(mark, f"  {finding.part}: {visible(finding.fact)}")
        if finding.remedy:
            line.append(f"\n      {visible(finding.remedy)}")
        console.print(line, soft_wrap=True)
    return all(finding.remedy is None for finding in findings)


def diagnose(settings: Settings) -> Iterator[Finding]:
    """Look at the corpus, the embedding model, the index and the Slack tokens."""
    yield Finding("Settings", "every name and value is valid")
    for part, look in (
        ("Documents", _documents),
        ("Embedding model", _embedding_model),
        ("Index", _index),
    ):
        yield _finding(part, look, settings)
    yield _slack(settings)


def _finding(part: str, look: Callable[[Settings], str], settings: Settings) -> Finding:
    try:
        return Finding(part, look(settings))
    except OnrecordError as error:
        return Finding(part, error.message, error.remedy)


def _documents(settings: Settings) -> str:
    from retrieval.ingest.files import find_files

    listing = find_files(settings.corpus_dir)
    if not listing.files:
        raise OnrecordError(
            f"{settings.corpus_dir} holds no document.",
            "Put .txt, .md, .html, .pdf or .docx files there and run `onrecord index`.",
        )
    if listing.failures:
        first = listing.failures[0]
        raise OnrecordError(
            f"{len(listing.failures)} of {settings.corpus_dir} cannot be read: {first.source}.",
            str(first.error),
        )
    passed_over = f", {len(listing.unsupported)} of other formats" if listing.unsupported else ""
    return f"{len(listing.files)} in {settings.corpus_dir}{passed_over}"


def _embedding_model(settings: Settings) -> str:
    from retrieval.index.embeddings import open_embedder

    return open_embedder(settings.embedding_model).name


def _index(settings: Settings) -> str:
    with open_index(settings) as index:
        snapshot = index.snapshot()
        searched = snapshot.searched
        return (
            f"generation {snapshot.generation}, {searched.documents} documents, "
            f"{searched.passages} passages, indexed {searched.indexed_at}"
        )


def _slack(settings: Settings) -> Finding:
    bot, app = settings.slack_bot_token, settings.slack_app_token
    if bot and app:
        return Finding("Slack", "both tokens are set; `onrecord serve` connects to Slack")
    if bot or app:
        missing = "SLACK_APP_TOKEN" if bot else "SLACK_BOT_TOKEN"
        return Finding("Slack", f"{missing} is not set", "Set both tokens, or neither.")
    return Finding("Slack", "no tokens are set; `onrecord serve` opens the local workspace")
