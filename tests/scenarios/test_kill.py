"""The bot dies as by `kill -9`: every question still gets exactly one answer, and the right one."""

from __future__ import annotations

import os
import random
import signal
from collections import Counter

import pytest

from bot.workspace.workspace import Workspace
from tests.scenarios.conftest import StartProcess
from tests.scenarios.test_asking import POST, mention

ROUNDS = int(os.environ.get("KILL_ROUNDS", "2"))
"""How often the process is killed in a burst; 40 questions each time."""


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


def edit(workspace: Workspace, place: tuple[str, str], text: str) -> None:
    (message, *_) = workspace.thread(*place)
    workspace.edit_as(message.user, *place, mention(workspace, text))


def delete(workspace: Workspace, place: tuple[str, str]) -> None:
    (message, *_) = workspace.thread(*place)
    workspace.delete_as(message.user, *place)


def answers(workspace: Workspace, asked: list[tuple[str, str]]) -> list[int]:
    return [len(workspace.replies(channel, ts)) for channel, ts in asked]


def wait_for_one_answer_each(workspace: Workspace, asked: list[tuple[str, str]]) -> None:
    workspace.wait_for(lambda: 0 not in answers(workspace, asked), timeout_s=60)
    assert workspace.wait_until_delivered(timeout_s=30)
    assert answers(workspace, asked) == [1] * len(asked)


def wait_for_some(workspace: Workspace, asked: list[tuple[str, str]], more: int) -> None:
    goal = sum(answers(workspace, asked)) + more
    assert workspace.wait_for(lambda: sum(answers(workspace, asked)) >= goal, timeout_s=30)


@pytest.mark.parametrize("point", ["note", "noted", "taken", "settle", "settled"])
def test_dying_at_any_point_loses_and_repeats_nothing(
    workspace: Workspace, start_process: StartProcess, point: str
) -> None:
    dying = start_process(point, 3)
    asked = ask(workspace, 8)
    assert dying.ended() == -signal.SIGKILL

    start_process()

    wait_for_one_answer_each(workspace, asked)
    assert workspace.recorder.count(POST) == len(asked)


@pytest.mark.parametrize("point", ["note", "noted", "taken", "settle", "settled"])
def test_dying_over_an_edit_or_a_deletion_leaves_what_is_wanted(
    workspace: Workspace, start_process: StartProcess, point: str
) -> None:
    # Two events a question and the recovery at the start are noted before the first change.
    dying = start_process(point, 8 if point in ("note", "noted") else 4)
    edited, deleted, kept = asked = ask(workspace, 3)
    wait_for_one_answer_each(workspace, asked)
    edit(workspace, edited, "edited?")
    delete(workspace, deleted)
    assert dying.ended() == -signal.SIGKILL

    start_process()

    assert workspace.wait_for(lambda: workspace.replies(*deleted) == [], timeout_s=30)
    assert workspace.wait_for(
        lambda: ["edited?" in reply.text for reply in workspace.replies(*edited)] == [True], 30
    )
    wait_for_one_answer_each(workspace, [edited, kept])
    assert workspace.recorder.count(POST) == 3


def test_a_post_that_was_never_confirmed_is_recognised_after_a_restart(
    workspace: Workspace, start_process: StartProcess
) -> None:
    workspace.faults.cut_after_accept()
    workspace.faults.slow(60, method="conversations.replies")
    dying = start_process()
    asked = ask(workspace, 1)
    assert workspace.wait_for(lambda: answers(workspace, asked) == [1], timeout_s=30)
    dying.kill()
    workspace.faults.clear()

    start_process()

    assert workspace.wait_for(lambda: workspace.recorder.count("conversations.replies") >= 1, 30)
    wait_for_one_answer_each(workspace, asked)
    assert workspace.recorder.count(POST) == 1


@pytest.mark.slow
def test_killed_again_and_again_in_a_burst_it_answers_everything_once(
    workspace: Workspace, start_process: StartProcess
) -> None:
    chance = random.Random(20)
    process = start_process()
    asked: list[tuple[str, str]] = []
    changed: dict[tuple[str, str], str] = {}
    for n in range(ROUNDS):
        asked += ask(workspace, 40)
        workspace.faults.duplicate(times=10)
        workspace.faults.redeliver(times=10)
        workspace.faults.cut_after_accept(times=2)
        for place in chance.sample([place for place in asked if changed.get(place) != ""], 10):
            changed[place] = chance.choice(["", f"edited {n}?"])
            if changed[place]:
                edit(workspace, place, changed[place])
            else:
                delete(workspace, place)
        wait_for_some(workspace, asked, chance.randrange(1, 15))
        process.kill()
        process = start_process()

    gone = [place for place, text in changed.items() if not text]
    left = [place for place in asked if place not in gone]

    def is_settled() -> bool:
        return sum(answers(workspace, gone)) == 0 and all(
            [text in reply.text for reply in workspace.replies(*place)] == [True]
            for place, text in changed.items()
            if text
        )

    assert workspace.wait_for(lambda: 0 not in answers(workspace, left), timeout_s=60 + 10 * ROUNDS)
    assert workspace.wait_for(is_settled, timeout_s=60)
    wait_for_one_answer_each(workspace, left)
    assert Counter(answers(workspace, gone)) == Counter([0] * len(gone))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_ends_cleanly(
    workspace: Workspace, start_process: StartProcess, number: signal.Signals
) -> None:
    process = start_process()
    wait_for_one_answer_each(workspace, ask(workspace, 2))

    process.send(number)

    assert process.ended() == 0
