"""Indexing runs that die as by `kill -9`, each in a process of its own.

Run as a program it waits for work, one JSON object a line, and forks for each run: everything is
imported by then, and Chroma is not open yet, whose threads do not survive being copied.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from retrieval.index import database, vectors
from retrieval.index.embeddings import StaticEmbedder
from retrieval.index.place import Place
from retrieval.index.seal import Seal
from retrieval.index.vectors import Vectors
from retrieval.ingest import pipeline
from retrieval.ingest.compact import compact_index
from retrieval.ingest.probes import Probes
from tests.retrieval.ingest.home import ALLOWED

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Death:
    """A run, and where it dies: at a step, after a time, or not at all."""

    corpus: str
    data: str
    at_step: int | None = None
    after_s: float | None = None
    act: str = "index"
    """`index`, `background` (vectors are added by a second process) or `compact`."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How it ended."""

    died: bool
    steps: int
    """Statements in the catalog, calls of Chroma and replaced files, each counted at both ends."""
    seconds: float


class Nursery:
    """The process in which they are forked."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.retrieval.ingest.dying"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def run(self, death: Death) -> Ended:
        """Have a run die; returns when it has."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{json.dumps(asdict(death))}\n")
        self._process.stdin.flush()
        return Ended(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        """End it."""
        with self._process as process:
            assert process.stdin
            process.stdin.close()


def _serve() -> None:
    for line in sys.stdin:
        death, started = Death(**json.loads(line)), time.monotonic()
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.dup2(2, 1)  # what a library prints is no reply
            _run(death, write)
        os.close(write)
        if death.after_s is not None:
            time.sleep(death.after_s)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        with os.fdopen(read) as told:
            steps = int(told.read() or 0)
        died = os.WIFSIGNALED(status)
        if not died and status != 0:
            sys.exit("a run failed that was to succeed or to die")
        ended = Ended(died, steps, time.monotonic() - started)
        sys.stdout.write(f"{json.dumps(asdict(ended))}\n")
        sys.stdout.flush()


def _run(death: Death, told: int) -> None:
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if done == death.at_step:
            os.kill(os.getpid(), signal.SIGKILL)

    _count_steps(step)
    corpus, data = Path(death.corpus), Path(death.data)
    try:
        if death.act == "background":
            pipeline._LARGE_BYTES = 0
        if death.act == "compact":
            compact_index(data, embedder=StaticEmbedder())
        else:
            pipeline.index_corpus(corpus, data, embedder=StaticEmbedder(), options=ALLOWED)
    except BaseException as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        os._exit(1)
    os.write(told, str(done).encode())
    os._exit(0)


def _count_steps(step: Callable[[], None]) -> None:
    """Call `step` before and after whatever changes something on the disk."""

    class Connection(sqlite3.Connection):
        def execute(self, *arguments: Any) -> sqlite3.Cursor:
            return _stepping(super().execute, step)(*arguments)

        def executemany(self, *arguments: Any) -> sqlite3.Cursor:
            return _stepping(super().executemany, step)(*arguments)

    connect = sqlite3.connect
    database.sqlite3.connect = lambda *a, **k: connect(*a, **k, factory=Connection)  # type: ignore[assignment]
    for owner, name in (
        (Vectors, "add"),
        (Vectors, "delete"),
        (Vectors, "drop_others"),
        (Vectors, "close"),
        (Vectors, "reopen"),
        (Probes, "check"),
        (Place, "use"),
        (Seal, "make"),
        (Seal, "break_"),
        (vectors, "open_client"),
    ):
        setattr(owner, name, _stepping(getattr(owner, name), step))


def _stepping(call: Callable[..., Any], step: Callable[[], None]) -> Callable[..., Any]:
    def stepped(*arguments: Any, **named: Any) -> Any:
        step()
        result = call(*arguments, **named)
        step()
        return result

    return stepped


if __name__ == "__main__":
    _serve()
