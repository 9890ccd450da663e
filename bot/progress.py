"""The bar that a person sees while documents are indexed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from bot.run_text import pace_text
from bot.visible import visible

if TYPE_CHECKING:
    from retrieval.ingest.pipeline import Progress


@contextmanager
def progress_bar() -> Iterator[Callable[[Progress], None] | None]:
    """A bar on standard error while the block runs; none where that is not a terminal."""
    console = Console(stderr=True, markup=False, emoji=False)
    if not console.is_terminal:
        yield None
        return
    columns = (
        TextColumn("Indexing"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]}", markup=False),
        TextColumn("{task.fields[source]}", markup=False),
    )
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("index", total=None, pace="", source="")

        def show(progress: Progress) -> None:
            bar.update(
                task,
                completed=progress.done_files,
                total=progress.total_files,
                pace=pace_text(progress),
                source=visible(progress.source),
            )

        yield show
