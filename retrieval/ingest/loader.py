"""Loads documents in another process, within limits, so that no file can stop or end a run.

A parser may loop for hours, ask for all the memory, or crash the interpreter that it runs in, and
no check beforehand tells for which file. So the process that writes the index never parses one.
"""

from __future__ import annotations

import hashlib
import signal
import subprocess
from collections import deque
from contextlib import suppress
from functools import cached_property
from importlib import metadata
from multiprocessing.connection import Pipe
from pathlib import Path
from typing import Self

from retrieval.errors import LoadError, OnrecordError
from retrieval.ingest.load_process import OUT_OF_MEMORY, READY, Loaded
from retrieval.processes import module_command, module_environment

TIMEOUT_S = 60
MEMORY_BYTES = 1_000_000_000
_ENDING_S = 5


_PARSERS = ("pypdf", "python-docx", "lxml", "selectolax", "markdown-it-py")


class Loader:
    """Takes files, and gives back documents with their passages in the same order.

    One process loads them all; it is started with the first at the latest, and replaced when it
    has died. Some files may be sent ahead, so that it and this process work at the same time.
    """

    def __init__(self, timeout_s: int = TIMEOUT_S, memory_bytes: int = MEMORY_BYTES) -> None:
        self._timeout_s = timeout_s
        self._memory_bytes = memory_bytes
        self._waiting: deque[tuple[Path, str]] = deque()
        self._process: _Process | None = None

    @cached_property
    def version(self) -> str:
        """Identity of all that decides whether a file can be loaded: code, parsers, limits."""
        code = (path.read_bytes() for path in sorted(Path(__file__).parent.rglob("*.py")))
        rest = [*map(metadata.version, _PARSERS), str(self._timeout_s), str(self._memory_bytes)]
        return hashlib.sha256(b"".join(code) + " ".join(rest).encode()).hexdigest()[:16]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def start(self) -> None:
        """Start the process before anything is asked for: it is ready the sooner."""
        self._process = self._process or self._start()

    def send(self, path: Path, source: str) -> None:
        """Ask for a file, as the document `source`."""
        self._waiting.append((path, source))
        if self._process:
            self._process.ask(path, source)
        else:
            self._start()

    def receive(self) -> Loaded | LoadError:
        """The file that was asked for longest ago, or why it cannot be loaded."""
        process = self._process or self._start()
        try:
            reply = process.reply(self._timeout_s)
        except TimeoutError:
            reply = _too_slow(self._timeout_s)
            self._end()
        except (EOFError, ConnectionError):
            status = process.wait()
            self._end()
            if process.replies:  # what it loaded before may have been the reason
                return self.receive()
            reply = self._cause(status)
        self._waiting.popleft()
        return reply

    def _start(self) -> _Process:
        self._process = _Process(self._timeout_s, self._memory_bytes)
        for path, source in self._waiting:
            self._process.ask(path, source)
        return self._process

    def _end(self) -> None:
        if self._process:
            self._process.end()
        self._process = None

    def _cause(self, status: int) -> LoadError:
        if status == OUT_OF_MEMORY:
            return LoadError(
                f"Reading it needed more than {self._memory_bytes / 1e9:.2g} GB of memory.",
                "Split it into smaller documents, or remove what it embeds.",
            )
        if status == -signal.SIGXCPU:
            return _too_slow(self._timeout_s)
        name = signal.Signals(-status).name if status < 0 else f"status {status}"
        return LoadError(
            f"The program that reads such files crashed on it ({name}).",
            "Save it again in the program that made it, or convert it to text.",
        )


class _Process:
    """One process that loads, as long as it lives."""

    def __init__(self, timeout_s: int, memory_bytes: int) -> None:
        self._connection, theirs = Pipe()
        number = str(theirs.fileno())
        limits = (str(memory_bytes), str(timeout_s))
        with theirs:
            self._process = subprocess.Popen(
                module_command("retrieval.ingest.load_process", number, *limits),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,  # a library that prints has nobody to read it
                env=module_environment(),
            )
        self._ready = False
        self.replies = 0
        """How many files it has answered for."""

    def ask(self, path: Path, source: str) -> None:
        """Send a path. Few are on their way at a time, so that this never waits."""
        with suppress(ConnectionError):  # it has died; whoever waits for the reply is told
            self._connection.send((path, source))

    def reply(self, timeout_s: int) -> Loaded | LoadError:
        """Wait for the next reply; raises `TimeoutError`, or `EOFError` if the process died."""
        if not self._ready:
            self._wait_until_ready()
        if not self._connection.poll(timeout_s):
            raise TimeoutError
        reply: Loaded | LoadError = self._connection.recv()
        self.replies += 1
        return reply

    def wait(self) -> int:
        """The status of a process that is ending."""
        try:
            return self._process.wait(_ENDING_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def end(self) -> None:
        """Kill the process: it holds nothing that anybody needs."""
        self._connection.close()
        self._process.kill()
        self._process.wait()

    def _wait_until_ready(self) -> None:
        try:
            self._ready = self._connection.recv() == READY
        except (EOFError, ConnectionError) as error:
            raise OnrecordError(
                "The process that reads documents cannot be started.",
                "See its error above; then run `onrecord doctor`.",
            ) from error


def _too_slow(timeout_s: int) -> LoadError:
    return LoadError(
        f"Reading it took longer than {timeout_s} seconds.",
        "Split it into smaller documents, or set ONRECORD_READ_TIMEOUT_S higher. "
        "It is tried again when it has changed, or with `onrecord index --retry-failed`.",
    )
