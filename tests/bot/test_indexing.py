"""Runs of this process: ended from elsewhere, by Ctrl-C, or refused beside another."""

from __future__ import annotations

import io
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from rich.console import Console

from bot.cancelling import cancellable
from bot.cli import main
from bot.indexing import cancel_run, index_here
from bot.settings import Settings, load_settings
from retrieval.errors import IndexBusyError, RunCancelledError
from retrieval.index.lock import writing
from retrieval.index.run import Progress, Start, cancel, running
from retrieval.ingest.report import IndexReport
from tests.bot.examples import FakeServices, report

START = Start("U1 in Slack", id="run-1")


@pytest.fixture
def settings(empty_folder: Path) -> Settings:
    settings = load_settings()
    settings.data_dir.mkdir()
    return settings


class Working(FakeServices):
    """A run that lasts until it is interrupted."""

    def __init__(self, begun: Callable[[], None]) -> None:
        super().__init__()
        self._begun = begun

    def index(self, settings: Settings, **given: object) -> IndexReport:
        start = given["start"]
        assert isinstance(start, Start)
        with writing(settings.data_dir, start) as record:
            record.note(Progress(1, 9, 4, "a.md", passages_per_s=2.0, left_s=16.0))
            self._begun()
            threading.Event().wait(30)
        return report()


def test_a_run_is_ended_by_whoever_asks_while_it_waits_for_something(settings: Settings) -> None:
    def ask() -> None:
        assert cancel(settings.data_dir, "U1 in Slack")

    with pytest.raises(RunCancelledError, match="cancelled by U1 in Slack") as caught:
        index_here(settings, Working(ask))
    assert "Nothing is published yet" in caught.value.remedy
    assert running(settings.data_dir) is None


def test_where_ctrl_c_is_switched_off_a_run_can_be_ended_all_the_same(settings: Settings) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with pytest.raises(RunCancelledError):
            index_here(settings, Working(lambda: cancel(settings.data_dir, "bob") and None))
    finally:
        signal.signal(signal.SIGINT, before)


def test_what_has_ended_is_not_interrupted(settings: Settings) -> None:
    before = signal.getsignal(signal.SIGUSR1)
    for _ in range(20):
        with writing(settings.data_dir, START), cancellable(settings.data_dir, START):
            pass
    assert signal.getsignal(signal.SIGUSR1) is before


def test_ctrl_c_says_what_answers(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    services = Working(lambda: signal.raise_signal(signal.SIGINT))
    # Tests that were started in the background inherit that it is switched off.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    try:
        assert main(["index"], services) == 130
    finally:
        signal.signal(signal.SIGINT, before)

    said = capsys.readouterr().err
    assert "The run was cancelled by Ctrl-C." in said
    assert "Nothing is published yet" in said


def test_a_second_run_is_told_how_far_the_first_is_and_who_has_started_it(
    settings: Settings,
) -> None:
    class Busy(FakeServices):
        def index(self, settings: Settings, **_: object) -> IndexReport:
            with writing(settings.data_dir):
                raise AssertionError("two at once")

    with writing(settings.data_dir, START) as record:
        record.note(Progress(1, 9, 4, "a.md"))
        with pytest.raises(IndexBusyError) as caught:
            index_here(settings, Busy())

    assert "1 of 9 files read, 4 passages. Last: a.md. Started by U1 in Slack" in str(caught.value)
    assert "--cancel" in caught.value.remedy


def test_the_command_ends_the_run_in_work_and_waits_for_its_end(settings: Settings) -> None:
    said = io.StringIO()
    with ThreadPoolExecutor(1) as terminal:
        asked: list[Future[bool]] = []

        def ask() -> None:
            asked.append(terminal.submit(cancel_run, settings, Console(file=said)))

        with pytest.raises(RunCancelledError):
            index_here(settings, Working(ask))
        assert asked[0].result(20)

    assert "1 of 9 files read" in said.getvalue()
    assert "It has ended. Nothing is published." in said.getvalue()


def test_without_a_run_there_is_nothing_to_end(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["index", "--cancel"], FakeServices()) == 0
    assert capsys.readouterr().out == "No run is in work.\n"
