"""Slack's requests over HTTP: signed ones are acted on, and several processes share the work."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.slack.answering import STOPPED
from bot.slack.app import running_bot
from bot.slack.connect import SlackAccess
from bot.slack.records import RECORDS_FILE
from bot.slack.records.file import lock_file
from bot.slack.show.actions import CHECK_SHORTCUT, SHOW_PASSAGES
from bot.workspace.http_delivery import signature
from bot.workspace.workspace import Workspace, WorkspaceOptions
from retrieval.errors import UsageError
from tests.bot.slack.examples import ScriptedAnswerer, event_body
from tests.scenarios.balancer import Balancer, free_port
from tests.scenarios.conftest import QUICK, StartProcess
from tests.scenarios.harmless import assert_harmless
from tests.scenarios.test_asking import POST, Gate, mention, replied
from tests.scenarios.test_kill import ask, wait_for_one_answer_each


@contextmanager
def http_workspace(url: str) -> Iterator[Workspace]:
    options = WorkspaceOptions(request_url=url, ack_timeout_s=1.0, retry_delays_s=(0.1,) * 50)
    with Workspace(options) as workspace:
        yield workspace
        assert_harmless(workspace)


def access_at(workspace: Workspace, port: int) -> SlackAccess:
    return SlackAccess(
        workspace.bot_token,
        api_url=workspace.api_url,
        signing_secret=workspace.signing_secret,
        http_port=port,
    )


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def workspace(port: int) -> Iterator[Workspace]:
    with http_workspace(f"http://127.0.0.1:{port}/slack/events") as workspace:
        yield workspace


StartHttpBot = Callable[..., ExitStack]


@pytest.fixture
def start_http_bot(workspace: Workspace, port: int, tmp_path: Path) -> Iterator[StartHttpBot]:
    with ExitStack() as bots:

        def start(answerer: ScriptedAnswerer, at: int = port) -> ExitStack:
            bot = bots.enter_context(ExitStack())
            access, limits = access_at(workspace, at), replace(QUICK, grace_s=0.5)
            bot.enter_context(running_bot(access, tmp_path, answerer, limits=limits))
            return bot

        yield start


def holds_turn(folder: Path) -> bool:
    """Wait until a process answers from this folder."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            lock_file(folder / RECORDS_FILE).release()
        except UsageError:
            return True
    return False


def test_everything_comes_in_over_http(workspace: Workspace, start_http_bot: StartHttpBot) -> None:
    start_http_bot(ScriptedAnswerer())
    channel, member = workspace.channel_id("general"), workspace.member.id
    ts = workspace.post_as(member, channel, mention(workspace, "when?"))
    replied(workspace, channel, ts)
    (reply,) = workspace.replies(channel, ts)

    workspace.answer_of(workspace.press_as(member, channel, reply.ts, SHOW_PASSAGES))
    assert workspace.wait_for(lambda: workspace.modal(member) is not None)
    workspace.close_modal_as(member)
    workspace.answer_of(workspace.shortcut_as(member, CHECK_SHORTCUT, channel, ts))
    assert workspace.wait_for(lambda: "The documents say otherwise" in str(workspace.modal(member)))

    workspace.edit_as(member, channel, ts, mention(workspace, "where?"))
    assert workspace.wait_for(lambda: "where?" in workspace.replies(channel, ts)[0].text)
    workspace.delete_as(member, channel, ts)
    assert workspace.wait_for(lambda: workspace.replies(channel, ts) == [])

    workspace.answer_of(workspace.command_as(member, channel, "/onrecord ask who?"))
    assert workspace.wait_for(lambda: "who?" in str(workspace.ephemerals(member)))


def test_what_was_asked_while_the_bot_was_away_is_answered_when_it_is_back(
    workspace: Workspace, start_http_bot: StartHttpBot
) -> None:
    start_http_bot(ScriptedAnswerer()).close()
    channel = workspace.channel_id("general")
    ts = workspace.post_as(workspace.member.id, channel, mention(workspace, "when?"))

    start_http_bot(ScriptedAnswerer())

    assert len(replied(workspace, channel, ts)) == 1


def test_events_sent_again_are_answered_once(
    workspace: Workspace, start_http_bot: StartHttpBot
) -> None:
    start_http_bot(ScriptedAnswerer())
    workspace.faults.duplicate(times=3)
    workspace.faults.redeliver(times=3)
    channel = workspace.channel_id("general")

    ts = workspace.post_as(workspace.member.id, channel, mention(workspace, "when?"))

    assert len(replied(workspace, channel, ts)) == 1
    assert workspace.recorder.count(POST) == 1


def test_what_slack_has_not_signed_now_asks_nothing(
    workspace: Workspace, start_http_bot: StartHttpBot, port: int, tmp_path: Path
) -> None:
    answerer = ScriptedAnswerer()
    start_http_bot(answerer)
    body = json.dumps(event_body(type="app_mention", text="<@UBOT> when?"))
    now, old = str(int(time.time())), str(int(time.time()) - 600)
    forgeries = [
        (now, signature("wrong", now, body)),
        (old, signature(workspace.signing_secret, old, body)),
        (now, signature(workspace.signing_secret, now, body + " ")),
        ("NaN", "v0=" + "0" * 64),
        (now, "v0=\xff\x00"),
        ("", ""),
    ]

    for timestamp, signed in forgeries:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.putrequest("POST", "/slack/events")
        connection.putheader("Content-Length", str(len(body)))
        connection.putheader("X-Slack-Request-Timestamp", timestamp)
        connection.putheader("X-Slack-Signature", signed.encode("latin-1"))
        connection.endheaders(body.encode())
        assert connection.getresponse().status == 401
        connection.close()

    channel = workspace.channel_id("general")
    ts = workspace.post_as(workspace.member.id, channel, mention(workspace, "where?"))
    assert len(replied(workspace, channel, ts)) == 1
    assert [question.text for question in answerer.questions] == ["where?"]


def test_a_process_that_only_takes_in_has_the_other_stop_and_withdraw(
    workspace: Workspace, start_http_bot: StartHttpBot, tmp_path: Path
) -> None:
    answering, taking_in = Gate(), ScriptedAnswerer()
    start_http_bot(answering, free_port())
    assert holds_turn(tmp_path)
    start_http_bot(taking_in)  # where the workspace delivers
    channel, member = workspace.channel_id("general"), workspace.member.id
    stopped, deleted = (
        workspace.post_as(member, channel, mention(workspace, text)) for text in ("one?", "two?")
    )
    for _ in range(2):
        assert answering.begun.acquire(timeout=10)

    workspace.stop_as(member, channel, stopped)
    workspace.delete_as(member, channel, deleted)

    assert replied(workspace, channel, stopped) == [STOPPED]
    answering.open_gate()
    ts = workspace.post_as(member, channel, mention(workspace, "three?"))
    assert len(replied(workspace, channel, ts)) == 1
    assert workspace.replies(channel, deleted) == []
    assert taking_in.questions == []


def test_when_the_answering_process_is_killed_another_goes_on(
    start_process: StartProcess, tmp_path: Path
) -> None:
    ports = [free_port(), free_port()]
    with Balancer(*ports) as balancer, http_workspace(balancer.url) as workspace:
        first = start_process(using=access_at(workspace, ports[0]))
        assert holds_turn(tmp_path)
        start_process(using=access_at(workspace, ports[1]))
        asked = ask(workspace, 10)
        wait_for_one_answer_each(workspace, asked)

        asked += ask(workspace, 10)
        first.kill()
        asked += ask(workspace, 10)

        wait_for_one_answer_each(workspace, asked)
        assert workspace.recorder.count(POST) == len(asked)
