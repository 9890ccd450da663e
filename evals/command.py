"""The `eval` command: measure with a set and show the figures."""

from __future__ import annotations

import json as json_format
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import Progress

from evals.direct import evaluate_changed, evaluate_pairs
from evals.evaluate import Evaluation, evaluate
from evals.judges import Judges, OwnJudges
from evals.pairs import is_pair_set
from evals.report import Report, render
from retrieval.answer.judge import Strictness
from retrieval.errors import UsageError

_Judge = TypeVar("_Judge")


def run_eval(
    directory: Path,
    *,
    json: bool = False,
    limit: int | None = None,
    seed: int = 0,
    among: Path | None = None,
    data_dir: Path | None = None,
    embedding_model: str | None = None,
    strictness: Strictness = Strictness.BALANCED,
    entailment: bool = False,
    changed: bool = False,
    judges: Judges | None = None,
) -> Report:
    """Measure with the set in `directory` and print the figures, as tables or one JSON object.

    Args:
        data_dir: Corpora and indexes are kept there for the next run; without it nothing stays.
        entailment: Compare with plain entailment, on sets that tell who said what.
        changed: Measure with changed copies of the documents' sentences instead of the questions.
        judges: Whatever is measured without an index; unless named, Onrecord's own.
    """
    evaluation = Evaluation(directory, among, limit, seed, embedding_model, strictness)
    own = judges or OwnJudges()
    if changed:
        report = evaluate_changed(evaluation.whole(), own, limit, seed)
    elif is_pair_set(directory):
        if among is not None:
            raise UsageError("Pairs have no documents.", "Leave out --among.")
        report = evaluate_pairs(directory, _needed(own.pairs()), limit, seed)
    else:
        model = _needed(own.entailment()) if entailment else None
        evaluation = replace(evaluation, entailment=model, ranker=own.ranker())
        with _home(data_dir) as home:
            report = _evaluate(evaluation, home)
    if json:
        text = json_format.dumps(report.to_json(), ensure_ascii=False)
        sys.stdout.write(f"{text}\n")
    else:
        Console().print(render(report))
    return report


def _needed(judge: _Judge | None) -> _Judge:
    if judge is None:
        raise UsageError(
            "The weights of the judge of claims are not installed.",
            "Install Onrecord again, with everything in retrieval/weights.",
        )
    return judge


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
