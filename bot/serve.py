"""`onrecord serve`: bring the index up to date, then run the bot, in Slack or locally."""

from __future__ import annotations

import errno
import logging
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, TextIO

from bot.browser import open_page
from bot.environment import tracing_note
from bot.services import Answerer, Services
from retrieval.errors import (
    IndexBusyError,
    NotPublishedError,
    RunCancelledError,
    UsageError,
)

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from rich.console import Console

    from bot.settings import Settings
    from bot.slack.app import Limits
    from bot.slack.connect import SlackAccess
    from bot.slack.desk.options import BotOptions
    from bot.workspace.workspace import Workspace

_OWN_LOGGERS = ("bot", "retrieval")


def serve(settings: Settings, services: Services, console: Console) -> None:
    """Serve until stopped: in Slack when its tokens are set, else in a local workspace."""
    access = _slack_access(settings)
    if note := tracing_note(wanted=settings.tracing):
        console.print(f"{note}.", soft_wrap=True)
    _name_the_unseen(settings, console)
    _bring_up_to_date(settings, services, console)
    with services.answerer(settings) as answerer:
        _log(settings.log_level)
        if access is not None:
            _serve_slack(settings, services, access, answerer, console)
            return
        with _local_bot(settings, services, answerer, console) as workspace:
            console.print(f"Open {workspace.page_url} in a browser. Ctrl-C stops.", soft_wrap=True)
            if settings.open_browser:
                open_page(workspace.page_url)
            threading.Event().wait()


@contextmanager
def opened_application(settings: Settings, services: Services) -> Iterator[WSGIApplication]:
    """The bot as a WSGI application, for a server that is not ours; HTTP mode only."""
    from bot.slack.app import running_bot

    access = _slack_access(settings)
    if access is None or not access.takes_requests:
        raise UsageError(
            "A WSGI server needs HTTP mode.",
            "Set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET, and leave SLACK_APP_TOKEN unset.",
        )
    _log(settings.log_level)
    with (
        services.answerer(settings) as answerer,
        running_bot(
            replace(access, http_port=None),
            settings.data_dir,
            answerer,
            limits=_limits(settings),
            options=_options(settings, services),
        ) as bot,
    ):
        if bot is None or bot.application is None:
            raise UsageError("Slack was not reached.", "`onrecord doctor` says why.")
        yield bot.application


def chat(settings: Settings, services: Services, console: Console, typed: TextIO) -> None:
    """Talk with the bot of a local workspace on the terminal, until the input ends."""
    from bot.workspace.chat import run_chat

    _bring_up_to_date(settings, services, console)
    with services.answerer(settings) as answerer:
        chosen = "log_level" in settings.model_fields_set
        _log(settings.log_level if chosen else "WARNING")  # the chat stays readable
        with _local_bot(settings, services, answerer, console) as workspace:
            run_chat(workspace, console, typed)


def _slack_access(settings: Settings) -> SlackAccess | None:
    """What Slack is reached with; half of it is a mistake that nobody would notice for hours."""
    bot, app, secret = (
        settings.slack_bot_token,
        settings.slack_app_token,
        settings.slack_signing_secret,
    )
    if bot is None and app is None and secret is None:
        return None
    if bot is None:
        has = "SLACK_APP_TOKEN" if app else "SLACK_SIGNING_SECRET"
        raise UsageError(
            f"{has} is set, but SLACK_BOT_TOKEN is not.",
            "Set SLACK_BOT_TOKEN as well to connect to Slack, or neither for the local workspace.",
        )
    if app is None and secret is None:
        raise UsageError(
            "SLACK_BOT_TOKEN is set, but SLACK_APP_TOKEN is not.",
            "Set SLACK_APP_TOKEN as well (or SLACK_SIGNING_SECRET, to receive over HTTP), or"
            " neither for the local workspace.",
        )
    from bot.slack.connect import SlackAccess

    return SlackAccess(
        bot.get_secret_value(),
        app.get_secret_value() if app else "",
        settings.slack_api_url,
        signing_secret=secret.get_secret_value() if secret and not app else "",
        http_host=settings.http_host,
        http_port=settings.http_port,
    )


def _bring_up_to_date(settings: Settings, services: Services, console: Console) -> None:
    from bot.indexing import index_here
    from bot.run_reports import print_report

    try:
        report = index_here(settings, services)
    except (IndexBusyError, RunCancelledError, NotPublishedError) as error:
        # What is published is served meanwhile; without any, opening it says so.
        console.print(f"{error.message} Serving what is published.", soft_wrap=True)
        return
    print_report(console, report, dry_run=False)


def _name_the_unseen(settings: Settings, console: Console) -> None:
    from bot.audiences import read_collections

    for name in read_collections(settings.collections).unseen:
        console.print(f"Nobody may see the collection {name}: it names no audience.")


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


def _folders(settings: Settings) -> tuple[Path, ...]:
    """The corpus folder, and those that collections have elsewhere."""
    from bot.audiences import read_collections

    named = read_collections(settings.collections).folders or {}
    return (settings.corpus_dir, *(f for f in named.values() if f and f.is_absolute()))


def _options(settings: Settings, services: Services) -> BotOptions:
    from bot.audiences import read_collections
    from bot.reindex import index_beside, preview_beside
    from bot.slack.desk.options import BotOptions
    from bot.slack.desk.upkeep import Upkeep
    from retrieval.index.run import cancel, running

    data_dir, every = settings.data_dir, settings.reindex_every
    return BotOptions(
        admins=frozenset(settings.admins),
        trusts_workspace_admins=settings.trust_workspace_admins,
        owners_channel=settings.owners_channel or "",
        notice_days=settings.notice_days,
        reindex_every_s=every.total_seconds() if every else None,
        watched=_folders(settings) if settings.watch else (),
        unwatched=data_dir,
        collections=lambda: read_collections(settings.collections),
        upkeep=Upkeep(
            reindex=partial(index_beside, settings),
            reindex_removing=lambda most: partial(index_beside, settings, allow_removals=most),
            preview=lambda: preview_beside(settings),
            rollback=lambda by: services.rollback(settings, by),
            running=lambda: running(data_dir),
            cancel=lambda by, run_id: cancel(data_dir, by, run_id),
        ),
    )


def _serve_slack(
    settings: Settings,
    services: Services,
    access: SlackAccess,
    answerer: Answerer,
    console: Console,
) -> None:
    from bot.slack.app import serve as serve_slack

    console.print(f"Connecting to Slack at {access.api_url}. Ctrl-C stops.", soft_wrap=True)
    serve_slack(
        access,
        settings.data_dir,
        answerer,
        limits=_limits(settings),
        options=_options(settings, services),
    )


@contextmanager
def _local_bot(
    settings: Settings, services: Services, answerer: Answerer, console: Console
) -> Iterator[Workspace]:
    """A local workspace with the bot in it; Ctrl-C and SIGTERM end the block."""
    from bot.slack.app import running_bot
    from bot.slack.connect import SlackAccess

    # A workspace lives as long as this process, and so does what the bot remembers of it.
    with (
        _stopped_by_sigterm(),
        _workspace(settings.workspace_port) as workspace,
        tempfile.TemporaryDirectory(prefix="onrecord-") as records,
    ):
        access = SlackAccess(workspace.bot_token, workspace.app_token, workspace.api_url)
        options = _options(settings, services)
        local = replace(
            options,
            admins=options.admins | {workspace.admin.id},
            owners_channel=options.owners_channel or workspace.channel_id("owners"),
        )
        console.print("No Slack tokens are set: this is a local workspace.", soft_wrap=True)
        with running_bot(access, Path(records), answerer, limits=_limits(settings), options=local):
            yield workspace


@contextmanager
def _workspace(port: int) -> Iterator[Workspace]:
    from bot.workspace.workspace import Workspace, WorkspaceOptions

    workspace = Workspace(WorkspaceOptions(port=port, enforces_rate_limits=True))
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
