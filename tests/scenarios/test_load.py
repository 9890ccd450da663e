"""Many people at once: everything is acknowledged in time, and everybody hears from the bot once.

In full size, with its figures:

    LOAD_QUESTIONS=200 pytest tests/scenarios/test_load.py --log-cli-level=INFO
"""

from __future__ import annotations

import logging
import os
import re
import threading
import time
from collections import Counter

import pytest

from bot.workspace.delivery import Delivery
from bot.workspace.workspace import Workspace
from retrieval.model import Answer, Question
from tests.bot.slack.examples import ScriptedAnswerer, answer
from tests.scenarios.conftest import StartBot
from tests.scenarios.crowd import Crowd
from tests.scenarios.test_asking import STATUS

log = logging.getLogger(__name__)

QUESTIONS = int(os.environ.get("LOAD_QUESTIONS", "40"))
SECONDS = QUESTIONS / 20
PEOPLE = 50
QUEUE = QUESTIONS // 3
ANSWER_S = 0.15
MAX_ACK_S = 2.0
"""Slack waits 3 seconds."""
PLACE = re.compile(r"\d+ questions? (?:is|are) before yours")


@pytest.fixture
def ack_timeout_s() -> float:
    """Slack's own: a command that comes too late is lost."""
    return 3.0


def slowly(question: Question) -> Answer:
    threading.Event().wait(ANSWER_S)
    return answer(f"You asked: {question.text}")


@pytest.mark.slow
def test_a_crowd_is_heard_at_once_and_answered_or_told_its_place(
    workspace: Workspace, start_bot: StartBot
) -> None:
    start_bot(ScriptedAnswerer(slowly), queue=QUEUE)
    crowd = Crowd(workspace, PEOPLE)
    commands: list[Delivery] = []

    def command(n: int) -> None:
        if n % 4 == 3:
            person, channel = crowd.people[n % PEOPLE].id, workspace.channel_id("general")
            commands.append(workspace.command_as(person, channel, "/onrecord sources"))

    crowd.ask_for(SECONDS, QUESTIONS, command)

    def replies() -> list[int]:
        return [len(workspace.replies(*place)) for place in crowd.asked]

    workspace.wait_for(lambda: 0 not in replies(), timeout_s=30 + QUESTIONS * ANSWER_S)
    assert workspace.wait_until_delivered(timeout_s=30)
    assert Counter(replies()) == {1: QUESTIONS}
    texts = [workspace.replies(*place)[0].text for place in crowd.asked]
    answered = sum("You asked" in text for text in texts)
    busy = sum(PLACE.search(text) is not None for text in texts)
    assert answered + busy == QUESTIONS
    assert answered >= QUEUE
    assert busy > 0
    acks = sorted(
        (d.acked_at or 0.0) - (d.sent_at or 0.0) for d in [*workspace.deliveries(), *commands]
    )
    assert all(d.acked_at is not None for d in commands)
    log.info(
        "questions=%d seconds=%.0f answered=%d busy=%d commands=%d deliveries=%d statuses=%d"
        " ack_p50_s=%.3f ack_p99_s=%.3f ack_max_s=%.3f",
        *(QUESTIONS, SECONDS, answered, busy, len(commands), len(workspace.deliveries())),
        *(workspace.recorder.count(STATUS), acks[len(acks) // 2], acks[len(acks) * 99 // 100]),
        acks[-1],
    )
    assert acks[-1] < MAX_ACK_S


def test_a_slow_slack_keeps_no_command_waiting(workspace: Workspace, start_bot: StartBot) -> None:
    start_bot(ScriptedAnswerer())
    workspace.faults.slow(2.5, times=30)
    member, channel = workspace.member.id, workspace.channel_id("general")

    commands = [workspace.command_as(member, channel, "/onrecord sources") for _ in range(20)]
    began = time.monotonic()
    assert workspace.wait_for(lambda: all(d.acked_at for d in commands), timeout_s=5)

    assert time.monotonic() - began < MAX_ACK_S
