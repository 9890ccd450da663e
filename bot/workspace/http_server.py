"""The workspace over HTTP: forms, JSON and query strings in, JSON and files out."""

from __future__ import annotations

import contextlib
import json
import logging
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message as Headers
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar, Final
from urllib.parse import parse_qsl, urlsplit

from bot.workspace.errors import SlackError
from bot.workspace.faults import ApiFault, Faults
from bot.workspace.payload import JsonObject, JsonValue
from bot.workspace.vouchers import RESPONSE_PATH

_log = logging.getLogger(__name__)

API_PATH: Final = "/api/"
JSON_TYPE: Final = "application/json; charset=utf-8"
_MAX_BODY_BYTES: Final = 4_000_000
_IDLE_S: Final = 60.0
_POLL_S: Final = 0.05


@dataclass(frozen=True, slots=True)
class Request:
    """What came in: the path asked for, the token, and the arguments."""

    verb: str
    path: str
    token: str
    values: Mapping[str, JsonValue]
    headers: Mapping[str, str]
    """By their names in lower case."""
    is_cut: Callable[[], bool]
    """Whether the server has begun to stop, so that nobody waits for the answer."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes out."""

    body: JsonObject | bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = JSON_TYPE
    cuts_connection: bool = False
    """Close the connection instead of answering."""


Answer = Callable[[Request], Reply]


class HttpServer:
    """An HTTP server on the loopback interface, one thread a connection."""

    def __init__(self, answer: Answer, faults: Faults, *, wake: Callable[[], None]) -> None:
        self._answer = answer
        self._faults = faults
        self._wake = wake
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    def start(self, port: int = 0) -> None:
        """Listen, on any free port when none is given."""
        self._server = _Server(("127.0.0.1", port), self._answer, self._faults)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_POLL_S,), name="workspace-http", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Close every connection and stop listening."""
        if self._server is not None and self._thread is not None:
            self._server.end()
            self._server.close_connections()
            self._wake()
            self._server.server_close()
            self._thread.join()

    @property
    def port(self) -> int:
        """The port that the server listens on."""
        if self._server is None:
            raise RuntimeError("the workspace is not started")
        return int(self._server.server_address[1])


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], answer: Answer, faults: Faults) -> None:
        super().__init__(address, _Handler)
        self.answer = answer
        self.faults = faults
        self.stopping = threading.Event()
        self._open: set[socket.socket] = set()
        self._open_lock = threading.Lock()

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        connection, address = super().get_request()
        with self._open_lock:
            self._open.add(connection)
        return connection, address

    def close_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        with self._open_lock:
            self._open.discard(request)
        super().close_request(request)

    def end(self) -> None:
        """Leave the loop at once: a connection wakes it, where it would sleep for its poll."""
        ending = threading.Thread(target=self.shutdown, name="workspace-http-end")
        ending.start()
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", int(self.server_address[1]))).close()
        ending.join()

    def close_connections(self) -> None:
        self.stopping.set()
        with self._open_lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    timeout: ClassVar[float] = _IDLE_S
    wbufsize = -1  # headers and body leave in one packet

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def log_message(self, format: str, *args: object) -> None:
        _log.debug(format, *args)

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError, TimeoutError):
            super().handle()

    def finish(self) -> None:
        # A client that has hung up takes no answer; its connection is let go all the same.
        with contextlib.suppress(ConnectionError, TimeoutError):
            super().finish()
        self.rfile.close()

    def _serve(self) -> None:
        try:
            request = self._read_request()
        except SlackError as refused:
            self._send(Reply(refused.response()))
            return
        fault = self._fault(request)
        self.server.stopping.wait(fault.delay_s)
        reply = _faulty_reply(fault) or self.server.answer(request)
        if fault.cuts_connection or reply.cuts_connection:
            self._cut()
        else:
            self._send(reply)

    def _fault(self, request: Request) -> ApiFault:
        """Return what shall go wrong; the page, which switches faults on and off, has none."""
        if request.path.startswith((API_PATH, RESPONSE_PATH)):
            return self.server.faults.take_api_fault(request.path.removeprefix(API_PATH))
        return ApiFault()

    def _read_request(self) -> Request:
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > _MAX_BODY_BYTES:
            self.close_connection = True
            raise SlackError("invalid_post_type")
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise ConnectionError("The client died in the middle of its request: nobody asked.")
        address = urlsplit(self.path)
        values: dict[str, JsonValue] = dict(parse_qsl(address.query, keep_blank_values=True))
        values |= _decoded(body, self.headers)
        token = self.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        field_token = values.pop("token", None)
        if not token and isinstance(field_token, str):
            token = field_token
        headers = {name.lower(): value for name, value in self.headers.items()}
        stopping = self.server.stopping
        return Request(self.command, address.path, token, values, headers, stopping.is_set)

    def _send(self, reply: Reply) -> None:
        body = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _cut(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)


def _faulty_reply(fault: ApiFault) -> Reply | None:
    if fault.is_unreachable:
        return Reply({}, cuts_connection=True)
    if fault.status == 429:
        retry_after = {"Retry-After": str(fault.retry_after_s)}
        return Reply({"ok": False, "error": "ratelimited"}, 429, retry_after)
    if fault.status >= 500:
        return Reply({"ok": False, "error": "internal_error"}, fault.status)
    return None


def _decoded(body: bytes, headers: Headers) -> dict[str, JsonValue]:
    if not body:
        return {}
    if headers.get_content_type() == "application/json":
        return _decoded_json(body)
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))
    except ValueError:
        raise SlackError("invalid_form_data") from None


def _decoded_json(body: bytes) -> dict[str, JsonValue]:
    try:
        values: JsonValue = json.loads(body)
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(values, dict):
        raise SlackError("json_not_object")
    return values
