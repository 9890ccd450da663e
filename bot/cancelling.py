"""Letting a run of this process be ended from elsewhere: another terminal, or Slack."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from retrieval.errors import RunCancelledError
from retrieval.index.run import Start, cancelled_by, published_generation

_LOOK_S = 0.3


@contextmanager
def cancellable(data_dir: Path, start: Start) -> Iterator[None]:
    """End the block when somebody asks the run `start` to end; `RunCancelledError` says who.

    The main thread's, since it interrupts as Ctrl-C does: also what waits for a slow model. Where
    the block is interrupted does not matter: publishing is one transaction.
    """
    before = published_generation(data_dir)
    watch = _Watch(data_dir, start)
    try:
        with watch:
            yield
    except KeyboardInterrupt:
        if not watch.asked_by:
            raise
        raise cancelled(data_dir, before, watch.asked_by) from None


def cancelled(data_dir: Path, before: int, by: str) -> RunCancelledError:
    """What is to be said of a run that was ended, and that had found generation `before`."""
    now = published_generation(data_dir)
    if now != before:
        remedy = f"It had published generation {now} already; the next run tidies up."
    elif now:
        remedy = f"Generation {now} goes on answering. The next run begins anew."
    else:
        remedy = "Nothing is published yet. The next run begins anew."
    return RunCancelledError(f"The run was cancelled by {by}.", remedy)


class _Watch:
    """Looks for the wish to end while its block runs, and then interrupts it."""

    def __init__(self, data_dir: Path, start: Start) -> None:
        self.asked_by = ""
        self._data_dir = data_dir
        self._start = start
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._look, name="onrecord-cancel", daemon=True)

    def __enter__(self) -> None:
        # A signal of its own, because Ctrl-C is switched off for what runs in the background.
        self._before = signal.signal(signal.SIGUSR1, _interrupt)
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._ended.set()
        signal.signal(signal.SIGUSR1, self._before or signal.SIG_DFL)

    def _look(self) -> None:
        while not self._ended.wait(_LOOK_S):
            self.asked_by = cancelled_by(self._data_dir, self._start.id) or ""
            with self._lock:
                if self.asked_by and not self._ended.is_set():
                    main = threading.main_thread().ident
                    assert main is not None
                    signal.pthread_kill(main, signal.SIGUSR1)
                    return


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
