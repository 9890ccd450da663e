"""A workspace and the real bot in it, over real HTTP and WebSocket."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.services import Answerer
from bot.slack.app import Limits, running_bot
from bot.slack.connect import SlackAccess
from bot.slack.desk.options import BotOptions
from bot.workspace.workspace import Workspace, WorkspaceOptions
from tests.scenarios.harmless import assert_harmless
from tests.scenarios.nursery import BotProcess, Nursery

QUICK = Limits(post_interval_s=0.0, retry_pause_s=0.05, ping_interval_s=0.2, grace_s=5.0)

StartBot = Callable[..., ExitStack]
StartProcess = Callable[..., BotProcess]


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def ack_timeout_s() -> float:
    """Less than Slack's 3 seconds, so that what is lost is soon delivered again."""
    return 0.5


@pytest.fixture
def workspace(ack_timeout_s: float) -> Iterator[Workspace]:
    options = WorkspaceOptions(ack_timeout_s=ack_timeout_s, retry_delays_s=(0.1,) * 50)
    with Workspace(options) as workspace:
        yield workspace
        assert_harmless(workspace)


@pytest.fixture
def access(workspace: Workspace) -> SlackAccess:
    return SlackAccess(workspace.bot_token, workspace.app_token, workspace.api_url)


@pytest.fixture
def start_bot(workspace: Workspace, access: SlackAccess, tmp_path: Path) -> Iterator[StartBot]:
    """Start a bot on the test's data folder; closing what it returns stops it."""
    with ExitStack() as bots:

        def start(
            answerer: Answerer, options: BotOptions | None = None, **limits: float
        ) -> ExitStack:
            bot = bots.enter_context(ExitStack())
            changed = replace(QUICK, **limits)  # type: ignore[arg-type]  # names of fields
            bot.enter_context(
                running_bot(access, tmp_path, answerer, limits=changed, options=options)
            )
            return bot

        yield start
    assert_harmless(workspace)


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    with closing(Nursery()) as nursery:
        yield nursery


@pytest.fixture
def start_process(nursery: Nursery, access: SlackAccess, tmp_path: Path) -> Iterator[StartProcess]:
    """Start the bot as a process of its own; it is killed at the end."""
    started: list[BotProcess] = []

    def start(point: str = "", calls: int = 0, *, using: SlackAccess | None = None) -> BotProcess:
        started.append(nursery.start(tmp_path, using or access, point, calls))
        return started[-1]

    yield start
    for process in started:
        process.kill()
