"""One writer at a time: two processes writing one embedded Chroma lose vectors silently."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from retrieval.errors import IndexBusyError
from retrieval.index.run import LOCK_FILE, PROBED_S, RunRecord, Start, running


@contextmanager
def writing(data_dir: Path, start: Start | None = None) -> Iterator[RunRecord]:
    """Hold the writer's lock, or raise `IndexBusyError` naming who holds it.

    Yields what keeps others informed. The operating system lets go of the lock when its process
    ends, however it ends.
    """
    lock = FileLock(data_dir / LOCK_FILE)
    try:
        lock.acquire(timeout=PROBED_S, poll_interval=PROBED_S / 10)
    except Timeout:
        raise IndexBusyError(
            f"The index is being written by {_holder(data_dir)}.",
            "Wait until that run has ended, or end it, then try again.",
        ) from None
    try:
        record = RunRecord(data_dir, start or Start())
        try:
            yield record
        finally:
            record.end()
    finally:
        lock.release()


def _holder(data_dir: Path) -> str:
    run = running(data_dir)
    return f"process {run.pid} since {run.since}" if run else "another process"
