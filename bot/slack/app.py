"""The bot in Slack, wired together: Bolt receives, the inbox keeps, workers answer."""

from __future__ import annotations

import logging
import re
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from slack_bolt import App, BoltResponse
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.slack.clients import STATUS_TIMEOUT_S, socket_proxy, web_client
from bot.slack.connect import SlackAccess, identify, open_socket
from bot.slack.events import Asked, BotIdentity, Overheard, read_event
from bot.slack.inbox import Claim, Inbox
from bot.slack.logs import redact_tokens
from bot.slack.poster import Poster
from bot.slack.status import StatusLine
from bot.slack.worker import Answerer, Workers

log = logging.getLogger(__name__)

INBOX_FILE = "bot.sqlite3"
_RECEIVING_THREADS = 10
_RECEIVE_BUFFER_BYTES = 256 * 1024
_HOUSEKEEPING_S = 3600.0

Body = dict[str, object]


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


class Receiver:
    """Claims what Slack delivers, before Slack is told that it arrived."""

    def __init__(self, bot: BotIdentity, inbox: Inbox) -> None:
        self._bot = bot
        self._inbox = inbox

    def receive(self, body: Body) -> None:
        """Claim one event; an exception leaves it unacknowledged, and Slack sends it again."""
        heard = read_event(body, self._bot)
        if isinstance(heard, Overheard):
            self._inbox.overhear(heard)
        elif isinstance(heard, Asked):
            claim = self._inbox.claim(heard)
            level = logging.INFO if claim is Claim.NEW else logging.DEBUG
            log.log(level, "event event_id=%s kind=%s claim=%s", heard.event_id, heard.kind, claim)


def build_app(
    client: WebClient,
    access: SlackAccess,
    bot: BotIdentity,
    receiver: Receiver,
    listeners: Executor,
) -> App:
    """Make the Bolt app. It claims and acknowledges; everything slow is done elsewhere."""

    def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=bot.team,
            bot_user_id=bot.user,
            bot_id=bot.bot_id,
            bot_token=access.bot_token,
        )

    app = App(
        name="onrecord",
        client=client,
        # Given, it also keeps SLACK_CLIENT_ID in the environment from switching to OAuth.
        authorize=authorize,
        listener_executor=listeners,
        logger=_library_log("slack_bolt", logging.ERROR),
    )

    @app.middleware
    def acknowledge_notices(body: Body, next: Callable[[], None]) -> BoltResponse | None:
        # `app_rate_limited` carries no event, so no listener could match it.
        if body.get("type") == "app_rate_limited":
            log.error("slack_drops_events reason=app_rate_limited")
            return BoltResponse(status=200)
        next()
        return None

    # Middleware, since Bolt acknowledges events before it runs their listener.
    def claim(body: Body, next: Callable[[], None]) -> None:
        receiver.receive(body)
        next()

    def acknowledged() -> None: ...

    app.event("app_mention", middleware=[claim])(acknowledged)
    app.event("message", middleware=[claim])(acknowledged)
    # Whatever else the app is subscribed to: unmatched, it would be delivered again.
    app.event(re.compile(".*"))(acknowledged)
    return app


def _library_log(name: str, level: int) -> logging.Logger:
    """Return a library's logger at a level at which it prints no payloads and no chatter."""
    library = logging.getLogger(name)
    library.setLevel(level)
    return library


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
            logger=_library_log("slack_sdk.socket_mode", logging.WARNING),
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
            self._inbox.forget(self._limits.keep_questions_s)

    def stop(self) -> None:
        """Take no more events, finish what is in work, keep the rest for the next start."""
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
    """Run the bot until SIGTERM or SIGINT."""
    stop = threading.Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    with running_bot(access, data_dir, answerer, limits=limits, stop=stop) as bot:
        if bot is not None:
            bot.wait(stop)
