from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from wsgiref.util import setup_testing_defaults

import pytest

import bot.wsgi
from bot.serve import opened_application
from bot.settings import load_settings
from bot.workspace.workspace import Workspace
from retrieval.errors import UsageError
from tests.bot.examples import FakeServices

SECRET = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def workspace(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    with Workspace() as workspace:
        monkeypatch.setenv("SLACK_BOT_TOKEN", workspace.bot_token)
        monkeypatch.setenv("SLACK_API_URL", workspace.api_url)
        yield workspace


def test_a_server_gets_an_application_that_lives_and_trusts_nobody(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_SIGNING_SECRET", SECRET)
    said: list[str] = []
    with opened_application(load_settings(), FakeServices()) as application:
        for path, method in (("/health", "GET"), ("/slack/events", "POST")):
            environ: dict[str, object] = {"PATH_INFO": path, "REQUEST_METHOD": method}
            environ["CONTENT_LENGTH"] = "0"
            setup_testing_defaults(environ)
            list(application(environ, lambda status, *_: said.append(status)))  # type: ignore[arg-type, return-value, func-returns-value]  # nothing is written
    assert [status[:3] for status in said] == ["200", "401"]


@pytest.mark.parametrize("with_app_token", [True, False])
def test_without_http_mode_it_says_what_is_missing(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, with_app_token: bool
) -> None:
    if with_app_token:
        monkeypatch.setenv("SLACK_APP_TOKEN", workspace.app_token)
        monkeypatch.setenv("SLACK_SIGNING_SECRET", SECRET)
    with (
        pytest.raises(UsageError, match="SLACK"),
        opened_application(load_settings(), FakeServices()),
    ):
        pass


def test_only_the_application_is_offered() -> None:
    with pytest.raises(AttributeError):
        bot.wsgi.__getattr__("app")
