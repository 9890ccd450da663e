"""Bot processes forked from one that has imported the bot, since importing it takes two seconds.

    python -m tests.scenarios.nursery

reads one order a line, as JSON, and answers each with one line: `start` with the new process's id,
`wait` with its exit code, or null when it has not ended in time.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

from bot.slack.connect import SlackAccess

ROOT = Path(__file__).parents[2]
_LOOK_S = 0.01


class Nursery:
    """Has bot processes started, and knows how each has ended."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.scenarios.nursery"]
        self._parent = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def start(
        self, data_dir: Path, access: SlackAccess, point: str = "", calls: int = 0
    ) -> BotProcess:
        """Start a bot; with a point, it dies there at the given time that it is reached."""
        order = {"data_dir": str(data_dir), "access": asdict(access), "point": point}
        return BotProcess(self, int(self.order(start={**order, "calls": calls})))

    def order(self, **order: object) -> Any:
        """Give an order and return the answer."""
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        self._parent.stdin.write(json.dumps(order) + "\n")
        self._parent.stdin.flush()
        return json.loads(self._parent.stdout.readline())

    def close(self) -> None:
        """Have nothing more started."""
        self._parent.kill()
        self._parent.communicate()


class BotProcess:
    """One bot, which has ended or not."""

    def __init__(self, nursery: Nursery, pid: int) -> None:
        self._nursery = nursery
        self._pid = pid
        self._code: int | None = None

    def send(self, number: signal.Signals) -> None:
        """Send a signal."""
        if self._code is None:
            os.kill(self._pid, number)

    def ended(self, timeout_s: float = 30.0) -> int | None:
        """Wait for the end and return the exit code; below 0, the signal that has ended it."""
        if self._code is None:
            self._code = self._nursery.order(wait={"pid": self._pid, "timeout_s": timeout_s})
        return self._code

    def kill(self) -> None:
        """End it as `kill -9` does."""
        self.send(signal.SIGKILL)
        assert self.ended() is not None


def main() -> None:
    from tests.scenarios.bot_process import run

    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            _answer(_exit_code(**order["wait"]))
            continue
        start = order["start"]
        pid = os.fork()
        if not pid:
            access = SlackAccess(**start["access"])
            run(Path(start["data_dir"]), access, start["point"], start["calls"])
            _leave()
        _answer(pid)


def _leave() -> NoReturn:
    """End as the interpreter would, without what native libraries cannot undo after a fork."""
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
    os._exit(0)


def _exit_code(pid: int, timeout_s: float) -> int | None:
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(_LOOK_S)
    return None


def _answer(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
