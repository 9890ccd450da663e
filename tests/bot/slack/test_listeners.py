from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from slack_bolt import Ack, App, BoltRequest
from slack_sdk import WebClient

from bot.slack.app import LISTENER_THREADS
from bot.slack.connect import SlackAccess
from bot.slack.listeners import Receiver, Register, build_app
from bot.slack.questions import Plan
from tests.bot.slack.examples import BOT, changed_body, deleted_body, event_body
from tests.bot.slack.questions_at_hand import NOW, AtHand

NOWHERE = "http://127.0.0.1:9/api/"
MENTION = event_body(type="app_mention", text="<@UBOT> when?")


def make_app(
    at_hand: AtHand, listeners: ThreadPoolExecutor, register: Register = lambda app: None
) -> App:
    access = SlackAccess("xoxb-1", "xapp-1", NOWHERE)
    client = WebClient(base_url=NOWHERE)
    return build_app(client, access, BOT, Receiver(BOT, at_hand.inbox), listeners, register)


@pytest.fixture
def app(at_hand: AtHand) -> Iterator[App]:
    with ThreadPoolExecutor(2) as listeners:
        yield make_app(at_hand, listeners)


def deliver(app: App, body: dict[str, object]) -> int:
    """The status of a delivery; Slack hears an acknowledgement only for 200."""
    return app.dispatch(BoltRequest(body=body, mode="socket_mode")).status


def test_a_question_is_claimed_by_the_time_it_is_acknowledged(app: App, at_hand: AtHand) -> None:
    assert deliver(app, MENTION) == 200
    assert at_hand.waits() == [Plan.ANSWER]


def test_edits_stops_and_deletions_are_noted_by_the_time_they_are_acknowledged(
    app: App, at_hand: AtHand
) -> None:
    stop = event_body(
        "EvStop",
        type="agent_session_stopped",
        thread_ts="1700000000.000100",
        event_ts="1700000009.000100",
    )
    at_hand.now = NOW
    assert deliver(app, MENTION) == 200
    assert deliver(app, changed_body("<@UBOT> when?", "<@UBOT> where?")) == 200
    assert at_hand.take().asked.text == "where?"

    assert deliver(app, stop) == 200
    at_hand.backlog.recover()
    assert at_hand.waits() == [Plan.STOPPED]

    assert deliver(app, deleted_body("<@UBOT> where?")) == 200
    at_hand.backlog.recover()
    assert at_hand.waits() == [Plan.WITHDRAW]


def test_what_cannot_be_claimed_is_not_acknowledged(app: App, at_hand: AtHand) -> None:
    at_hand.close()

    assert deliver(app, MENTION) == 500


@pytest.mark.parametrize(
    "body",
    [
        event_body(text="talk"),
        event_body(subtype="message_changed"),
        event_body(subtype="message_changed", user=None, message={"user": "U1", "text": "x"}),
        event_body(subtype="message_deleted", deleted_ts="1700000000.000100"),
        event_body(bot_id="B1", user="UBOT"),
        event_body(type="app_home_opened", tab="home"),
        event_body(type="app_context_changed", context={"entities": []}),
        event_body(type="agent_session_title_changed", title="A title"),
        event_body(type="agent_session_stopped", thread_ts="1600000000.000100"),
        event_body(type="no_such_event_yet"),
        {"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1},
    ],
)
def test_everything_else_is_acknowledged_and_left_alone(
    app: App, at_hand: AtHand, body: dict[str, object]
) -> None:
    assert deliver(app, body) == 200
    assert at_hand.waits() == []


@pytest.mark.parametrize("event", ["tokens_revoked", "app_uninstalled"])
def test_the_end_of_the_access_is_acknowledged_and_reported(
    at_hand: AtHand, caplog: pytest.LogCaptureFixture, event: str
) -> None:
    with ThreadPoolExecutor(2) as listeners:
        app = make_app(at_hand, listeners)
        assert deliver(app, event_body(type=event, user=None, channel=None)) == 200

    assert f"slack_access_ended reason={event}" in caplog.text


def test_a_command_is_acknowledged_while_many_listeners_are_slow(at_hand: AtHand) -> None:
    released, begun = threading.Event(), threading.Semaphore(0)

    def slow(ack: Ack) -> None:
        ack()
        begun.release()
        released.wait(timeout=30)

    def quick(ack: Ack) -> None:
        ack()

    def register(app: App) -> None:
        app.command("/slow")(slow)
        app.command("/quick")(quick)

    with ThreadPoolExecutor(LISTENER_THREADS) as listeners:
        app = make_app(at_hand, listeners, register)
        command = {"team_id": "T1", "user_id": "U1", "channel_id": "C1", "text": ""}
        for _ in range(LISTENER_THREADS // 2):
            assert deliver(app, {**command, "command": "/slow"}) == 200
            assert begun.acquire(timeout=10)
        began = time.monotonic()

        assert deliver(app, {**command, "command": "/quick"}) == 200

        assert time.monotonic() - began < 10
        released.set()


def test_settings_of_other_slack_apps_in_the_environment_change_nothing(
    at_hand: AtHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", "1")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "2")
    with ThreadPoolExecutor(2) as listeners:
        assert deliver(make_app(at_hand, listeners), MENTION) == 200
