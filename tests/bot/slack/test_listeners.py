from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from slack_bolt import App, BoltRequest
from slack_sdk import WebClient

from bot.slack.connect import SlackAccess
from bot.slack.inbox import Inbox, Plan
from bot.slack.listeners import Receiver, build_app
from tests.bot.slack.examples import BOT, event_body

NOWHERE = "http://127.0.0.1:9/api/"


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    inbox = Inbox(tmp_path / "bot.sqlite3", queue_limit=10)
    yield inbox
    inbox.close()


@pytest.fixture
def app(inbox: Inbox) -> Iterator[App]:
    with ThreadPoolExecutor(2) as listeners:
        access = SlackAccess("xoxb-1", "xapp-1", NOWHERE)
        client = WebClient(base_url=NOWHERE)
        yield build_app(client, access, BOT, Receiver(BOT, inbox), listeners)


def deliver(app: App, body: dict[str, object]) -> int:
    """The status of a delivery; Slack hears an acknowledgement only for 200."""
    return app.dispatch(BoltRequest(body=body, mode="socket_mode")).status


def test_a_question_is_claimed_by_the_time_it_is_acknowledged(app: App, inbox: Inbox) -> None:
    assert deliver(app, event_body(type="app_mention", text="<@UBOT> when?")) == 200
    assert inbox.take([Plan.ANSWER], timeout_s=0) is not None


def test_what_cannot_be_claimed_is_not_acknowledged(app: App, inbox: Inbox) -> None:
    inbox.close()

    assert deliver(app, event_body(type="app_mention", text="<@UBOT> when?")) == 500


@pytest.mark.parametrize(
    "body",
    [
        event_body(text="talk"),
        event_body(subtype="message_changed"),
        event_body(subtype="message_changed", user=None, message={"user": "U1", "text": "x"}),
        event_body(bot_id="B1", user="UBOT"),
        event_body(type="app_home_opened", tab="home"),
        event_body(type="no_such_event_yet"),
        {"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1},
    ],
)
def test_everything_else_is_acknowledged_and_left_alone(
    app: App, inbox: Inbox, body: dict[str, object]
) -> None:
    assert deliver(app, body) == 200
    assert inbox.take(list(Plan), timeout_s=0) is None


def test_settings_of_other_slack_apps_in_the_environment_change_nothing(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", "1")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "2")
    access = SlackAccess("xoxb-1", "xapp-1", NOWHERE)
    with ThreadPoolExecutor(2) as listeners:
        client = WebClient(base_url=NOWHERE)
        app = build_app(client, access, BOT, Receiver(BOT, inbox), listeners)

        assert deliver(app, event_body(type="app_mention", text="<@UBOT> when?")) == 200
