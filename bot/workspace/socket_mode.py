"""Socket Mode: one-time addresses, the greeting, acknowledgements, and how connections end."""

from __future__ import annotations

import contextlib
import http
import json
import logging
import secrets
import socket
import threading
from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qs, urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import Server, ServerConnection, serve

from bot.workspace.courier import Courier
from bot.workspace.delivery import Envelope
from bot.workspace.faults import Faults
from bot.workspace.payload import JsonObject, JsonValue

_log = logging.getLogger(__name__)

MAX_CONNECTIONS: Final = 10
_LIFE_S: Final = 18_060
"""How long Slack says that a connection will last."""


class _SocketLink:
    """One WebSocket, as the courier uses it."""

    def __init__(self, connection: ServerConnection) -> None:
        self._connection = connection

    @property
    def timeout_reason(self) -> str:
        return "timeout"

    def send(self, envelope: Envelope, frame: str) -> None:
        self.write(frame)

    def write(self, text: str) -> None:
        try:
            self._connection.send(text)
        except ConnectionClosed as closed:
            raise ConnectionResetError(str(closed)) from closed

    def cut(self) -> None:
        """End the connection without a word, as a failing network does."""
        with contextlib.suppress(OSError):
            self._connection.socket.shutdown(socket.SHUT_RDWR)


class SocketModeServer:
    """The WebSocket side of the workspace."""

    def __init__(
        self, app_id: str, courier: Courier, faults: Faults, *, changed: Callable[[], None]
    ) -> None:
        self._app_id = app_id
        self._courier = courier
        self._faults = faults
        self._changed = changed
        self._lock = threading.Lock()
        self._tickets: set[str] = set()
        self._links: list[_SocketLink] = []
        self._total = 0
        self._server: Server | None = None
        self._thread: threading.Thread | None = None

    def start(self, port: int = 0) -> None:
        """Listen on the loopback interface, on any free port when none is given."""
        self._server = serve(
            self._talk,
            "127.0.0.1",
            port,
            process_request=self._check_ticket,
            compression=None,
            close_timeout=1,
            logger=_quiet_logger(),
        )
        self._thread = threading.Thread(
            target=self._server.serve_forever, name="workspace-socket-mode", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Close every connection and stop listening."""
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._thread.join()

    def new_url(self) -> str:
        """Return an address that can be used for one connection."""
        if self._server is None:
            raise RuntimeError("the workspace is not started")
        ticket = secrets.token_urlsafe(24)
        with self._lock:
            self._tickets.add(ticket)
        port = self._server.socket.getsockname()[1]
        return f"ws://127.0.0.1:{port}/link/?ticket={ticket}&app_id={self._app_id}"

    @property
    def open_connections(self) -> int:
        """How many connections the app holds now."""
        with self._lock:
            return len(self._links)

    @property
    def total_connections(self) -> int:
        """How many connections have been opened since the start."""
        with self._lock:
            return self._total

    def drop(self) -> None:
        """Break every connection without a word."""
        for link in self._all_links():
            link.cut()

    def send_disconnect(self, reason: str = "refresh_requested") -> None:
        """Tell the app to leave: `warning`, `refresh_requested` or `link_disabled`."""
        frame: JsonObject = {"type": "disconnect", "reason": reason, "debug_info": _debug_info()}
        for link in self._all_links():
            with contextlib.suppress(OSError):
                link.write(json.dumps(frame))

    def _check_ticket(self, connection: ServerConnection, request: Request) -> Response | None:
        ticket = parse_qs(urlsplit(request.path).query).get("ticket", [""])[0]
        with self._lock:
            is_known = ticket in self._tickets
            self._tickets.discard(ticket)
        if is_known and not self._faults.take_ticket_refusal():
            return None
        return connection.respond(http.HTTPStatus.FORBIDDEN, "the ticket is not valid\n")

    def _talk(self, connection: ServerConnection) -> None:
        link = _SocketLink(connection)
        if not self._enter(link):
            link.write(json.dumps({"type": "disconnect", "reason": "too_many_websockets"}))
            return
        try:
            link.write(json.dumps(self._hello()))
            self._courier.attach(link)
            self._changed()
            for frame in connection:
                self._receive(frame)
        except (ConnectionClosed, OSError):
            _log.info("socket mode connection ended")
        finally:
            self._leave(link)

    def _enter(self, link: _SocketLink) -> bool:
        with self._lock:
            if len(self._links) >= MAX_CONNECTIONS:
                return False
            self._links.append(link)
            self._total += 1
            return True

    def _leave(self, link: _SocketLink) -> None:
        self._courier.detach(link)
        with self._lock:
            self._links.remove(link)
        self._changed()

    def _receive(self, frame: str | bytes) -> None:
        try:
            message: JsonValue = json.loads(frame)
        except ValueError:
            _log.warning("ignored a frame that is not JSON bytes=%s", len(frame))
            return
        if not isinstance(message, dict):
            return
        envelope_id, response = message.get("envelope_id"), message.get("payload")
        if isinstance(envelope_id, str):
            answer = response if isinstance(response, dict) else None
            self._courier.acknowledge(envelope_id, answer)

    def _hello(self) -> JsonObject:
        return {
            "type": "hello",
            "num_connections": self.open_connections,
            "connection_info": {"app_id": self._app_id},
            "debug_info": _debug_info() | {"approximate_connection_time": _LIFE_S},
        }

    def _all_links(self) -> list[_SocketLink]:
        with self._lock:
            return list(self._links)


def _debug_info() -> JsonObject:
    return {"host": "local-workspace", "build_number": 1}


def _quiet_logger() -> logging.Logger:
    logger = logging.getLogger(f"{__name__}.websockets")
    logger.setLevel(logging.CRITICAL)
    return logger
