"""The bot as a process of its own, which can be told where to die as by `kill -9`.

Its points are: `note` just before an event is on disk and `noted` just after, `taken` when a
worker has begun, `settle` when the reply stands in Slack but not on record, `settled` when it does.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.slack.app import Limits, SlackBot, serve
from bot.slack.clients import web_client
from bot.slack.connect import SlackAccess, identify
from bot.slack.desk.options import BotOptions
from bot.slack.questions import Questions
from bot.slack.records import RECORDS_FILE, Records
from tests.bot.slack.examples import ScriptedAnswerer

LIMITS = Limits(
    queue=100_000, post_interval_s=0.0, retry_pause_s=0.1, ping_interval_s=0.5, workers=2
)


class DyingQuestions(Questions):
    def __init__(self, path: Path, point: str, calls: int) -> None:
        super().__init__(path)
        self._point = point
        self._calls = calls

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with super().transaction():
            yield
            self._die_at("note")
        self._die_at("noted")

    def change(self, statement: str, *values: object) -> int:
        is_settling = "SET answer_ts=?" in statement
        if is_settling:
            self._die_at("settle")
        touched = super().change(statement, *values)
        if is_settling:
            self._die_at("settled")
        elif "SET state='answering'" in statement:
            self._die_at("taken")
        return touched

    def _die_at(self, point: str) -> None:
        if point == self._point:
            self._calls -= 1
            if self._calls <= 0:
                os.kill(os.getpid(), signal.SIGKILL)


def run(data_dir: Path, access: SlackAccess, point: str = "", calls: int = 0) -> None:
    """Serve; with a point, die there at the given time that it is reached."""
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        os.dup2(silence, stream.fileno())
    if not point:
        serve(access, data_dir, ScriptedAnswerer(), limits=LIMITS)
        return
    stop, path = threading.Event(), data_dir / RECORDS_FILE
    with (
        closing(DyingQuestions(path, point, calls)) as questions,
        closing(Records.open(path)) as records,
    ):
        bot = identify(web_client(access.api_url, access.bot_token), stop)
        if bot is not None:
            answerer, options = ScriptedAnswerer(), BotOptions()
            running = SlackBot(access, bot, data_dir, questions, records, answerer, LIMITS, options)
            running.start(stop)
            running.wait(stop)
