"""Adds vectors in a process of its own, while this one reads, splits and embeds.

Chroma holds Python's interpreter lock while it inserts (measured: another thread gets one turn a
second), so a thread would gain nothing, and a bot that indexes would answer nobody.

Run as a program it is that process: requests come in, and replies go out, as pickles.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from typing import IO, TYPE_CHECKING, Protocol

from retrieval.errors import IndexDamagedError, OnrecordError
from retrieval.index.fingerprint import Fingerprint
from retrieval.index.vectors import Vectors
from retrieval.processes import module_command, module_environment

if TYPE_CHECKING:
    from retrieval.index.embeddings import Vectors as Rows

_MAX_WAITING = 4
"""Batches handed over and not yet added: bounds the memory of a run."""


class VectorSink(Protocol):
    """Where new vectors go."""

    def missing(self, ids: Sequence[str]) -> set[str]:
        """Which of `ids` have no vector."""
        ...

    def add(self, ids: Sequence[str], rows: Rows) -> None:
        """Add vectors."""
        ...


@contextmanager
def adding_in_background(vectors: Vectors, fingerprint: Fingerprint) -> Iterator[VectorSink]:
    """Close `vectors`, add to them through another process, open them again.

    An error of the other process is raised here, at the latest at the end of the block.
    """
    known = vectors.ids()
    vectors.close()
    with _started() as process, ThreadPoolExecutor(max_workers=1) as messenger:
        background = _Background(process, messenger, known)
        background.send((vectors.place, fingerprint))
        yield background
        background.finish()
    vectors.reopen()


class _Background:
    """This side: hands batches to the other process and hears what became of them."""

    def __init__(
        self, process: subprocess.Popen[bytes], messenger: ThreadPoolExecutor, known: set[str]
    ) -> None:
        self._process = process
        self._messenger = messenger
        self._known = known
        self._waiting: deque[Future[None]] = deque()

    def missing(self, ids: Sequence[str]) -> set[str]:
        """Which of `ids` have no vector, and are not on their way to one."""
        return set(ids) - self._known

    def add(self, ids: Sequence[str], rows: Rows) -> None:
        """Hand vectors over; waits while too many batches are waiting."""
        while len(self._waiting) >= _MAX_WAITING:
            self._waiting.popleft().result()
        self.send((list(ids), rows))
        self._known.update(ids)

    def send(self, message: object) -> None:
        """Send a message, without waiting for the reply."""
        self._waiting.append(self._messenger.submit(self._exchange, message))

    def finish(self) -> None:
        """Wait until everything is added and the files are closed."""
        self.send(None)
        while self._waiting:
            self._waiting.popleft().result()

    def _exchange(self, message: object) -> None:
        assert self._process.stdin
        assert self._process.stdout
        try:
            pickle.dump(message, self._process.stdin)
            self._process.stdin.flush()
            reply = pickle.load(self._process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            raise IndexDamagedError(
                "The process that adds vectors has ended.",
                "Run `onrecord index` again; if it happens again, see whether memory runs out.",
            ) from error
        if isinstance(reply, OnrecordError):
            raise reply


@contextmanager
def _started() -> Iterator[subprocess.Popen[bytes]]:
    """Start the other process. Not a fork: Chroma's threads do not survive being copied."""
    process = subprocess.Popen(
        module_command("retrieval.index.background"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=module_environment(),
    )
    assert process.stdin
    try:
        yield process
    finally:
        with suppress(BrokenPipeError):  # it has ended before us; that was reported already
            process.stdin.close()  # which is how it is told to end
        with process:
            pass


def _serve() -> None:
    """The other side. Ends when its input does: also when the first process was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever interrupts means the first process
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not speak in between
    with suppress(EOFError, BrokenPipeError):
        place, fingerprint = pickle.load(requests)
        try:
            with closing(Vectors.create(place, fingerprint)) as vectors:
                _reply(replies, None)
                while batch := pickle.load(requests):
                    vectors.add(*batch)
                    _reply(replies, None)
            _reply(replies, None)
        except OnrecordError as error:
            _reply(replies, error)


def _reply(replies: IO[bytes], answer: OnrecordError | None) -> None:
    pickle.dump(answer, replies)
    replies.flush()


if __name__ == "__main__":
    _serve()
