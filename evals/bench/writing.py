"""How fast questions are answered while an indexing run writes into the same index."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from evals.metrics import percentile
from retrieval.answer.chain import Answerer
from retrieval.index.embeddings import open_embedder
from retrieval.index.reader import Index
from retrieval.model import Question
from retrieval.processes import BACKGROUND_NICENESS

_AT_LEAST = 100
_LINE = "\nAs of today, this was read once more.\n"


@dataclass(frozen=True, slots=True)
class Beside:
    """Times of answers beside a run; `asked` questions."""

    p50_ms: float
    p99_ms: float
    asked: int


def measure_beside(folder: Path, data_dir: Path, questions: list[str]) -> Beside:
    """Change every document, and ask while that is indexed as the bot does it: at low priority.

    Runs follow one another until enough was asked.
    """
    index = Index.open(data_dir, open_embedder(None))
    answerer = Answerer(index)
    answerer.ask(Question(questions[0]))
    times: list[float] = []
    asked = cycle(questions)
    while len(times) < _AT_LEAST:
        for path in sorted(folder.iterdir()):
            path.write_text(path.read_text(encoding="utf-8") + _LINE, encoding="utf-8")
        command = [sys.executable, "-m", "evals.bench.alone", "index", str(folder), str(data_dir)]
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, preexec_fn=lambda: os.nice(BACKGROUND_NICENESS)
        ) as run:
            while run.poll() is None:
                started = time.perf_counter()
                answerer.ask(Question(next(asked)))
                times.append((time.perf_counter() - started) * 1000)
    index.close()
    return Beside(percentile(times, 50), percentile(times, 99), len(times))
