"""Runs that end after the bot does, or in a way that nobody has foreseen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.slack.desk.post import Sent
from bot.slack.desk.running import STARTED, Runs
from bot.slack.desk.upkeep import Upkeep
from bot.slack.poster import AbandonedError
from bot.slack.records import RECORDS_FILE, Records
from bot.slack.show.message import Message
from retrieval.index.run import Progress, Start
from retrieval.ingest.report import IndexReport
from tests.scenarios.test_desk import REPORT, UPKEEP


class Stopping:
    """A poster that is given up after its first message."""

    def __init__(self) -> None:
        self.is_over = False

    def send(self, channel: str, message: Message) -> Sent:
        return Sent(channel, "1.0")

    def change(self, channel: str, ts: str, message: Message) -> None:
        if self.is_over:
            raise AbandonedError


@pytest.fixture
def ending() -> threading.Event:
    return threading.Event()


def begin(
    path: Path, work: Callable[[Callable[[Progress], None], Start], IndexReport]
) -> tuple[Runs, Records, Stopping]:
    records, post = Records.open(path / RECORDS_FILE), Stopping()
    runs = Runs(post, records, Upkeep(work, UPKEEP.rollback))  # type: ignore[arg-type]  # of a poster it needs these two
    assert runs.reindex("U1") == STARTED
    return runs, records, post


def test_a_run_that_outlasts_the_bot_ends_without_a_word(
    tmp_path: Path, ending: threading.Event, caplog: pytest.LogCaptureFixture
) -> None:
    def work(progress: Callable[[Progress], None], start: Start) -> IndexReport:
        assert ending.wait(20)
        return REPORT

    runs, records, post = begin(tmp_path, work)
    post.is_over = True
    records.close()
    runs.changed = lambda user: post.change("", "", Message("", ()))
    ending.set()
    runs.wait(20)

    assert runs.progress == ""
    assert "run_not_told" in caplog.text
    assert caplog.text.count("run_not_noted") == 2


def test_the_home_shows_how_far_a_run_is_now_and_then(tmp_path: Path) -> None:
    moments = iter([0.0, 5.0, 15.0, 20.0, 29.0, 31.0])
    shown: list[str] = []

    def work(progress: Callable[[Progress], None], start: Start) -> IndexReport:
        for n in range(5):
            progress(Progress(n, 5, n, f"{n}.md"))
        return REPORT

    records = Records.open(tmp_path / RECORDS_FILE)
    runs = Runs(
        Stopping(),  # type: ignore[arg-type]  # of a poster it needs these two
        records,
        Upkeep(work, UPKEEP.rollback),
        changed=shown.append,
        clock=lambda: next(moments),
    )
    runs.reindex("U1")
    runs.wait(20)

    assert shown == ["U1"] * 4  # when it began, after 15 and 31 seconds, and when it had ended
    records.close()


def test_a_run_that_ends_in_a_mistake_is_noted_as_failed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def work(progress: Callable[[Progress], None], start: Start) -> IndexReport:
        raise ValueError("a secret that no log may hold")

    runs, records, _ = begin(tmp_path, work)
    runs.wait(20)

    act = records.audit.last("reindex")
    assert act is not None
    assert act.outcome == "failed"
    assert "secret" not in caplog.text
    assert runs.progress == ""
    records.close()
