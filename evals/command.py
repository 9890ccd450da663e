"""The `eval` command: measure a question set and show the figures."""

from __future__ import annotations

import json as json_format
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from evals.evaluate import Evaluation, evaluate
from evals.report import Report, render


def run_eval(
    directory: Path,
    *,
    json: bool = False,
    limit: int | None = None,
    seed: int = 0,
    among: Path | None = None,
    data_dir: Path | None = None,
    embedding_model: str | None = None,
) -> Report:
    """Measure the set in `directory` and print the figures, as tables or as one JSON object.

    With `data_dir`, corpora and indexes are kept there for the next run; else nothing stays.
    """
    evaluation = Evaluation(directory, among, limit, seed, embedding_model)
    with _home(data_dir) as home:
        report = _evaluate(evaluation, home)
    if json:
        text = json_format.dumps(report.to_json(), ensure_ascii=False)
        sys.stdout.write(f"{text}\n")
    else:
        Console().print(render(report))
    return report


@contextmanager
def _home(data_dir: Path | None) -> Iterator[Path]:
    if data_dir is not None:
        yield data_dir
        return
    with tempfile.TemporaryDirectory(prefix="onrecord-eval-") as folder:
        yield Path(folder)


def _evaluate(evaluation: Evaluation, home: Path) -> Report:
    """Measure, with a bar on standard error where that is a terminal."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Indexing", total=None)
        return evaluate(
            evaluation,
            home,
            lambda done, total: bar.update(task, description="Asking", completed=done, total=total),
        )
