from __future__ import annotations

import io
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from rich.console import Console

from bot.serve import chat, serve
from bot.settings import load_settings
from bot.workspace.workspace import Workspace
from retrieval.errors import IndexBusyError, UsageError
from retrieval.ingest.pipeline import IndexReport
from tests.bot.examples import QUOTE, FakeServices
from tests.scenarios.harmless import assert_harmless

ROOT = Path(__file__).parents[2]
SERVE = (
    "import sys\nfrom bot.cli import main\nfrom tests.bot.examples import FakeServices\n"
    "sys.exit(main(['serve'], FakeServices()))"
)


@pytest.fixture(autouse=True)
def _folder(empty_folder: Path) -> None:
    pass


def console(stream: io.StringIO) -> Console:
    return Console(file=stream, width=100, markup=False, emoji=False, highlight=False)


def chat_here(typed: str, services: FakeServices | None = None) -> str:
    stream = io.StringIO()
    chat(load_settings(), services or FakeServices(), console(stream), io.StringIO(typed))
    return stream.getvalue()


def serve_here() -> None:
    serve(load_settings(), FakeServices(), console(io.StringIO()))


def process(**variables: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", SERVE],
        env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize(
    ("name", "token", "missing"),
    [
        ("SLACK_BOT_TOKEN", "xoxb-s3cr3t", "SLACK_APP_TOKEN"),
        ("SLACK_APP_TOKEN", "xapp-s3cr3t", "SLACK_BOT_TOKEN"),
        ("SLACK_SIGNING_SECRET", "s3cr3ts3cr3ts3cr3t", "SLACK_BOT_TOKEN"),
    ],
)
def test_one_token_without_the_other_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, token: str, missing: str
) -> None:
    monkeypatch.setenv(name, token)
    with pytest.raises(UsageError) as caught:
        serve_here()
    assert f"{missing} is not" in caught.value.message
    assert "s3cr3t" not in str(caught.value)


def test_without_tokens_one_can_talk_to_the_bot_at_once() -> None:
    shown = chat_here("@onrecord When did the bridge open?\n")
    assert "112 passages" in shown
    assert "local workspace" in shown
    assert QUOTE in " ".join(shown.split())


def test_while_another_process_indexes_what_is_published_is_served() -> None:
    class Busy(FakeServices):
        def index(self, *_: object, **__: object) -> IndexReport:
            raise IndexBusyError("Another process is writing the index.", "Wait.")

    shown = chat_here("@onrecord When did the bridge open?\n", Busy())
    assert "Another process is writing the index. Serving what is published." in shown
    assert QUOTE in " ".join(shown.split())


def test_a_taken_port_is_named_with_the_setting_to_change(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("ONRECORD_WORKSPACE_PORT", str(port))
        with pytest.raises(UsageError, match=rf"port {port}.*ONRECORD_WORKSPACE_PORT"):
            serve_here()


def test_without_tokens_the_workspace_is_a_page_until_it_is_told_to_stop() -> None:
    served = process()
    try:
        assert served.stdout is not None
        lines = iter(served.stdout.readline, b"")
        address = next(found for line in lines if (found := re.search(rb"http://\S+/", line)))
        with urllib.request.urlopen(address.group().decode(), timeout=10) as page:
            shown = page.read().decode()
        served.send_signal(signal.SIGTERM)
        _, err = served.communicate(timeout=30)
    finally:
        served.kill()
        served.wait()
    assert "<html" in shown
    assert served.returncode == 0, err.decode()
    assert b"Traceback" not in err


def test_with_tokens_it_answers_in_slack_until_it_is_told_to_stop() -> None:
    with Workspace() as slack:
        bot = process(
            SLACK_BOT_TOKEN=slack.bot_token,
            SLACK_APP_TOKEN=slack.app_token,
            SLACK_API_URL=slack.api_url,
        )
        try:
            channel = slack.channel_id("general")
            asked = slack.post_as(slack.member.id, channel, f"<@{slack.bot.id}> When?")
            answered = slack.wait_for(lambda: bool(slack.replies(channel, asked)), 30)
            bot.send_signal(signal.SIGTERM)
            out, err = bot.communicate(timeout=30)
        finally:
            bot.kill()
            bot.wait()
    assert answered, err.decode()
    assert bot.returncode == 0, err.decode()
    assert QUOTE in str(slack.replies(channel, asked)[0])
    assert_harmless(slack)
    assert slack.bot_token not in (out + err).decode()
    assert QUOTE not in err.decode()


def test_a_refused_token_ends_with_2_and_the_remedy() -> None:
    with Workspace() as slack:
        bot = process(
            SLACK_BOT_TOKEN="xoxb-not-this-one",
            SLACK_APP_TOKEN=slack.app_token,
            SLACK_API_URL=slack.api_url,
        )
        _, err = bot.communicate(timeout=60)
    assert bot.returncode == 2
    assert b"SLACK_BOT_TOKEN" in err
    assert b"Traceback" not in err
    assert b"not-this-one" not in err
