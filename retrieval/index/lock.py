"""One writer at a time: two processes writing one embedded Chroma lose vectors silently."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from retrieval.errors import IndexBusyError


@contextmanager
def writing(data_dir: Path) -> Iterator[None]:
    """Hold the writer's lock, or raise `IndexBusyError` naming who holds it.

    The operating system lets go of the lock when its process ends, however it ends.
    """
    lock = FileLock(data_dir / "index.lock")
    # Beside the lock: on some platforms nobody else can read a locked file.
    holder = data_dir / "index.lock.holder"
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise IndexBusyError(
            f"The index is being written by {_describe(holder)}.",
            "Wait until that run has ended, or end it, then try again.",
        ) from None
    try:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        holder.write_text(f"process {os.getpid()} since {now}", encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            holder.unlink()
        lock.release()


def _describe(holder: Path) -> str:
    try:
        return holder.read_text(encoding="utf-8") or "another process"
    except OSError:
        return "another process"
