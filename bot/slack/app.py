"""The bot in Slack, wired together: Bolt receives, the inbox keeps, workers answer."""

from __future__ import annotations

import logging
import signal
import sqlite3
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Protocol

from bot.services import Answerer
from bot.slack.answering import Answering
from bot.slack.backlog import Backlog
from bot.slack.clients import STATUS_TIMEOUT_S, web_client
from bot.slack.connect import SlackAccess, identify
from bot.slack.desk.desk import Desk, build_handlers
from bot.slack.desk.options import BotOptions
from bot.slack.directory import KNOWN_FOR_S, SlackDirectory
from bot.slack.duties.all import build_duties
from bot.slack.events import BotIdentity
from bot.slack.http import Door, HttpMode
from bot.slack.inbox import Inbox
from bot.slack.listeners import Receiver, build_app
from bot.slack.logs import redact_tokens
from bot.slack.pace import Pace
from bot.slack.poster import Poster
from bot.slack.questions import Questions
from bot.slack.records import RECORDS_FILE, Records
from bot.slack.records.file import lock_file
from bot.slack.rights import Rights
from bot.slack.shift import Shift
from bot.slack.socket_mode import SocketMode
from bot.slack.status import StatusLine
from bot.slack.worker import Workers

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

log = logging.getLogger(__name__)

LISTENER_THREADS = 64
"""Bolt's five would be taken by five slow calls, and no command be acknowledged meanwhile."""
_SWITCH_S = 0.0005
"""Answers are computed in threads that give way only this often. With Python's default, 5 ms, an
acknowledgement took up to 0.96 s beside 100 waiting questions on two busy cores; so, 0.17 s."""
_HOUSEKEEPING_S = 3600.0
_SHOWN_AS_WAITING_S = 1.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the bot does at once, and how long it waits."""

    workers: int = 2
    queue: int = 100
    """Questions waiting above which further ones are told that the bot is busy."""
    answer_timeout_s: float = 60.0
    post_interval_s: float = 1.0
    """Slack takes about one message a second in a channel."""
    retry_pause_s: float = 1.0
    ping_interval_s: float = 2.0
    """The library notices a dropped connection after five unanswered pings, and spins meanwhile."""
    grace_s: float = 20.0
    """How long a stopping bot finishes what it has begun."""
    rights_known_for_s: float = KNOWN_FOR_S
    """How long what Slack says of somebody's rights holds."""
    keep_questions_s: float = 7 * 24 * 3600.0
    """Slack redelivers for a day at most; threads stay conversations for this long."""


class Entrance(Protocol):
    """How Slack's deliveries come in."""

    def open(self, stop: threading.Event) -> bool:
        """Let them in; False when stopped before."""
        ...

    def close(self) -> None:
        """Let no more in."""
        ...


class _NoEntrance:
    """A WSGI server that is not ours lets them in."""

    def open(self, stop: threading.Event) -> bool:
        return True

    def close(self) -> None: ...


class SlackBot:
    """A connected bot; `wait` for its end, or `stop` it."""

    def __init__(
        self,
        access: SlackAccess,
        bot: BotIdentity,
        data_dir: Path,
        questions: Questions,
        records: Records,
        answerer: Answerer,
        limits: Limits,
        options: BotOptions,
    ) -> None:
        self.identity = bot
        self.application: WSGIApplication | None = None
        """In HTTP mode, what a WSGI server calls."""
        self._limits = limits
        self._records = records
        self._backlog = Backlog(questions)
        self._listeners = ThreadPoolExecutor(LISTENER_THREADS, thread_name_prefix="bolt")
        client = web_client(access.api_url, access.bot_token)
        poster = Poster(
            client, interval_s=limits.post_interval_s, first_backoff_s=limits.retry_pause_s
        )
        directory = SlackDirectory(client, bot.team, known_for_s=limits.rights_known_for_s)
        rights = Rights(options.collections, directory)
        inbox = Inbox(
            questions, queue_limit=limits.queue, follows_up=records.channels.follow_ups_on
        )
        handlers = build_handlers(bot, client, poster, inbox, records, answerer, options, rights)
        self._runs = handlers.runs
        self._shift = Shift(
            data_dir / RECORDS_FILE,
            questions,
            self._workers(access, poster, answerer, options, rights),
            duties=build_duties(
                options,
                self._runs,
                poster,
                records,
                answerer,
                rights,
                interval_s=limits.post_interval_s,
            ),
            is_shared=access.takes_requests,
            grace_s=limits.grace_s,
        )
        app = build_app(
            web_client(access.api_url, None),
            access,
            bot,
            Receiver(bot, inbox),
            self._listeners,
            Desk(handlers, poster, records).register,
        )
        self._entrance: Entrance
        if not access.takes_requests:
            self._entrance = SocketMode(app, access, ping_interval_s=limits.ping_interval_s)
            return
        self.application = Door(app, access.signing_secret)
        self._entrance = _NoEntrance()
        if access.http_port is not None:
            self._entrance = HttpMode(self.application, access.http_host, access.http_port)

    def start(self, stop: threading.Event) -> bool:
        """Connect and begin; False when stopped before the connection stood."""
        self._tidy()
        self._shift.start()
        if not self._entrance.open(stop):
            return False
        log.info("connected bot=%s waiting=%d", self.identity.name, self._backlog.unanswered())
        return True

    def wait(self, stop: threading.Event) -> None:
        """Serve until told to stop."""
        while not stop.wait(_HOUSEKEEPING_S):
            self._tidy()

    def stop(self) -> None:
        """Take no more events, finish what is in work, keep the rest for the next start."""
        with ExitStack() as ending:
            # From the last to the first, each whatever the one before has met with.
            ending.callback(self._listeners.shutdown)
            ending.callback(self._shift.stop)
            ending.callback(self._runs.wait, self._limits.grace_s)
            ending.callback(self._entrance.close)
        log.info("stopped waiting=%d", self._backlog.unanswered())

    def _workers(
        self,
        access: SlackAccess,
        poster: Poster,
        answerer: Answerer,
        options: BotOptions,
        rights: Rights,
    ) -> Workers:
        limits, pace = self._limits, Pace(self._limits.workers)
        answering = Answering(
            answerer,
            self._backlog,
            self._records.answers,
            pace,
            rights=rights,
            bot_name=self.identity.name,
            timeout_s=limits.answer_timeout_s,
            has_owners=bool(options.owners_channel),
        )
        status = StatusLine(
            web_client(access.api_url, access.bot_token, STATUS_TIMEOUT_S),
            lambda: self._backlog.waiting(_SHOWN_AS_WAITING_S),
        )
        return Workers(
            self._backlog,
            answering,
            poster,
            status,
            pace,
            self._records.notices,
            count=limits.workers,
            queue_limit=limits.queue,
        )

    def _tidy(self) -> None:
        try:
            self._backlog.forget(self._limits.keep_questions_s)
            self._records.forget()
        except sqlite3.Error as error:
            log.error("housekeeping_failed error=%s", error)


@contextmanager
def running_bot(
    access: SlackAccess,
    data_dir: Path,
    answerer: Answerer,
    *,
    limits: Limits | None = None,
    stop: threading.Event | None = None,
    options: BotOptions | None = None,
) -> Iterator[SlackBot | None]:
    """Run the bot beside the caller; yields None when `stop` was set before Slack was reached."""
    limits, stop, options = limits or Limits(), stop or threading.Event(), options or BotOptions()
    redact_tokens()
    path = data_dir / RECORDS_FILE
    with ExitStack() as opened:
        opened.callback(sys.setswitchinterval, sys.getswitchinterval())
        sys.setswitchinterval(_SWITCH_S)
        if not access.takes_requests:
            # First of all: a second bot on the same data is told at once.
            opened.callback(lock_file(path).release)
        questions = opened.enter_context(closing(Questions(path)))
        records = opened.enter_context(closing(Records.open(path)))
        identity = identify(web_client(access.api_url, access.bot_token), stop)
        if identity is None:
            yield None
            return
        bot = SlackBot(access, identity, data_dir, questions, records, answerer, limits, options)
        opened.callback(bot.stop)
        yield bot if bot.start(stop) else None


def serve(
    access: SlackAccess,
    data_dir: Path,
    answerer: Answerer,
    *,
    limits: Limits | None = None,
    options: BotOptions | None = None,
) -> None:
    """Run the bot until SIGTERM or SIGINT; a second one ends it at once, and loses nothing."""
    stop = threading.Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    with running_bot(access, data_dir, answerer, limits=limits, stop=stop, options=options) as bot:
        if bot is not None:
            bot.wait(stop)
