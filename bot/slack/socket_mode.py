"""Socket Mode: the bot connects to Slack, and events come in over that connection."""

from __future__ import annotations

import logging
import select
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.socket_mode.builtin.client import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import Connection
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.slack.clients import socket_proxy
from bot.slack.connect import SlackAccess, open_socket
from bot.slack.logs import library_log, where

log = logging.getLogger(__name__)

_EVENT = "events_api"
_LIBRARY_LOG = "slack_sdk.socket_mode"
_THREADS = 10
_BUFFER_BYTES = 256 * 1024
_LOOK_S = 0.25
_READER_LOOK_S = 0.02
_READER_ENDS_S = 10.0
# Linux tells with POLLRDHUP that the other side has closed, other systems with POLLHUP.
_GONE = select.POLLHUP | select.POLLERR | getattr(select, "POLLRDHUP", 0)


class SocketMode:
    """One connection, replaced whenever it ends."""

    def __init__(self, app: App, access: SlackAccess, *, ping_interval_s: float) -> None:
        self._handler = _InOrder(
            app,
            access.app_token,
            logger=library_log(_LIBRARY_LOG, logging.WARNING),
            ping_interval=ping_interval_s,
            # The library recurses once for each buffer of a burst; its 1 KiB would overflow.
            receive_buffer_size=_BUFFER_BYTES,
        )
        self._client = self._handler.client
        self._client.proxy = socket_proxy(access.api_url)
        self._closing = threading.Event()
        self._watch = threading.Thread(target=self._run, name="onrecord-socket", daemon=True)

    def open(self, stop: threading.Event) -> bool:
        """Connect; False when stopped before the connection stood."""
        # Not `connect`, which would try a refused one-time address again and again.
        connect = self._client.connect_to_new_endpoint
        if not open_socket(lambda: connect(force=True), stop):
            return False
        self._watch.start()
        return True

    def close(self) -> None:
        """Take no more events."""
        # The library reports the end of its own connection as an error.
        library_log(_LIBRARY_LOG, logging.CRITICAL)
        self._closing.set()
        if self._watch.is_alive():
            self._watch.join()
        self._client.closed = True
        self._client.auto_reconnect_enabled = False
        self._end_reading()
        # Its loop looks for its end only once a second, unless there is something in its queue.
        self._client.message_queue.put(None)
        try:
            self._close_all()
        except AttributeError:
            # Its reader let go of the socket between its look and its close; the rest is left.
            self._close_all()

    def _close_all(self) -> None:
        self._handler.close()

    def _run(self) -> None:
        """Replace a connection that was cut.

        The library waits for five unanswered pings, and reads from the dead socket in a busy loop
        meanwhile; what Slack has to deliver then comes a minute later.
        """
        suspect: Connection | None = None
        while not self._closing.wait(_LOOK_S):
            session = self._client.current_session
            if session is None or not _is_gone(session):
                suspect = None
            elif session is not suspect:
                # A second look, so that what came before the cut is read first.
                suspect = session
            else:
                self._replace(session)

    def _replace(self, session: Connection) -> None:
        log.info("connection_lost replacing=yes")
        try:
            with suppress(AttributeError):  # the library's reader was quicker
                session.disconnect()
            self._client.connect_to_new_endpoint()
        except Exception as error:
            # Whatever it is, the library tries again at its next ping.
            log.warning("connection_not_replaced error=%s", where(error))

    def _end_reading(self) -> None:
        """End the library's reader, for which its own closing may wait for ever.

        It holds a lock for up to three seconds, and when it is just beginning it takes back the
        word that it shall end.
        """
        session, reader = self._client.current_session, self._client.current_session_runner
        if session is not None and session.sock is not None:
            with suppress(OSError):
                session.sock.shutdown(socket.SHUT_RDWR)
        reader.event.set()
        deadline = time.monotonic() + _READER_ENDS_S
        while reader.is_alive() and time.monotonic() < deadline:
            self._client.current_session_state.terminated = True
            reader.thread.join(_READER_LOOK_S)


class _InOrder(SocketModeHandler):
    """Hands on events one after the other, and commands and presses beside them.

    Whether a message is for the bot depends on who wrote before in its thread. A command does not
    wait behind a crowd of messages.
    """

    def __init__(self, app: App, app_token: str, **options: Any) -> None:
        super().__init__(app, app_token, concurrency=1, **options)
        self._events = ThreadPoolExecutor(1, thread_name_prefix="onrecord-event")
        self._beside = ThreadPoolExecutor(_THREADS, thread_name_prefix="onrecord-press")

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Take a delivery; the library calls this from one thread."""
        lane = self._events if req.type == _EVENT else self._beside
        lane.submit(self._handle, client, req)

    def close(self) -> None:
        """End the connection, then what is in work."""
        super().close()  # type: ignore[no-untyped-call]  # the library leaves it bare
        self._events.shutdown()
        self._beside.shutdown()

    def _handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:
        try:
            super().handle(client, req)
        except Exception as error:
            # As the library does in its own threads: a failing delivery ends nothing else.
            log.error("delivery_failed type=%s error=%s", req.type, where(error))


def _is_gone(session: Connection) -> bool:
    """Whether the other side has closed or the connection has broken."""
    connection = session.sock
    if connection is None or not hasattr(select, "poll"):
        return False
    poll = select.poll()
    try:
        poll.register(connection, _GONE)
    except (OSError, ValueError):
        return False
    return bool(poll.poll(0))
