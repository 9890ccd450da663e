"""The bot as a process of its own, which can be told where to die as by `kill -9`.

    python -m tests.scenarios.bot_process DATA_DIR API_URL BOT_TOKEN APP_TOKEN [POINT N]

POINT is the step of the inbox at whose Nth call it dies: `claim` and `post` just before the step is
on disk, `claimed` and `taken` just after.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from bot.slack.app import INBOX_FILE, Limits, SlackBot, serve
from bot.slack.clients import web_client
from bot.slack.connect import SlackAccess, identify
from bot.slack.events import Asked
from bot.slack.inbox import Claim, Inbox, Plan, Work
from tests.bot.slack.examples import ScriptedAnswerer

LIMITS = Limits(
    queue=100_000, post_interval_s=0.0, retry_pause_s=0.1, ping_interval_s=0.5, workers=2
)


class DyingInbox(Inbox):
    def __init__(self, path: Path, point: str, calls: int) -> None:
        super().__init__(path, queue_limit=LIMITS.queue)
        self._point = point
        self._calls = calls

    def claim(self, asked: Asked) -> Claim:
        self._die_at("claim")
        claim = super().claim(asked)
        self._die_at("claimed")
        return claim

    def take(self, plans: Collection[Plan], timeout_s: float) -> Work | None:
        work = super().take(plans, timeout_s)
        if work is not None:
            self._die_at("taken")
        return work

    def posted(self, work: Work, answer_ts: str, answer: str) -> None:
        self._die_at("post")
        super().posted(work, answer_ts, answer)

    def _die_at(self, point: str) -> None:
        if point == self._point:
            self._calls -= 1
            if self._calls <= 0:
                os.kill(os.getpid(), signal.SIGKILL)


def main(data_dir: str, api_url: str, bot_token: str, app_token: str, *dying: str) -> None:
    access = SlackAccess(bot_token, app_token, api_url)
    if not dying:
        serve(access, Path(data_dir), ScriptedAnswerer(), limits=LIMITS)
        return
    point, calls = dying
    stop = threading.Event()
    with closing(DyingInbox(Path(data_dir) / INBOX_FILE, point, int(calls))) as inbox:
        bot = identify(web_client(api_url, bot_token), stop)
        if bot is not None:
            running = SlackBot(access, bot, inbox, ScriptedAnswerer(), LIMITS)
            running.start(stop)
            running.wait(stop)


if __name__ == "__main__":
    main(*sys.argv[1:])
