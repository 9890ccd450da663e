"""Whatever the network and Slack do while people ask: nothing is lost, nothing is said twice.

In full size, with its figures:

    FAULT_QUESTIONS=1000 FAULT_SECONDS=60 pytest tests/scenarios/test_faults.py --log-cli-level=INFO
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from bot.workspace.workspace import Workspace
from tests.bot.slack.examples import ScriptedAnswerer
from tests.scenarios.conftest import StartBot
from tests.scenarios.crowd import Crowd
from tests.scenarios.test_asking import POST

log = logging.getLogger(__name__)

SECONDS = float(os.environ.get("FAULT_SECONDS", "0.5"))
"""How long each fault lasts."""
BETWEEN_S = min(2.0, SECONDS / 3)
RETRY_AFTER_S = min(1, int(SECONDS))

Fault = Callable[[Workspace], "contextmanager[None]"]


@contextmanager
def again_and_again(act: Callable[[], None]) -> Iterator[None]:
    """Do something every two seconds."""
    ended = threading.Event()

    def run() -> None:
        while not ended.wait(BETWEEN_S):
            act()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@contextmanager
def dropped_sockets(workspace: Workspace) -> Iterator[None]:
    with again_and_again(workspace.socket_mode.drop):
        yield


@contextmanager
def failing_tickets(workspace: Workspace) -> Iterator[None]:
    def drop() -> None:
        workspace.faults.refuse_tickets(times=2)
        workspace.socket_mode.drop()

    with again_and_again(drop):
        yield


@contextmanager
def rate_limits(workspace: Workspace) -> Iterator[None]:
    with again_and_again(lambda: workspace.faults.answer_429(times=3, retry_after_s=RETRY_AFTER_S)):
        yield


@contextmanager
def server_errors(workspace: Workspace) -> Iterator[None]:
    with again_and_again(lambda: workspace.faults.answer_5xx(times=5)):
        yield


@contextmanager
def cut_connections(workspace: Workspace) -> Iterator[None]:
    with again_and_again(lambda: workspace.faults.cut_after_accept(times=3)):
        yield


@contextmanager
def doubled_events(workspace: Workspace) -> Iterator[None]:
    def double() -> None:
        workspace.faults.duplicate(times=5)
        workspace.faults.redeliver(times=5)

    with again_and_again(double):
        yield


@contextmanager
def no_network(workspace: Workspace) -> Iterator[None]:
    with workspace.unreachable():
        yield


FAULTS = [
    dropped_sockets,
    failing_tickets,
    rate_limits,
    server_errors,
    cut_connections,
    doubled_events,
    no_network,
]
QUESTIONS = int(os.environ.get("FAULT_QUESTIONS", "84")) // len(FAULTS)


# The library forgets to close the socket of a refused connection.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_is_lost_and_nothing_said_twice(
    workspace: Workspace, start_bot: StartBot, fault: Fault
) -> None:
    answerer = ScriptedAnswerer()
    start_bot(answerer, queue=QUESTIONS)
    crowd = Crowd(workspace, people=10)
    began = time.monotonic()

    with fault(workspace):
        crowd.ask_for(SECONDS, QUESTIONS)

    def replies() -> list[int]:
        return [len(workspace.replies(*place)) for place in crowd.asked]

    workspace.wait_for(lambda: 0 not in replies(), timeout_s=60 + 2 * SECONDS)
    assert workspace.wait_until_delivered(timeout_s=60)
    attempts = sum(delivery.attempts for delivery in workspace.deliveries())
    log.info(
        "fault=%s questions=%d attempts=%d connections=%d posts=%d took_s=%.1f replies=%s",
        *(fault.__name__, QUESTIONS, attempts, workspace.socket_mode.total_connections),
        *(workspace.recorder.count(POST), time.monotonic() - began, Counter(replies())),
    )
    assert Counter(replies()) == {1: QUESTIONS}
