"""What stands before several bot processes in HTTP mode: each request goes to one that listens."""

from __future__ import annotations

import http.client
import itertools
import socket
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])


class Balancer(ThreadingHTTPServer):
    """Sends requests to its ports in turn, past those where nobody answers."""

    daemon_threads = False
    request_queue_size = 128

    def __init__(self, *ports: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.ports = list(ports)
        self._turns = itertools.count()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """Where Slack sends everything."""
        return f"http://127.0.0.1:{self.server_address[1]}/slack/events"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()

    def forward(self, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, str, bytes]:
        """Send a request on; 502 when nobody answers it."""
        first = next(self._turns)
        for n in range(len(self.ports)):
            connection = http.client.HTTPConnection(
                "127.0.0.1", self.ports[(first + n) % len(self.ports)], timeout=5
            )
            with suppress(OSError, http.client.HTTPException):
                connection.request("POST", path, body, headers)
                response = connection.getresponse()
                content = response.read()
                return response.status, response.headers.get("Content-Type", ""), content
            connection.close()
        return 502, "text/plain", b""


class _Handler(BaseHTTPRequestHandler):
    server: Balancer
    timeout = 5
    wbufsize = -1

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status, kind, content = self.server.forward(self.path, body, dict(self.headers))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None: ...
