from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

from bot.slack.clients import web_client
from bot.slack.status import REFRESH_S, SEARCHING, StatusLine, waiting_text
from bot.workspace.workspace import Workspace, WorkspaceOptions

CALL = "assistant.threads.setStatus"


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with Workspace(WorkspaceOptions()) as workspace:
        yield workspace


@pytest.fixture
def place(workspace: Workspace) -> tuple[str, str]:
    channel = workspace.channel_id("general")
    return channel, workspace.post_as(workspace.member.id, channel, "a question")


@contextmanager
def status_line(
    workspace: Workspace,
    waiting: Mapping[tuple[str, str], int] | None = None,
    clock: Clock | None = None,
) -> Iterator[StatusLine]:
    client = web_client(workspace.api_url, workspace.bot_token)
    line = StatusLine(client, lambda: waiting or {}, **({"clock": clock} if clock else {}))
    line.start()
    yield line
    line.stop(timeout_s=10)


def shown(workspace: Workspace) -> list[str]:
    return [str(call.arguments["status"]) for call in workspace.recorder.calls(CALL)]


def test_it_is_shown_while_searching_and_cleared_on_every_way_out(
    workspace: Workspace, place: tuple[str, str]
) -> None:
    def search(line: StatusLine) -> None:
        with line.searching(*place):
            assert workspace.wait_for(lambda: workspace.status(*place) == SEARCHING)
            raise ValueError("it fails")

    with status_line(workspace) as line:
        with pytest.raises(ValueError, match="it fails"):
            search(line)
        assert workspace.wait_for(lambda: workspace.status(*place) == "")
    assert shown(workspace) == [SEARCHING, ""]


def test_a_long_search_keeps_its_status(workspace: Workspace, place: tuple[str, str]) -> None:
    clock = Clock()
    with status_line(workspace, clock=clock) as line, line.searching(*place):
        assert workspace.wait_for(lambda: shown(workspace) == [SEARCHING])
        for _ in range(20):
            clock.now += REFRESH_S
            if workspace.wait_for(lambda: len(shown(workspace)) > 1, timeout_s=0.5):
                break

        assert set(shown(workspace)) == {SEARCHING}
        assert len(shown(workspace)) > 1


def test_what_waits_is_told_its_place_and_then_that_it_is_searched(
    workspace: Workspace, place: tuple[str, str]
) -> None:
    waiting = {place: 3}
    with status_line(workspace, waiting) as line:
        assert workspace.wait_for(lambda: workspace.status(*place) == waiting_text(3))
        with line.searching(*place):
            waiting.clear()
            assert workspace.wait_for(lambda: workspace.status(*place) == SEARCHING)
        assert workspace.wait_for(lambda: workspace.status(*place) == "")


def test_the_first_in_line_is_not_told_of_nobody_before_it(
    workspace: Workspace, place: tuple[str, str]
) -> None:
    with status_line(workspace, {place: 0}):
        pass

    assert shown(workspace) == []


def test_stopping_clears_what_is_shown(workspace: Workspace, place: tuple[str, str]) -> None:
    with status_line(workspace, {place: 2}):
        assert workspace.wait_for(lambda: workspace.status(*place) == waiting_text(2))

    assert workspace.status(*place) == ""


def test_no_failure_of_it_reaches_the_answer(workspace: Workspace, place: tuple[str, str]) -> None:
    workspace.faults.answer_5xx(method=CALL)
    channel = place[0]
    other = workspace.post_as(workspace.member.id, channel, "another question")
    with (
        status_line(workspace) as line,
        line.searching(*place),
        line.searching("C0GONE", "1.000001"),
        line.searching(channel, other),
    ):
        assert workspace.wait_for(lambda: workspace.status(channel, other) == SEARCHING)
    assert workspace.status(*place) == ""


def test_a_slow_slack_delays_no_answer(workspace: Workspace, place: tuple[str, str]) -> None:
    workspace.faults.slow(3.0, method=CALL)
    done = threading.Event()

    def search(line: StatusLine) -> None:
        with line.searching(*place):
            pass
        done.set()

    with status_line(workspace) as line:
        thread = threading.Thread(target=search, args=(line,))
        thread.start()
        assert done.wait(timeout=2.5)
        thread.join()


def test_rate_limits_are_respected_and_the_status_comes_later(
    workspace: Workspace, place: tuple[str, str]
) -> None:
    workspace.faults.answer_429(method=CALL, retry_after_s=0)
    with status_line(workspace) as line, line.searching(*place):
        assert workspace.wait_for(lambda: workspace.status(*place) == SEARCHING)


def test_a_clearing_that_fails_is_tried_again(workspace: Workspace, place: tuple[str, str]) -> None:
    with status_line(workspace) as line:
        with line.searching(*place):
            assert workspace.wait_for(lambda: workspace.status(*place) == SEARCHING)
            workspace.faults.answer_5xx(method=CALL)
        assert workspace.wait_for(lambda: workspace.status(*place) == "")
