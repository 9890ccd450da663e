"""`onrecord status`, `verify` and `compact`: looking after an index."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.contract import (
    JsonObject,
    compact_json,
    dump,
    overview_json,
    verification_json,
)
from bot.services import Services
from bot.visible import visible

if TYPE_CHECKING:
    from retrieval.index.overview import Overview
    from retrieval.ingest.compact import CompactReport
    from retrieval.ingest.verify import Verification

OK, FAILED = 0, 1


def status(arguments: Namespace, services: Services) -> int:
    """Show what is published."""
    from bot.settings import load_settings
    from retrieval.index.overview import overview

    found = overview(load_settings().data_dir)
    _tell(arguments, overview_json(found), _overview_lines(found))
    return OK


def verify(arguments: Namespace, services: Services) -> int:
    """Look at everything that is published; the status is 1 when damage is left."""
    from bot.run_text import on_command_line
    from bot.settings import load_settings
    from retrieval.index.bought import open_to_embed
    from retrieval.ingest.verify import verify_index

    settings = load_settings()
    found = verify_index(
        settings.data_dir,
        embedder=open_to_embed(settings.embedding_model, settings.data_dir),
        chroma_url=settings.chroma_url,
        repair=arguments.repair,
        by=on_command_line(),
    )
    _tell(arguments, verification_json(found), _verification_lines(found, arguments.repair))
    return OK if found.is_sound else FAILED


def compact(arguments: Namespace, services: Services) -> int:
    """Write the index anew without what was deleted."""
    from bot.run_text import on_command_line
    from bot.settings import load_settings
    from retrieval.index.embeddings import open_embedder
    from retrieval.ingest.compact import compact_index

    settings = load_settings()
    done = compact_index(
        settings.data_dir,
        embedder=open_embedder(settings.embedding_model),
        chroma_url=settings.chroma_url,
        by=on_command_line(),
    )
    _tell(arguments, compact_json(done), _compact_lines(done))
    return OK


def _overview_lines(found: Overview) -> Iterator[str]:
    from bot.run_text import run_text
    from bot.slack.show.words import counted

    corpus = found.corpus
    yield (
        f"Generation {corpus.generation} is published since {corpus.published_at}: "
        f"{counted(corpus.documents, 'document')}, {counted(corpus.passages, 'passage')}, "
        f"{_size(found.disk_bytes)} on this disk."
    )
    if corpus.previous is None:
        yield "No generation before it is kept."
    else:
        yield f"Generation {corpus.previous} is kept; `onrecord rollback` goes back to it."
    for file in corpus.failed:
        yield f"Not indexed: {visible(file.source)}: {visible(file.error)}"
    if found.run is not None:
        yield run_text(found.run)


def _verification_lines(found: Verification, repaired: bool) -> Iterator[str]:
    from bot.slack.show.words import counted

    yield (
        f"Looked at generation {found.generation}: {counted(found.documents, 'document')}, "
        f"{counted(found.passages, 'passage')}, {counted(found.vectors, 'vector')}, "
        f"in {found.elapsed_s:.1f} s."
    )
    for fault in found.faults:
        became = "mended" if fault.mended else "not mended"
        yield f"{fault.count:,} {visible(fault.what)}: {became}. {fault.remedy}".rstrip()
    if not found.faults:
        yield "Everything is as it must be."
    elif not repaired:
        yield "`onrecord verify --repair` mends what can be mended."


def _compact_lines(done: CompactReport) -> Iterator[str]:
    yield (
        f"{done.vectors:,} vectors are kept; the index takes {_size(done.bytes_after)} on this "
        f"disk, before {_size(done.bytes_before)}."
    )


def _tell(arguments: Namespace, value: JsonObject, lines: Iterator[str]) -> None:
    text = dump(value) if arguments.json else "\n".join(lines)
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _size(used: int) -> str:
    return f"{used / 1e6:,.1f} MB"
