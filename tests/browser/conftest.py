"""The page in a real browser, with a real workspace and the real bot; skipped loudly without."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.slack.desk.options import BotOptions
from bot.workspace.web_api import ALL_SCOPES
from bot.workspace.workspace import Workspace, WorkspaceOptions
from tests.bot.slack.examples import ScriptedAnswerer
from tests.scenarios.conftest import StartBot, access, start_bot

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.seat import Seat

__all__ = ["access", "start_bot"]

_HERE = Path(__file__).parent
_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first draws no window of its own, which takes about half the time."""
_CHROMIUM = next(filter(None, map(shutil.which, _BROWSERS)), None)

Sit = Callable[..., "Seat"]


def _lacking() -> str:
    if find_spec("playwright") is None:
        return "the package playwright is not installed (make setup-dev)"
    return (
        ""
        if _CHROMIUM
        else "there is no chromium on the PATH (apt-get install chromium-headless-shell)"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    lacking = _lacking()
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if lacking:
                item.add_marker(pytest.mark.skip(reason=lacking))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    # What each process has skipped comes together here only.
    skipped = terminalreporter.stats.get("skipped", [])
    ours = [report for report in skipped if "tests/browser/" in report.nodeid]
    if ours:
        terminalreporter.write_line(
            f"NOT RUN: {len(ours)} browser tests, since {_lacking()}.", yellow=True, bold=True
        )


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for all tests here; it ends with them, and so does its event loop."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Inside a container Chromium cannot build a sandbox of its own.
        browser = playwright.chromium.launch(
            executable_path=_CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    options = WorkspaceOptions(ack_timeout_s=0.5, retry_delays_s=(0.1,) * 50, scopes=ALL_SCOPES)
    with Workspace(options) as workspace:
        yield workspace


@pytest.fixture
def sit(chromium: Browser, workspace: Workspace) -> Iterator[Sit]:
    """Sit somebody before the page; at the end, nothing may have gone wrong in any browser."""
    from tests.browser.seat import Seat

    seats: list[Seat] = []

    def take(person: str = "U0MEMBER", place: str = "C0QUESTIONS", **looks: object) -> Seat:
        seat = Seat.take(chromium, workspace, person, place, looks)
        seats.append(seat)
        return seat

    yield take
    for seat in seats:
        assert seat.trouble == []
        seat.leave()


@pytest.fixture
def answerer() -> ScriptedAnswerer:
    return ScriptedAnswerer()


@pytest.fixture
def bot(start_bot: StartBot, workspace: Workspace, answerer: ScriptedAnswerer) -> ScriptedAnswerer:
    """A bot that answers with what it was asked; Admin may administer it."""
    options = BotOptions(
        admins=frozenset({workspace.admin.id}), owners_channel=workspace.channel_id("owners")
    )
    start_bot(answerer, options)
    return answerer


@pytest.fixture
def seat(sit: Sit, bot: ScriptedAnswerer) -> Seat:
    """Member in #questions, with the bot there."""
    return sit()
