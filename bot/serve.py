"""`onrecord serve`: bring the index up to date, then run the bot, in Slack or locally."""

from __future__ import annotations

import errno
import logging
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, TextIO

from bot.services import Answerer, Services
from retrieval.errors import IndexBusyError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from bot.settings import Settings
    from bot.slack.app import Limits
    from bot.slack.connect import SlackAccess
    from bot.workspace.workspace import Workspace

_OWN_LOGGERS = ("bot", "retrieval")


def serve(
    settings: Settings, services: Services, console: Console, typed: TextIO | None = None
) -> None:
    """Serve until stopped; without Slack tokens, until the chat on `typed` (stdin) ends."""
    access = _slack_access(settings)
    _bring_up_to_date(settings, services, console)
    with services.answerer(settings) as answerer:
        if access is not None:
            _log(settings.log_level)
            _serve_slack(settings, access, answerer, console)
        else:
            chosen = "log_level" in settings.model_fields_set
            _log(settings.log_level if chosen else "WARNING")  # the chat stays readable
            _serve_locally(settings, answerer, console, sys.stdin if typed is None else typed)


def _slack_access(settings: Settings) -> SlackAccess | None:
    """Both tokens, or nothing; one alone is a mistake that nobody would notice for hours."""
    bot, app = settings.slack_bot_token, settings.slack_app_token
    if bot is None and app is None:
        return None
    if bot is None or app is None:
        has, lacks = (
            ("SLACK_APP_TOKEN", "SLACK_BOT_TOKEN")
            if bot is None
            else ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")
        )
        raise UsageError(
            f"{has} is set, but {lacks} is not.",
            f"Set {lacks} as well to connect to Slack, or neither for the local workspace.",
        )
    from bot.slack.connect import SlackAccess

    return SlackAccess(bot.get_secret_value(), app.get_secret_value(), settings.slack_api_url)


def _bring_up_to_date(settings: Settings, services: Services, console: Console) -> None:
    from bot.progress import progress_bar
    from bot.terminal import print_report

    try:
        with progress_bar() as progress:
            report = services.index(settings, dry_run=False, progress=progress)
    except IndexBusyError as busy:
        # What is published is served meanwhile; without any, opening it says so.
        console.print(f"{busy.message} Serving what is published.", soft_wrap=True)
        return
    print_report(console, report, dry_run=False)


def _log(level: str) -> None:
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    for name in _OWN_LOGGERS:
        logging.getLogger(name).setLevel(level)


def _limits(settings: Settings) -> Limits:
    from bot.slack.app import Limits

    return Limits(workers=settings.workers, answer_timeout_s=settings.answer_timeout_s)


def _serve_slack(
    settings: Settings, access: SlackAccess, answerer: Answerer, console: Console
) -> None:
    from bot.slack.app import serve as serve_slack

    console.print(f"Connecting to Slack at {access.api_url}. Ctrl-C stops.", soft_wrap=True)
    serve_slack(access, settings.data_dir, answerer, limits=_limits(settings))


def _serve_locally(settings: Settings, answerer: Answerer, console: Console, typed: TextIO) -> None:
    from bot.slack.app import running_bot
    from bot.slack.connect import SlackAccess
    from bot.workspace.chat import run_chat

    # A workspace lives as long as this process, and so does what the bot remembers of it.
    with (
        _stopped_by_sigterm(),
        _workspace(settings.workspace_port) as workspace,
        tempfile.TemporaryDirectory(prefix="onrecord-") as records,
    ):
        access = SlackAccess(workspace.bot_token, workspace.app_token, workspace.api_url)
        console.print("No Slack tokens are set: this is a local workspace.", soft_wrap=True)
        console.print(f"Its Slack API is at {workspace.api_url}", soft_wrap=True)
        with running_bot(access, Path(records), answerer, limits=_limits(settings)):
            run_chat(workspace, console, typed)


@contextmanager
def _workspace(port: int) -> Iterator[Workspace]:
    from bot.workspace.workspace import Workspace, WorkspaceOptions

    workspace = Workspace(WorkspaceOptions(port=port))
    try:
        workspace.start()
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        raise UsageError(
            f"The local workspace cannot use port {port}: {error.strerror}.",
            "Set ONRECORD_WORKSPACE_PORT to another port, or to 0 for any free one.",
        ) from None
    try:
        yield workspace
    finally:
        workspace.stop()


@contextmanager
def _stopped_by_sigterm() -> Iterator[None]:
    """End the block on SIGTERM and on Ctrl-C as at the end of the chat."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        return
    finally:
        signal.signal(signal.SIGTERM, before)
