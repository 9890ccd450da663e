"""The run that is in work: who started it and how far it is, for any process to see and to stop.

One small file in the data folder, replaced as a whole. It counts only while the writer's lock is
held: a process that has died leaves its file behind, but not the lock.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from filelock import FileLock, Timeout

from retrieval.errors import OnrecordError
from retrieval.index.database import CATALOG, open_to_read

LOCK_FILE = "index.lock"
RUN_FILE = "run.json"
CANCEL_FILE = "run.cancel.json"
PROBED_S = 0.1
"""For so long a writer waits for somebody who only looks whether the lock is held."""

_NOTED_EVERY_S = 0.5


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come."""

    done_files: int
    total_files: int
    passages: int
    source: str
    """The file that was dealt with last."""
    passages_per_s: float = field(default=0.0, compare=False)
    """Passages that were read anew, by the time since the beginning."""
    left_s: float | None = field(default=None, compare=False)
    """How long reading may still take; None before the first file was read, and at the end."""


@dataclass(frozen=True, slots=True)
class Start:
    """Why a run is begun, and by whom."""

    by: str = "another process"
    """In words: "ann on the command line", "the schedule"."""
    act: str = "Indexing"
    id: str = field(default_factory=lambda: uuid4().hex)


@dataclass(frozen=True, slots=True)
class Run:
    """A run in work."""

    start: Start
    pid: int
    since: str
    """ISO date and time, UTC."""
    reached: Progress | None = None


class RunRecord:
    """Keeps the file of the run in work; only the holder of the writer's lock may."""

    def __init__(self, data_dir: Path, start: Start) -> None:
        self._data_dir = data_dir
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._run = Run(start, os.getpid(), now)
        self._noted_at = 0.0
        self._write()

    def note(self, reached: Progress) -> None:
        """Write down how far the run is, now and then: what is seldom looked at must be cheap."""
        now = time.monotonic()
        if now - self._noted_at < _NOTED_EVERY_S and reached.done_files < reached.total_files:
            return
        self._noted_at = now
        self._run = replace(self._run, reached=reached)
        self._write()

    def end(self) -> None:
        """Take the file away."""
        _forget(self._data_dir)

    def _write(self) -> None:
        # A full disk stops a run where it needs the room, not here.
        with suppress(OSError):
            _replace(self._data_dir / RUN_FILE, asdict(self._run))


def running(data_dir: Path) -> Run | None:
    """The run in work; None when there is none, also when the last one has died."""
    values = _read(data_dir / RUN_FILE)
    if values is None or not _is_held(data_dir):
        return None
    reached = values["reached"]
    return Run(
        Start(**values["start"]),
        values["pid"],
        values["since"],
        Progress(**reached) if reached else None,
    )


def cancel(data_dir: Path, by: str, run_id: str = "") -> Run | None:
    """Ask the run in work to end; returns it, or None when there is none or it is another one."""
    run = running(data_dir)
    if run is not None and run_id not in ("", run.start.id):
        return None
    if run is not None:
        _replace(data_dir / CANCEL_FILE, {"run": run.start.id, "by": by})
    return run


def cancelled_by(data_dir: Path, run_id: str) -> str | None:
    """Who has asked this run to end, in words."""
    values = _read(data_dir / CANCEL_FILE)
    return str(values["by"]) if values and values["run"] == run_id else None


def published_generation(data_dir: Path) -> int:
    """The published generation; 0 when there is none that can be read."""
    try:
        with closing(open_to_read(data_dir / CATALOG)) as connection:
            row = connection.execute("SELECT max(generation) FROM generations").fetchone()
    except (OnrecordError, sqlite3.Error):
        return 0
    return int(row[0] or 0)


def _is_held(data_dir: Path) -> bool:
    """Whether somebody holds the writer's lock. Only asked where there is a run's file.

    Asking takes the lock for a moment, for which a writer waits; so what a dead run has left is
    taken away at once, and nobody asks again.
    """
    lock = FileLock(data_dir / LOCK_FILE)
    try:
        with lock.acquire(blocking=False):
            _forget(data_dir)
    except Timeout:
        return True
    except OSError:
        return False
    return False


def _forget(data_dir: Path) -> None:
    for name in (RUN_FILE, CANCEL_FILE):
        with suppress(OSError):
            (data_dir / name).unlink()


def _read(path: Path) -> dict[str, Any] | None:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return values if isinstance(values, dict) else None


def _replace(path: Path, values: Mapping[str, object]) -> None:
    """Write a file that readers see whole, as it was or as it is."""
    new = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        new.write_text(json.dumps(values), encoding="utf-8")
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise
