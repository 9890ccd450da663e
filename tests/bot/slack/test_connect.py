from __future__ import annotations

import logging
import socket
import threading
from pathlib import Path

import pytest

from bot.slack.app import running_bot
from bot.slack.clients import socket_proxy, web_client
from bot.slack.connect import SlackAccess, identify
from bot.slack.records import RECORDS_FILE
from bot.workspace.workspace import Workspace, WorkspaceOptions
from retrieval.errors import OnrecordError, UsageError
from tests.bot.slack.examples import ScriptedAnswerer


def run(access: SlackAccess, data_dir: Path) -> None:
    with running_bot(access, data_dir, ScriptedAnswerer()):
        pass


def test_the_bot_learns_who_it_is() -> None:
    with Workspace() as workspace:
        bot = identify(web_client(workspace.api_url, workspace.bot_token), threading.Event())

    assert bot is not None
    assert (bot.user, bot.bot_id) == (workspace.bot.id, workspace.bot_id)
    assert bot.url == workspace.api_url.removesuffix("api/")


@pytest.mark.parametrize(
    ("tokens", "says"),
    [
        (("xapp-1", "xapp-1"), r"does not begin with xoxb-.*SLACK_BOT_TOKEN"),
        (("xoxb-1", "xoxb-1"), r"does not begin with xapp-.*SLACK_APP_TOKEN"),
    ],
)
def test_mixed_up_tokens_are_told_apart(tokens: tuple[str, str], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        SlackAccess(*tokens)


def test_without_any_way_in_both_ways_are_named() -> None:
    with pytest.raises(UsageError, match=r"SLACK_APP_TOKEN.*SLACK_SIGNING_SECRET"):
        SlackAccess("xoxb-1")


def test_a_signing_secret_alone_means_that_requests_are_taken() -> None:
    assert SlackAccess("xoxb-1", signing_secret="secret").takes_requests
    assert not SlackAccess("xoxb-1", "xapp-1", signing_secret="secret").takes_requests


def test_a_second_bot_on_the_same_data_is_told_so(tmp_path: Path) -> None:
    with Workspace() as workspace:
        access = SlackAccess(workspace.bot_token, workspace.app_token, workspace.api_url)
        with (
            running_bot(access, tmp_path, ScriptedAnswerer()),
            pytest.raises(UsageError, match="Another bot is serving"),
        ):
            run(access, tmp_path)
        run(access, tmp_path)


def test_a_damaged_file_is_named_with_a_remedy_and_leaves_no_lock(tmp_path: Path) -> None:
    (tmp_path / RECORDS_FILE).write_bytes(b"not a database, " * 100)
    access = SlackAccess("xoxb-1", "xapp-1", "http://127.0.0.1:9/api/")
    for _ in range(2):
        with pytest.raises(OnrecordError, match=r"bot\.sqlite3 cannot be read.*move it away"):
            run(access, tmp_path)


def test_a_port_that_is_taken_is_named_with_the_settings_to_change(tmp_path: Path) -> None:
    with Workspace() as workspace, socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        access = SlackAccess(
            workspace.bot_token,
            api_url=workspace.api_url,
            signing_secret="secret",
            http_port=taken.getsockname()[1],
        )
        with pytest.raises(UsageError, match="ONRECORD_HTTP_PORT"):
            run(access, tmp_path)


def test_a_wrong_bot_token_is_named_with_where_to_find_the_right_one(tmp_path: Path) -> None:
    with Workspace() as workspace:
        access = SlackAccess("xoxb-wrong", workspace.app_token, workspace.api_url)
        with pytest.raises(UsageError, match=r"invalid_auth.*OAuth & Permissions"):
            run(access, tmp_path)


def test_a_wrong_app_token_is_named_with_where_to_find_the_right_one(tmp_path: Path) -> None:
    with Workspace() as workspace:
        access = SlackAccess(workspace.bot_token, "xapp-wrong", workspace.api_url)
        with pytest.raises(UsageError, match=r"invalid_auth.*connections:write"):
            run(access, tmp_path)


def test_while_slack_is_out_of_reach_the_bot_waits_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    client = web_client(f"http://127.0.0.1:{port}/api/", "xoxb-1-2-localworkspace")
    stop = threading.Event()
    named: list[object] = []
    waiting = threading.Thread(target=lambda: named.append(identify(client, stop)))
    waiting.start()
    heard = threading.Event()
    handler = logging.Handler()
    handler.emit = lambda record: heard.set()  # type: ignore[method-assign]
    logging.getLogger("bot.slack.connect").addHandler(handler)

    assert heard.wait(timeout=10)
    stop.set()
    waiting.join(timeout=10)
    logging.getLogger("bot.slack.connect").removeHandler(handler)
    assert named == [None]
    assert "slack_unreachable error=URLError" in caplog.text


def test_a_slack_that_fails_at_first_is_tried_again(tmp_path: Path) -> None:
    with Workspace(WorkspaceOptions()) as workspace:
        workspace.faults.answer_5xx(times=1, method="auth.test")
        client = web_client(workspace.api_url, workspace.bot_token)

        assert identify(client, threading.Event()) is not None


def test_no_proxy_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "127.0.0.1")

    assert socket_proxy("http://127.0.0.1:8080/api/") is None
    assert socket_proxy("https://slack.com/api/") == "http://127.0.0.1:9"
    assert web_client("https://slack.com/api/", "xoxb-1").proxy is None
