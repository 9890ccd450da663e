"""The inbox and the backlog over one file, as one process holds them."""

from __future__ import annotations

from pathlib import Path

from bot.slack.backlog import Backlog
from bot.slack.inbox import Inbox
from bot.slack.questions import QUICK_PLANS, SLOW_PLANS, Plan, Questions, Work

NOW = 1_700_000_000.0


class AtHand:
    """What a process has in its hands; `now` can be set."""

    def __init__(self, path: Path, queue_limit: int = 10) -> None:
        self.now = NOW
        self.questions = Questions(path)
        self.inbox = Inbox(
            self.questions,
            queue_limit=queue_limit,
            follows_up=lambda channel: channel != "C0QUIET",
            clock=lambda: self.now,
        )
        self.backlog = Backlog(self.questions, clock=lambda: self.now)

    def take(self, *plans: Plan) -> Work:
        """Take what waits first."""
        work = self.backlog.take(plans or SLOW_PLANS, timeout_s=0)
        assert work is not None
        return work

    def waits(self) -> list[Plan]:
        """Take everything that waits, and say what is planned for it."""
        plans = []
        while work := self.backlog.take(SLOW_PLANS + QUICK_PLANS, timeout_s=0):
            plans.append(work.plan)
        return plans

    def close(self) -> None:
        """Give up the file."""
        self.questions.close()
