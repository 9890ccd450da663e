"""Runs that nobody asked for: when they begin, and who hears of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.slack.desk.running import Runs
from bot.slack.desk.upkeep import Upkeep
from bot.slack.duties.reindexing import FAILING, Pauses, Reindexing
from bot.slack.records import Records
from bot.slack.show.message import Message
from retrieval.errors import IndexBusyError, OnrecordError, RunCancelledError
from retrieval.index.run import Progress, Run, Start
from retrieval.ingest.report import IndexReport
from retrieval.ingest.rollback import RollbackReport

HOUR_S = 3_600.0


def report(changed: int = 0) -> IndexReport:
    return IndexReport(7, 6, 112, 0, changed, 0, 6 - changed, (), 0.5)


class Sent:
    """What was sent to whom; nothing else is asked of it."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, str]] = []

    def send(self, channel: str, message: Message) -> None:
        self.messages.append((channel, message.text))


class Bench:
    """A duty with its clock in the test's hand."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.now = 1_000_000.0
        self.outcomes: list[IndexReport | OnrecordError] = []
        self.begun: list[str] = []
        self.during: Callable[[], None] = lambda: None
        self.running: Run | None = None
        self.sent = Sent()

    def open(self, every_s: float | None = HOUR_S) -> Reindexing:
        self.records = Records.open(self.path, clock=lambda: self.now)
        upkeep = Upkeep(self._reindex, self._rollback, lambda: self.running)
        runs = Runs(self.sent, self.records, upkeep)  # type: ignore[arg-type]  # it only sends
        return Reindexing(
            runs,
            self.sent,  # type: ignore[arg-type]  # as above
            self.records,
            frozenset({"U1", "U2"}),
            every_s=every_s,
            pauses=Pauses(busy_s=10.0, failed_s=600.0),
            clock=lambda: self.now,
        )

    def _reindex(self, progress: Callable[[Progress], None], start: Start) -> IndexReport:
        self.begun.append(start.by)
        self.during()
        outcome = self.outcomes.pop(0) if self.outcomes else report()
        if isinstance(outcome, OnrecordError):
            raise outcome
        return outcome

    def _rollback(self, by: str) -> RollbackReport:
        raise AssertionError("nobody rolls back")

    def look(self, duty: Reindexing, times: int = 1) -> None:
        """Let the duty look without waiting, as if the time had come."""
        for _ in range(times):
            duty._news.set()
            duty.look()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path / "bot.sqlite3")
    yield bench
    with closing(bench.records):
        pass


def test_a_run_is_begun_every_so_often_and_not_before(bench: Bench) -> None:
    duty = bench.open()
    bench.look(duty)
    bench.now += HOUR_S - 1
    bench.look(duty)
    assert bench.begun == []
    bench.now += 1
    bench.look(duty, times=3)
    assert bench.begun == ["the schedule"]
    bench.now += HOUR_S
    bench.look(duty)
    assert len(bench.begun) == 2


def test_missed_runs_are_made_up_for_by_one_also_after_a_restart(bench: Bench) -> None:
    bench.look(bench.open())
    bench.records.close()
    bench.now += 20 * HOUR_S

    bench.look(bench.open(), times=5)

    assert bench.begun == ["the schedule"]


def test_without_a_schedule_only_changes_begin_a_run(bench: Bench) -> None:
    duty = bench.open(every_s=None)
    bench.now += 1_000 * HOUR_S
    bench.look(duty)
    assert bench.begun == []
    for _ in range(5):
        duty.folder_changed()
    bench.look(duty, times=3)
    assert bench.begun == ["a change in the folder"]


def test_a_change_during_a_run_begins_another(bench: Bench) -> None:
    duty = bench.open()
    duty.folder_changed()
    bench.during = duty.folder_changed
    bench.look(duty)
    bench.during = lambda: None
    bench.look(duty, times=3)
    assert bench.begun == ["a change in the folder"] * 2


def test_beside_another_run_a_change_waits_and_the_schedule_passes(bench: Bench) -> None:
    duty = bench.open()
    bench.running = Run(Start("U1 in Slack"), 7, "2026-11-28T10:00:00+00:00")
    duty.folder_changed()
    bench.look(duty, times=2)
    assert bench.begun == []
    bench.running = None
    bench.look(duty)
    assert bench.begun == []
    bench.now += 10
    bench.look(duty, times=2)
    assert bench.begun == ["a change in the folder"]

    bench.now += HOUR_S
    bench.outcomes = [IndexBusyError("Busy.", "Wait.")]
    bench.look(duty, times=3)
    assert bench.begun == ["a change in the folder", "the schedule"]
    assert bench.sent.messages == []


def test_runs_that_change_nothing_are_silent_and_others_are_noted(bench: Bench) -> None:
    duty = bench.open()
    bench.outcomes = [report(), report(changed=2)]
    for _ in range(2):
        duty.folder_changed()
        bench.look(duty)
    (act,) = bench.records.audit.recent(5)
    assert (act.user, act.act) == ("a change in the folder", "reindex")
    assert act.outcome == "generation 7: 0 added, 2 changed, 0 removed, 0 failed"
    assert bench.sent.messages == []


def test_admins_hear_once_that_runs_fail_and_once_that_they_work_again(bench: Bench) -> None:
    gone = OnrecordError("The folder is gone.", "Mount it again.")
    bench.outcomes = [gone, gone]
    duty = bench.open()
    bench.look(duty)
    for _ in range(2):
        bench.now += HOUR_S
        bench.look(duty)
    assert [user for user, _ in bench.sent.messages] == ["U1", "U2"]
    assert "The folder is gone. Mount it again." in bench.sent.messages[0][1]

    bench.records.close()
    duty = bench.open()
    bench.outcomes = [gone, report()]
    for _ in range(3):
        bench.now += HOUR_S
        bench.look(duty)
    assert [user for user, _ in bench.sent.messages] == ["U1", "U2", "U1", "U2"]
    assert "Indexing works again" in bench.sent.messages[-1][1]
    assert bench.records.memory.get(FAILING) == ""


def test_a_change_that_could_not_be_read_is_tried_again_later(bench: Bench) -> None:
    bench.outcomes = [OnrecordError("The disk is full.", "Free some space.")]
    duty = bench.open(every_s=None)
    duty.folder_changed()
    bench.look(duty, times=3)
    assert len(bench.begun) == 1
    bench.now += 600
    bench.look(duty, times=3)
    assert len(bench.begun) == 2


def test_a_run_that_somebody_ends_is_no_failure(bench: Bench) -> None:
    bench.outcomes = [RunCancelledError("The run was cancelled by U1.", "")]
    duty = bench.open()
    duty.folder_changed()
    bench.look(duty, times=2)
    assert bench.sent.messages == []
    assert bench.records.audit.recent(1)[0].outcome == "cancelled: The run was cancelled by U1."


def test_it_runs_by_itself_until_it_is_stopped(bench: Bench) -> None:
    duty = bench.open()
    duty.start()
    duty.folder_changed()
    for _ in range(2_000):
        if bench.begun:
            break
        duty.stopping.wait(0.005)
    duty.stop()
    assert bench.begun == ["a change in the folder"]
    assert not duty._thread.is_alive()
