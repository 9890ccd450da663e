"""The app told over signed HTTP, as an app of its own and as Bolt experience it."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from slack_bolt import App, BoltResponse
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web import WebClient

from bot.workspace.errors import SlackError
from bot.workspace.web_api import ALL_SCOPES
from bot.workspace.workspace import Workspace, WorkspaceOptions
from tests.bot.workspace.made import FORM, MANIFEST, button

GENERAL = "C0GENERAL"
MEMBER = "U0MEMBER"
Answer = tuple[int, dict[str, str], str]


@dataclass
class Received:
    """One request as the app has got it."""

    headers: dict[str, str]
    body: str

    @property
    def event(self) -> dict[str, Any]:
        return json.loads(self.body)["event"]


@dataclass
class HttpApp:
    """The smallest app there is behind an address."""

    url: str = ""
    received: list[Received] = field(default_factory=list)
    answers: Callable[[Received], Answer] = lambda request: (200, {}, "")

    def take(self, request: Received) -> Answer:
        if request.headers["content-type"] == "application/json":
            body = json.loads(request.body)
            if body["type"] == "url_verification":
                return 200, {}, json.dumps({"challenge": body["challenge"]})
        self.received.append(request)
        return self.answers(request)


@contextmanager
def serving(app: HttpApp, port: int = 0) -> Iterator[HttpApp]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, extra, text = app.take(Received(headers, body))
            self.send_response(status)
            for name, value in extra.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(ConnectionError):  # the workspace may have given up waiting
                self.wfile.write(text.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    app.url = f"http://127.0.0.1:{server.server_address[1]}/slack/events"
    try:
        yield app
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def told_at(url: str, **options: Any) -> Workspace:
    given = {"retry_delays_s": (0, 0, 0), **options}
    return Workspace(
        WorkspaceOptions(request_url=url, manifest=MANIFEST, scopes=ALL_SCOPES, **given)
    )


@pytest.fixture
def app() -> Iterator[HttpApp]:
    with serving(HttpApp()) as app:
        yield app


@pytest.fixture
def workspace(app: HttpApp) -> Iterator[Workspace]:
    with told_at(app.url) as workspace:
        assert workspace.wait_for(lambda: workspace.is_connected)
        yield workspace


def test_an_event_comes_as_signed_json(workspace: Workspace, app: HttpApp) -> None:
    workspace.post_as(MEMBER, GENERAL, "Grüße")
    assert workspace.wait_until_delivered()
    (request,) = app.received
    assert request.event["text"] == "Grüße"
    assert "x-slack-retry-num" not in request.headers
    verifier = SignatureVerifier(workspace.signing_secret)
    assert verifier.is_valid_request(request.body, request.headers)
    assert not verifier.is_valid_request(request.body + " ", request.headers)


def test_commands_and_presses_come_as_forms(workspace: Workspace, app: HttpApp) -> None:
    workspace.answer_of(workspace.command_as(MEMBER, GENERAL, "/onrecord check a & b"))
    form = parse_qs(app.received[0].body)
    assert (form["command"], form["text"]) == (["/onrecord"], ["check a &amp; b"])
    assert form["is_enterprise_install"] == ["false"]
    web = WebClient(token=workspace.bot_token, base_url=workspace.api_url)
    row = [{"type": "actions", "elements": [button("show")]}]
    ts = str(web.chat_postMessage(channel=GENERAL, text="pick", blocks=row)["ts"])
    workspace.answer_of(workspace.press_as(MEMBER, GENERAL, ts, "show"))
    (form,) = [parse_qs(r.body) for r in app.received if r.body.startswith("payload=")]
    payload = json.loads(form["payload"][0])
    assert payload["actions"][0]["action_id"] == "show"
    verifier = SignatureVerifier(workspace.signing_secret)
    assert all(verifier.is_valid_request(r.body, r.headers) for r in app.received)


@pytest.mark.parametrize(
    "body", ['{"text": "on it"}', "on it", '{"text": "on it", "response_type": "ephemeral"}']
)
def test_the_body_of_an_acknowledgement_is_shown(
    workspace: Workspace, app: HttpApp, body: str
) -> None:
    app.answers = lambda request: (200, {}, body)
    workspace.answer_of(workspace.command_as(MEMBER, GENERAL, "/onrecord help"))
    assert [m.text for m in workspace.ephemerals(MEMBER)] == ["on it"]


def test_a_failure_is_tried_again_with_its_count_and_reason(
    workspace: Workspace, app: HttpApp
) -> None:
    app.answers = lambda request: (200 if len(app.received) == 3 else 500, {}, "")
    workspace.post_as(MEMBER, GENERAL, "hello")
    assert workspace.wait_until_delivered()
    retries = [
        (r.headers.get("x-slack-retry-num"), r.headers.get("x-slack-retry-reason"))
        for r in app.received
    ]
    assert retries == [(None, None), ("1", "http_error"), ("2", "http_error")]
    assert len({json.loads(r.body)["event_id"] for r in app.received}) == 1


def test_an_app_can_refuse_retries(workspace: Workspace, app: HttpApp) -> None:
    app.answers = lambda request: (500, {"X-Slack-No-Retry": "1"}, "")
    workspace.post_as(MEMBER, GENERAL, "hello")
    assert workspace.wait_until_delivered()
    assert len(app.received) == 1
    assert workspace.deliveries()[0].is_lost


def test_a_command_that_fails_is_not_tried_again(workspace: Workspace, app: HttpApp) -> None:
    app.answers = lambda request: (500, {}, "")
    with pytest.raises(SlackError, match="operation_timeout"):
        workspace.answer_of(workspace.command_as(MEMBER, GENERAL, "/onrecord help"))
    assert len(app.received) == 1


def test_an_app_that_takes_too_long_is_told_again(app: HttpApp) -> None:
    enough = threading.Event()

    def answer(request: Received) -> Answer:
        if "x-slack-retry-num" not in request.headers:
            enough.wait(5)
        return 200, {}, ""

    app.answers = answer
    with told_at(app.url, ack_timeout_s=0.2) as workspace:
        workspace.post_as(MEMBER, GENERAL, "hello")
        assert workspace.wait_until_delivered()
        enough.set()
    assert app.received[1].headers["x-slack-retry-reason"] == "http_timeout"


def test_nothing_is_sent_before_the_address_is_proved_to_be_the_apps() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        port = reserved.getsockname()[1]
    with told_at(f"http://127.0.0.1:{port}/slack/events") as workspace:
        workspace.post_as(MEMBER, GENERAL, "anybody there?")
        assert not workspace.wait_for(lambda: workspace.is_connected, 0.1)
        with serving(HttpApp(), port) as app:
            assert workspace.wait_for(lambda: workspace.is_connected)
            assert workspace.wait_until_delivered()
            assert [r.event["text"] for r in app.received] == ["anybody there?"]


def test_an_app_that_is_away_is_told_when_it_is_back(workspace: Workspace, app: HttpApp) -> None:
    with workspace.unreachable():
        workspace.post_as(MEMBER, GENERAL, "lost")
        assert workspace.wait_until_delivered()
    assert workspace.deliveries()[0].is_lost
    assert app.received == []
    workspace.post_as(MEMBER, GENERAL, "heard")
    assert workspace.wait_until_delivered()
    assert [r.event["text"] for r in app.received] == ["heard"]


def test_an_app_that_listens_over_http_gets_no_socket(workspace: Workspace) -> None:
    web = WebClient(token=workspace.app_token, base_url=workspace.api_url)
    with pytest.raises(SlackApiError, match="socket_mode_not_enabled"):
        web.apps_connections_open(app_token=workspace.app_token)
    assert workspace.snapshot(MEMBER)["connection"] == {"open": 1, "total": 1, "mode": "http"}


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def bolt(workspace: Workspace, port: int) -> Iterator[App]:
    client = WebClient(token=workspace.bot_token, base_url=workspace.api_url)
    app = App(client=client, signing_secret=workspace.signing_secret)
    server = make_server("127.0.0.1", port, SlackRequestHandler(app), handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield app
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_bolt_verifies_hears_answers_and_opens_modals() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        port = reserved.getsockname()[1]
    heard: list[str] = []
    url = f"http://127.0.0.1:{port}/slack/events"
    with told_at(url) as workspace, bolt(workspace, port) as app:

        @app.event("app_mention")
        def mention(event: dict[str, Any]) -> None:
            heard.append(event["text"])

        @app.event("message")
        def message() -> None: ...

        @app.command("/onrecord")
        def command(ack: Callable[..., BoltResponse], client: WebClient, body: Any) -> None:
            client.views_open(trigger_id=body["trigger_id"], view=FORM)
            ack("on it")

        @app.view("form")
        def form(ack: Callable[..., BoltResponse]) -> None:
            ack(response_action="errors", errors={"comment": "Say more."})

        assert workspace.wait_for(lambda: workspace.is_connected)
        workspace.post_as(MEMBER, GENERAL, f"{workspace.bot.mention} hello")
        assert workspace.wait_until_delivered()
        workspace.answer_of(workspace.command_as(MEMBER, GENERAL, "/onrecord help"))
        assert [m.text for m in workspace.ephemerals(MEMBER)] == ["on it"]
        workspace.answer_of(workspace.submit_as(MEMBER, {"kind": "wrong"}))
        assert workspace.modal_errors(MEMBER) == {"comment": "Say more."}
    assert heard == ["<@U0ONRECORD> hello"]
