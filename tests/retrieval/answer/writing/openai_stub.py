"""A small server on this machine that speaks as much of OpenAI's API as a chat model needs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass
class Stub:
    """Gives its replies in order, a status and a body each, and remembers what it was sent."""

    replies: list[tuple[int, Mapping[str, Any]]] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    released: Event = field(default_factory=Event)
    """A reply of status 0 comes only when this is set."""
    url: str = ""


def completion(text: str) -> tuple[int, dict[str, Any]]:
    """A reply in which the model says `text`."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text}}
    usage = {"prompt_tokens": 120, "completion_tokens": 15, "total_tokens": 135}
    return 200, {
        "id": "1", "object": "chat.completion", "created": 1, "model": "stub",
        "choices": [{**choice, "finish_reason": "stop"}], "usage": usage,
    }  # fmt: skip


def failure(status: int, message: str) -> tuple[int, dict[str, Any]]:
    """A reply that refuses the request."""
    return status, {"error": {"message": message, "type": "error", "code": None}}


@contextmanager
def serving(*replies: tuple[int, Mapping[str, Any]]) -> Iterator[Stub]:
    """Serve the replies on loopback until the block ends."""
    stub = Stub(list(replies))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            stub.requests.append({"path": self.path, **json.loads(self.rfile.read(length))})
            stub.keys.append(self.headers["Authorization"])
            status, body = stub.replies.pop(0)
            if not status:
                stub.released.wait(30)
                return
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stub.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        stub.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
