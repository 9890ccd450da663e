"""A process that serves an index: how fast it answers and how much memory it holds.

Run as a process of its own (`python -m evals.bench.serving DATA_DIR < questions`), so that
nothing else is counted. Questions come one a line as JSON strings; the figures go out as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from evals.metrics import percentile
from retrieval.answer.chain import Answerer
from retrieval.index.embeddings import open_embedder
from retrieval.index.reader import Index
from retrieval.model import Question


@dataclass(frozen=True, slots=True)
class Serving:
    """What a serving process showed."""

    p50_ms: float
    p95_ms: float
    p99_ms: float
    resident_mb: float


def measure_serving(data_dir: Path, questions: list[str]) -> Serving:
    """Answer the questions in a fresh process."""
    lines = "".join(f"{json.dumps(question)}\n" for question in questions)
    command = [sys.executable, "-m", "evals.bench.serving", str(data_dir)]
    finished = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    return Serving(**json.loads(finished.stdout))


def serve(data_dir: Path, questions: list[str]) -> Serving:
    """Answer the questions in this process, the first one uncounted: it warms up."""
    index = Index.open(data_dir, open_embedder(None))
    answerer = Answerer(index)
    times = []
    for question in questions[:1] + questions:
        started = time.perf_counter()
        answerer.ask(Question(question))
        times.append((time.perf_counter() - started) * 1000)
    resident = resident_mb()
    index.close()
    p50, p95, p99 = (percentile(times[1:], share) for share in (50, 95, 99))
    return Serving(p50, p95, p99, resident)


def resident_mb() -> float:
    """Resident memory of this process, as Linux counts it."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise LookupError("/proc/self/status has no VmRSS")


if __name__ == "__main__":
    asked = [json.loads(line) for line in sys.stdin]
    sys.stdout.write(json.dumps(asdict(serve(Path(sys.argv[1]), asked))))
