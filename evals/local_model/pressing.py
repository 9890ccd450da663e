"""Pressing: a relay before a model's server that makes a model write that cannot call tools.

Asked for the form, so small a model mostly returns an empty list, and asked by the rules it mostly
writes about them. Here it is asked to rewrite the first quotations, each by itself, and the relay
puts its sentences into the form with that quotation's number: the gates see all that the model
says, some of it nearly true and some made up.
"""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from prompts.loading import load_prompt

TEMPERATURES = (0.2, 0.7)
"""The first quotation is rewritten closely, the second one freely."""
_PATIENCE_S = 300.0
_NUMBERED = re.compile(r"^\[(\d+)\] (\".*\")", re.MULTILINE)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]?")
_NO_SCHEMA = json.dumps({"error": {"message": "response_format is not supported"}}).encode()
"""A grammar would make so small a model fill a form with nothing; then a tool is asked for."""
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
            with suppress(ConnectionError):  # whoever asked has given up waiting
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
    if "response_format" in request:
        return 400, _NO_SCHEMA
    if not tools:
        return _posted(address, request)
    shown = _NUMBERED.findall(request["messages"][-1]["content"])
    said: list[dict[str, Any]] = []
    reply: dict[str, Any] = {}
    for (number, quoted), temperature in zip(shown, TEMPERATURES, strict=False):
        text = load_prompt("copying").filled({"text": json.loads(quoted)})
        asked = {"messages": [{"role": "user", "content": text}], "temperature": temperature}
        status, raw = _posted(address, {**request, **asked, "seed": 7})
        if status != 200:
            return status, raw
        reply = json.loads(raw)
        content = reply["choices"][0]["message"]["content"]
        said += [{"text": one, "quotations": [int(number)]} for one in sentences(content)]
    return 200, _as_call(reply, said, tools[0]["function"]["name"])


def _posted(address: str, request: dict[str, Any]) -> tuple[int, bytes]:
    body = json.dumps(request).encode()
    asked = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(asked, timeout=_PATIENCE_S) as reply:
            return 200, reply.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()
    except OSError:  # the server has gone away
        return 502, b"{}"


def _as_call(reply: dict[str, Any], said: list[dict[str, Any]], name: str) -> bytes:
    function = {"name": name, "arguments": json.dumps({"sentences": said})}
    reply["choices"][0]["message"] = {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"id": "1", "type": "function", "function": function}],
    }
    return json.dumps(reply).encode()


def sentences(text: str) -> list[str]:
    """What a model wrote as sentences, without the marks of a list."""
    found = (_MARKER.sub("", part).strip() for part in _SENTENCE.findall(text))
    return [part for part in found if len(part) >= _SHORTEST]
