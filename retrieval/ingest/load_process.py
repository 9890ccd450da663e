"""The process that loads documents: it may be killed at any time, and nothing is lost with it.

Run as a program, with the number of an open connection, a limit of memory in bytes and one of time
in seconds. Paths come in; documents with their passages, or errors, go out. It imports next to
nothing before it knows which format it has to load, so that a small run does not wait for it.
"""

from __future__ import annotations

import resource
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from retrieval.errors import LoadError
from retrieval.ingest.load import load_file
from retrieval.ingest.split import split
from retrieval.model import Document, Passage

Loaded = tuple[Document, tuple[Passage, ...]]

READY = "ready"
"""The first message out."""
OUT_OF_MEMORY = 77
"""The exit status that says so: a process that ran out once has too little left for others."""


def main() -> int:
    """Load what is asked for. Ends when nobody asks any more: also when the asker was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever interrupts means the process that asks
    number, memory_bytes, seconds = map(int, sys.argv[1:])
    with suppress(ValueError, OSError):  # macOS refuses: there time is the only limit
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    with Connection(number) as connection, suppress(EOFError, ConnectionError):
        connection.send(READY)
        try:
            while True:
                path, source = connection.recv()
                _allow(seconds)
                connection.send(_load(path, source))
        except MemoryError:
            return OUT_OF_MEMORY
    return 0


def _load(path: Path, source: str) -> Loaded | LoadError:
    try:
        document = load_file(path, source)
        return document, split(document)
    except LoadError as error:
        return error
    except MemoryError:
        raise
    except Exception as error:  # a parser that meets what its authors did not think of
        return LoadError(
            f"It cannot be read: {type(error).__name__}.",
            "Save it again in the program that made it, or convert it to text.",
        )


def _allow(seconds: int) -> None:
    """Give one more file its processor time: an asker that was killed does not end a loop."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + 2 * seconds
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    sys.exit(main())
