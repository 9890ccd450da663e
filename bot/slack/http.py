"""HTTP mode: Slack posts events, commands and presses, each signed, to one address.

`Door` is a WSGI application for any server; `HttpMode` serves it with a small server of its own,
meant to stand behind a proxy that speaks https. Several processes may serve the same app from one
data folder.
"""

from __future__ import annotations

import errno
import io
import logging
import re
import socketserver
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk.signature import SignatureVerifier

from bot.slack.logs import where
from retrieval.errors import UsageError

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger(__name__)

PATH = "/slack/events"
HEALTH_PATH = "/health"
MAX_BODY_BYTES = 2_000_000
MAX_CONNECTIONS = 64
_IDLE_S = 10.0

_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
_LENGTH = re.compile(r"[0-9]{1,9}")


class Door:
    """A WSGI application that lets in only what Slack has signed a moment ago.

    Bolt would check the signature too, but fails on odd headers and logs the bodies of forgeries.
    """

    def __init__(self, app: App, signing_secret: str) -> None:
        self._handler = SlackRequestHandler(app, path=PATH)
        self._verifier = SignatureVerifier(signing_secret)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        method, path = environ.get("REQUEST_METHOD"), environ.get("PATH_INFO")
        if path == HEALTH_PATH:
            return _reply(start_response, "200 OK")
        if path != PATH:
            return _reply(start_response, "404 Not Found")
        if method != "POST":
            return _reply(start_response, "405 Method Not Allowed")
        length = str(environ.get("CONTENT_LENGTH", ""))
        if not _LENGTH.fullmatch(length):
            return _reply(start_response, "411 Length Required")
        if int(length) > MAX_BODY_BYTES:
            return _reply(start_response, "413 Content Too Large")
        try:
            body = environ["wsgi.input"].read(int(length))
        except OSError:
            return _reply(start_response, "408 Request Timeout")
        if not self._is_signed(environ, body):
            log.warning("request_refused reason=signature bytes=%d", len(body))
            return _reply(start_response, "401 Unauthorized")
        environ["wsgi.input"] = io.BytesIO(body)
        try:
            return self._handler(environ, start_response)
        except Exception as error:
            # The Slack edge: what is signed and cannot be read must not end in a trace of bodies.
            log.error("request_failed error=%s", where(error))
            return _reply(start_response, "500 Internal Server Error")

    def _is_signed(self, environ: WSGIEnvironment, body: bytes) -> bool:
        timestamp = str(environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", ""))
        signature = str(environ.get("HTTP_X_SLACK_SIGNATURE", ""))
        if not (_TIMESTAMP.fullmatch(timestamp) and _SIGNATURE.fullmatch(signature)):
            return False
        try:
            return self._verifier.is_valid(body, timestamp, signature)
        except UnicodeDecodeError:
            return False


class HttpMode:
    """Serves a WSGI application from threads of its own."""

    def __init__(self, application: WSGIApplication, host: str, port: int) -> None:
        self._application = application
        self._address = (host, port)
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return self._server.server_port if self._server else self._address[1]

    def open(self, stop: threading.Event) -> bool:
        """Listen."""
        host, port = self._address
        try:
            self._server = _Server(self._address, _Handler)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL):
                raise
            raise UsageError(
                f"Slack's requests cannot be taken at {host}:{port}: {error.strerror}.",
                "Set ONRECORD_HTTP_HOST and ONRECORD_HTTP_PORT to an address that is free.",
            ) from None
        self._server.set_app(self._application)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.1,), name="onrecord-http", daemon=True
        )
        self._thread.start()
        log.info("listening host=%s port=%d path=%s", host, self.port, PATH)
        return True

    def close(self) -> None:
        """Take no more requests; those that came in are answered."""
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = False
    block_on_close = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], handler: type[WSGIRequestHandler]) -> None:
        self._room = threading.BoundedSemaphore(MAX_CONNECTIONS)
        super().__init__(address, handler)

    def server_bind(self) -> None:
        # Without the base class's look-up of the host's name, which may take seconds.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "onrecord", int(self.server_address[1])
        self.setup_environ()

    def process_request(self, request: object, client_address: object) -> None:
        self._room.acquire()
        super().process_request(request, client_address)  # type: ignore[arg-type]  # passed on

    def process_request_thread(self, request: object, client_address: object) -> None:
        try:
            super().process_request_thread(request, client_address)  # type: ignore[arg-type]
        finally:
            self._room.release()

    def handle_error(self, request: object, client_address: object) -> None:
        log.info("request_broken")


class _Handler(WSGIRequestHandler):
    timeout: ClassVar[float] = _IDLE_S

    def log_message(self, format: str, *args: object) -> None:
        log.debug("request %s", format % args)

    def address_string(self) -> str:
        return str(self.client_address[0])


def _reply(start_response: StartResponse, status: str) -> Iterable[bytes]:
    body = status.partition(" ")[2].encode()
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    start_response(status, headers)
    return [body]
