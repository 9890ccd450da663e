"""Pressing: a relay before a model's server that makes a model write that cannot call tools.

Asked for the form, so small a model mostly returns an empty list, and nothing would be measured.
Here it writes freely, warmed up, and the relay puts its sentences into the form, each with the
numbers of the first quotations: what the gates see is all of what the model says.
"""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

TEMPERATURE = 0.7
_PATIENCE_S = 300.0
_NUMBERED = re.compile(r"^\[(\d+)\] \"", re.MULTILINE)
_NUMBERS = 3
"""Quotations that a sentence is said to rest on: as many as it may."""
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]?")
_MARKER = re.compile(r"^\s*(?:[-*•]|\d+[.)]|\[\d+\])\s*|\[\d+\]|\*\*")
_SHORTEST = 12
"""Characters of what can be a sentence."""


@contextmanager
def pressed(url: str) -> Iterator[str]:
    """A relay to `url` on this machine; yields its base URL, ends with the block."""

    class Relay(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, reply = _answered(f"{url}/{self.path.removeprefix('/v1/')}", raw)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Relay)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _answered(address: str, request: dict[str, Any]) -> tuple[int, bytes]:
    """The server's reply; where a tool was to be called, with the call that it would be."""
    tools = request.pop("tools", None)
    request.pop("tool_choice", None)
    body = json.dumps({**request, "temperature": TEMPERATURE, "seed": 7}).encode()
    asked = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(asked, timeout=_PATIENCE_S) as reply:
            raw = reply.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()
    return 200, _as_call(raw, request, tools[0]["function"]["name"]) if tools else raw


def _as_call(raw: bytes, request: dict[str, Any], name: str) -> bytes:
    completion = json.loads(raw)
    choice = completion["choices"][0]
    shown = _NUMBERED.findall(request["messages"][-1]["content"])
    numbers = [int(number) for number in shown[:_NUMBERS]]
    said = [
        {"text": text, "quotations": numbers} for text in sentences(choice["message"]["content"])
    ]
    function = {"name": name, "arguments": json.dumps({"sentences": said})}
    choice["message"] = {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"id": "1", "type": "function", "function": function}],
    }
    return json.dumps(completion).encode()


def sentences(text: str) -> list[str]:
    """What a model wrote as sentences, without the marks of a list."""
    found = (_MARKER.sub("", part).strip() for part in _SENTENCE.findall(text))
    return [part for part in found if len(part) >= _SHORTEST]
