"""The bot dies as by `kill -9`: every question still gets exactly one answer."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.workspace.workspace import Workspace
from tests.scenarios.test_asking import mention

ROOT = Path(__file__).parents[2]
START = [sys.executable, "-m", "tests.scenarios.bot_process"]

StartProcess = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start_process(workspace: Workspace, tmp_path: Path) -> Iterator[StartProcess]:
    started: list[subprocess.Popen[bytes]] = []

    def start(*dying: str) -> subprocess.Popen[bytes]:
        tokens = [workspace.bot_token, workspace.app_token]
        command = [*START, str(tmp_path), workspace.api_url, *tokens, *dying]
        started.append(subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait(timeout=10)


def ask(workspace: Workspace, times: int) -> list[tuple[str, str]]:
    places = [workspace.channel_id("general"), workspace.channel_id("questions")]
    people = [workspace.member.id, workspace.admin.id]
    return [
        (
            places[n % 2],
            workspace.post_as(people[n // 2 % 2], places[n % 2], mention(workspace, f"{n}?")),
        )
        for n in range(times)
    ]


def answers(workspace: Workspace, asked: list[tuple[str, str]]) -> list[int]:
    return [len(workspace.replies(channel, ts)) for channel, ts in asked]


def wait_for_one_answer_each(workspace: Workspace, asked: list[tuple[str, str]]) -> None:
    workspace.wait_for(lambda: 0 not in answers(workspace, asked), timeout_s=60)
    assert workspace.wait_until_delivered(timeout_s=30)
    assert answers(workspace, asked) == [1] * len(asked)


def wait_for_some(workspace: Workspace, asked: list[tuple[str, str]], more: int) -> None:
    goal = sum(answers(workspace, asked)) + more
    assert workspace.wait_for(lambda: sum(answers(workspace, asked)) >= goal, timeout_s=30)


@pytest.mark.parametrize("point", ["claim", "claimed", "taken", "post"])
def test_dying_at_any_point_loses_and_repeats_nothing(
    workspace: Workspace, start_process: StartProcess, point: str
) -> None:
    dying = start_process(point, "3")
    asked = ask(workspace, 8)
    assert dying.wait(timeout=30) == -9

    start_process()

    wait_for_one_answer_each(workspace, asked)
    assert workspace.recorder.count("chat.postMessage") == len(asked)


def test_a_post_that_was_never_confirmed_is_recognised_after_a_restart(
    workspace: Workspace, start_process: StartProcess
) -> None:
    workspace.faults.cut_after_accept()
    workspace.faults.slow(60, method="conversations.replies")
    dying = start_process()
    asked = ask(workspace, 1)
    assert workspace.wait_for(lambda: answers(workspace, asked) == [1], timeout_s=30)
    dying.kill()
    dying.wait(timeout=10)
    workspace.faults.clear()

    start_process()

    assert workspace.wait_for(lambda: workspace.recorder.count("conversations.replies") >= 1, 30)
    wait_for_one_answer_each(workspace, asked)
    assert workspace.recorder.count("chat.postMessage") == 1


@pytest.mark.slow
def test_killed_again_and_again_in_a_burst_it_answers_everything_once(
    workspace: Workspace, start_process: StartProcess
) -> None:
    chance = random.Random(20)
    process = start_process()
    asked: list[tuple[str, str]] = []
    for _ in range(5):
        asked += ask(workspace, 40)
        workspace.faults.duplicate(times=10)
        workspace.faults.cut_after_accept(times=2)
        wait_for_some(workspace, asked, chance.randrange(1, 30))
        process.kill()
        process.wait(timeout=10)
        process = start_process()

    wait_for_one_answer_each(workspace, asked)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_ends_cleanly(
    workspace: Workspace, start_process: StartProcess, number: signal.Signals
) -> None:
    process = start_process()
    wait_for_one_answer_each(workspace, ask(workspace, 2))

    process.send_signal(number)

    assert process.wait(timeout=20) == 0
