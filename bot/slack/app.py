"""The bot in Slack, wired together: Bolt receives, the inbox keeps, workers answer."""

from __future__ import annotations

import logging
import signal
import socket
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.slack.clients import STATUS_TIMEOUT_S, socket_proxy, web_client
from bot.slack.connect import SlackAccess, identify, open_socket
from bot.slack.events import BotIdentity
from bot.slack.inbox import Inbox
from bot.slack.listeners import Receiver, build_app
from bot.slack.logs import library_log, redact_tokens
from bot.slack.poster import Poster
from bot.slack.status import StatusLine
from bot.slack.worker import Answerer, Workers

log = logging.getLogger(__name__)

INBOX_FILE = "bot.sqlite3"
_SOCKET_LOG = "slack_sdk.socket_mode"
_RECEIVING_THREADS = 10
_RECEIVE_BUFFER_BYTES = 256 * 1024
_HOUSEKEEPING_S = 3600.0


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
    keep_questions_s: float = 7 * 24 * 3600.0
    """Slack redelivers for a day at most; threads stay conversations for this long."""


class SlackBot:
    """A connected bot; `wait` for its end, or `stop` it."""

    def __init__(
        self,
        access: SlackAccess,
        bot: BotIdentity,
        inbox: Inbox,
        answerer: Answerer,
        limits: Limits,
    ) -> None:
        self.identity = bot
        self._inbox = inbox
        self._limits = limits
        poster = Poster(
            web_client(access.api_url, access.bot_token),
            interval_s=limits.post_interval_s,
            first_backoff_s=limits.retry_pause_s,
        )
        self._workers = Workers(
            inbox,
            answerer,
            poster,
            StatusLine(web_client(access.api_url, access.bot_token, STATUS_TIMEOUT_S)),
            bot_name=bot.name,
            count=limits.workers,
            answer_timeout_s=limits.answer_timeout_s,
        )
        unauthorized = web_client(access.api_url, None)
        self._listeners = ThreadPoolExecutor(_RECEIVING_THREADS, thread_name_prefix="bolt")
        app = build_app(unauthorized, access, bot, Receiver(bot, inbox), self._listeners)
        self._socket = SocketModeHandler(
            app,
            access.app_token,
            logger=library_log(_SOCKET_LOG, logging.WARNING),
            ping_interval=limits.ping_interval_s,
            # The library recurses once for each buffer of a burst; its 1 KiB would overflow.
            receive_buffer_size=_RECEIVE_BUFFER_BYTES,
            concurrency=_RECEIVING_THREADS,
        )
        self._socket.client.proxy = socket_proxy(access.api_url)

    def start(self, stop: threading.Event) -> bool:
        """Connect and begin; False when stopped before the connection stood."""
        self._inbox.forget(self._limits.keep_questions_s)
        self._workers.start()
        # Not `connect`, which would try a refused one-time address again and again.
        connect = self._socket.client.connect_to_new_endpoint
        if not open_socket(lambda: connect(force=True), stop):
            return False
        log.info("connected bot=%s waiting=%d", self.identity.name, self._inbox.unanswered())
        return True

    def wait(self, stop: threading.Event) -> None:
        """Serve until told to stop."""
        while not stop.wait(_HOUSEKEEPING_S):
            try:
                self._inbox.forget(self._limits.keep_questions_s)
            except sqlite3.Error as error:
                log.error("housekeeping_failed error=%s", error)

    def stop(self) -> None:
        """Take no more events, finish what is in work, keep the rest for the next start."""
        # The library reports the end of its own connection as an error.
        library_log(_SOCKET_LOG, logging.CRITICAL)
        self._end_reading()
        self._socket.close()  # type: ignore[no-untyped-call]  # the library leaves it bare
        self._listeners.shutdown()
        self._workers.stop(self._limits.grace_s)
        log.info("stopped waiting=%d", self._inbox.unanswered())

    def _end_reading(self) -> None:
        # Closing waits for a lock that the library's reader holds for up to three seconds.
        session = self._socket.client.current_session
        if session is not None and session.sock is not None:
            with suppress(OSError):
                session.sock.shutdown(socket.SHUT_RDWR)


@contextmanager
def running_bot(
    access: SlackAccess,
    data_dir: Path,
    answerer: Answerer,
    *,
    limits: Limits | None = None,
    stop: threading.Event | None = None,
) -> Iterator[SlackBot | None]:
    """Run the bot beside the caller; yields None when `stop` was set before Slack was reached."""
    limits, stop = limits or Limits(), stop or threading.Event()
    redact_tokens()
    # Opened before anything that takes time: a second bot on the same data is told at once.
    with closing(Inbox(data_dir / INBOX_FILE, queue_limit=limits.queue)) as inbox:
        identity = identify(web_client(access.api_url, access.bot_token), stop)
        if identity is None:
            yield None
            return
        bot = SlackBot(access, identity, inbox, answerer, limits)
        try:
            yield bot if bot.start(stop) else None
        finally:
            bot.stop()


def serve(
    access: SlackAccess, data_dir: Path, answerer: Answerer, *, limits: Limits | None = None
) -> None:
    """Run the bot until SIGTERM or SIGINT; a second one ends it at once, and loses nothing."""
    stop = threading.Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    with running_bot(access, data_dir, answerer, limits=limits, stop=stop) as bot:
        if bot is not None:
            bot.wait(stop)
