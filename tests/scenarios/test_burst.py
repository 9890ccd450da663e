"""Many events at once, with every kind of duplicate: every question gets exactly one answer.

In full size, with its figures:

    BURST_EVENTS=10000 pytest tests/scenarios/test_burst.py --log-cli-level=INFO
"""

from __future__ import annotations

import logging
import os
import time
from collections import Counter

import pytest

from bot.workspace.workspace import Workspace
from tests.bot.slack.examples import ScriptedAnswerer
from tests.scenarios.conftest import StartBot
from tests.scenarios.test_asking import POST, mention

log = logging.getLogger(__name__)

EVENTS = int(os.environ.get("BURST_EVENTS", "400"))
TIMEOUT_S = 30 + EVENTS / 20


def ask_everywhere(workspace: Workspace, questions: int) -> list[tuple[str, str]]:
    """Ask in channels, in threads and in direct messages, by two people."""
    places = [workspace.channel_id("general"), workspace.channel_id("questions")]
    asked: list[tuple[str, str]] = []
    for n in range(questions):
        person = (workspace.member, workspace.admin)[n // 2 % 2]
        if n % 5 == 4:
            place, text = workspace.direct_channel_id(person.id), f"direct {n}?"
        else:
            place, text = places[n % 2], mention(workspace, f"question {n}?")
        asked.append((place, workspace.post_as(person.id, place, text)))
    return asked


@pytest.mark.slow
def test_a_burst_with_every_kind_of_duplicate(workspace: Workspace, start_bot: StartBot) -> None:
    answerer = ScriptedAnswerer()
    start_bot(answerer, queue=EVENTS)
    # Four of five questions arrive as two events; one in ten is doubled, one in ten redelivered.
    workspace.faults.duplicate(times=EVENTS // 10)
    workspace.faults.redeliver(times=EVENTS // 10)
    workspace.faults.cut_after_accept(times=EVENTS // 200)
    workspace.faults.answer_5xx(times=5, method=POST)
    began = time.monotonic()

    asked = ask_everywhere(workspace, EVENTS * 5 // 9)

    assert workspace.wait_for(lambda: workspace.recorder.count(POST) >= len(asked), TIMEOUT_S)
    assert workspace.wait_until_delivered(TIMEOUT_S)
    took_s = time.monotonic() - began
    answers = Counter(len(workspace.replies(channel, ts)) for channel, ts in asked)
    assert answers == {1: len(asked)}
    assert len(answerer.questions) == len(asked)
    deliveries = workspace.deliveries()
    ack_s = sorted(d.acked_at - d.sent_at for d in deliveries if d.acked_at and d.sent_at)
    log.info(
        "questions=%d deliveries=%d attempts=%d took_s=%.1f ack_p50_s=%.3f ack_max_s=%.3f",
        len(asked),
        len(deliveries),
        sum(delivery.attempts for delivery in deliveries),
        took_s,
        ack_s[len(ack_s) // 2],
        ack_s[-1],
    )
