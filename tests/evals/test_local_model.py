from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from evals.local_model.__main__ import was_heard
from evals.local_model.pressing import pressed
from evals.local_model.trial import Tried
from evals.sets import Kind, SetQuestion
from retrieval.answer.writing.trace import Fate, Handled, Outcome, Trace

SAID = "The pier opened in 1931. 1. It was built by Norden.\n"
HEARD: list[dict[str, Any]] = []


class Model(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        HEARD.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        reply = json.dumps({"choices": [{"message": {"content": SAID}}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def relay() -> Iterator[str]:
    HEARD.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Model)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    with pressed(f"http://127.0.0.1:{server.server_port}/v1") as url:
        yield url
    server.shutdown()
    thread.join()
    server.server_close()


def asked(url: str, **more: Any) -> Any:
    content = '[1] "The pier opened in 1931."\n[2] "Norden built it."\n[3] "It is long."'
    body = {"messages": [{"role": "user", "content": content}], **more}
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{url}/chat/completions", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=10) as reply:
        return json.load(reply)


def test_what_the_model_says_of_each_quotation_names_that_quotation(relay: str) -> None:
    reply = asked(relay, tools=[{"function": {"name": "WrittenAnswer"}}])
    (call,) = reply["choices"][0]["message"]["tool_calls"]
    said = json.loads(call["function"]["arguments"])["sentences"]
    assert [one["quotations"] for one in said] == [[1], [1], [2], [2]]
    assert said[0]["text"] == "The pier opened in 1931."
    assert "The pier opened in 1931." in HEARD[0]["messages"][0]["content"]
    assert "Norden built it." in HEARD[1]["messages"][0]["content"]
    assert "tools" not in HEARD[0]


def test_a_schema_is_refused_so_that_a_tool_is_asked_for(relay: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        asked(relay, response_format={"type": "json_schema"})
    assert caught.value.code == 400
    assert b"response_format" in caught.value.read()
    caught.value.close()


@pytest.mark.parametrize("heard", [True, False])
def test_a_run_in_which_the_model_was_hardly_heard_does_not_count(heard: bool) -> None:
    said = (Handled("It opened.", (1,), Fate.DROPPED),) if heard else ()
    trace = Trace("openai:local", Outcome.PROVIDER_FAILED, (), (), sentences=said)
    tried = Tried(SetQuestion("1", Kind.ANSWERABLE, "When?"), True, trace, (), 1.0)
    assert was_heard([tried]) is heard
    assert not was_heard([])
