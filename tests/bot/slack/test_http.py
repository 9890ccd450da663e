from __future__ import annotations

import hashlib
import hmac
import http.client
import io
import json
import socket
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.slack.connect import SlackAccess
from bot.slack.http import HEALTH_PATH, MAX_BODY_BYTES, PATH, Door, HttpMode
from bot.slack.listeners import Receiver, build_app
from bot.slack.questions import Plan
from tests.bot.slack.examples import BOT, event_body
from tests.bot.slack.questions_at_hand import AtHand

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
BODY = json.dumps(event_body(type="app_mention", text="<@UBOT> when?"))


def register(app: App) -> None:
    @app.command("/onrecord")
    def command(ack: Ack) -> None:
        ack("Heard.")


@pytest.fixture
def door(at_hand: AtHand) -> Iterator[Door]:
    with ThreadPoolExecutor(2) as listeners:
        access = SlackAccess("xoxb-1", signing_secret=SECRET)
        client = WebClient(base_url="http://127.0.0.1:9/api/")
        receiver = Receiver(BOT, at_hand.inbox)
        app = build_app(client, access, BOT, receiver, listeners, register)
        yield Door(app, SECRET)


def now(later_s: int = 0) -> str:
    return str(int(time.time()) + later_s)


def signature(body: str, timestamp: str, secret: str = SECRET) -> str:
    base = f"v0:{timestamp}:{body}".encode()
    return f"v0={hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()}"


def request(
    door: Door,
    body: str | bytes = BODY,
    *,
    path: str = PATH,
    method: str = "POST",
    length: str | None = None,
    content_type: str = "application/json",
    **headers: str,
) -> tuple[str, bytes]:
    """Knock; signed rightly unless other headers are given."""
    raw = body.encode() if isinstance(body, str) else body
    answered: list[str] = []
    text = raw.decode(errors="replace")
    timestamp = headers.get("TIMESTAMP", now())
    signed = {"TIMESTAMP": timestamp, "SIGNATURE": signature(text, timestamp), **headers}
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(raw)) if length is None else length,
        "HTTP_X_SLACK_REQUEST_TIMESTAMP": signed["TIMESTAMP"],
        "HTTP_X_SLACK_SIGNATURE": signed["SIGNATURE"],
        "wsgi.input": io.BytesIO(raw),
    }
    content = b"".join(door(environ, lambda status, headers: answered.append(status)))  # type: ignore[arg-type, func-returns-value]
    return answered[0], content


def status(door: Door, body: str | bytes = BODY, **changes: str) -> int:
    return int(request(door, body, **changes)[0].split()[0])  # type: ignore[arg-type]  # names of headers


def test_what_slack_has_signed_is_claimed(door: Door, at_hand: AtHand) -> None:
    assert status(door) == 200
    assert at_hand.waits() == [Plan.ANSWER]


def test_a_signed_command_is_answered(door: Door) -> None:
    command = {"command": "/onrecord", "text": "", "team_id": "T1", "user_id": "U1"}

    said, content = request(
        door, urlencode(command), content_type="application/x-www-form-urlencoded"
    )

    assert said.startswith("200")
    assert content == b"Heard."


def test_slack_finds_out_whose_address_it_is(door: Door) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c1", "token": "t"})

    said, content = request(door, body)

    assert said.startswith("200")
    assert json.loads(content) == {"challenge": "c1"}


@pytest.mark.parametrize(
    "headers",
    [
        {"TIMESTAMP": ""},
        {"TIMESTAMP": "now"},
        {"TIMESTAMP": "1e9"},
        {"TIMESTAMP": "-1"},
        {"TIMESTAMP": "١٧٠٠٠٠٠٠٠٠"},
        {"TIMESTAMP": "9" * 400},
        {"TIMESTAMP": "1700000000\n"},
        {"SIGNATURE": ""},
        {"SIGNATURE": "v0="},
        {"SIGNATURE": "v0=" + "é" * 64},
        {"SIGNATURE": "v0=" + "0" * 64},
        {"SIGNATURE": "v0=" + "0" * 66},
    ],
)
def test_what_is_not_signed_is_not_let_in(
    door: Door,
    at_hand: AtHand,
    caplog: pytest.LogCaptureFixture,
    headers: dict[str, str],
) -> None:
    assert status(door, **headers) == 401
    assert at_hand.waits() == []
    assert "when?" not in caplog.text


@pytest.mark.parametrize("later_s", [-301, 302])
def test_what_was_signed_at_another_time_is_not_let_in(door: Door, later_s: int) -> None:
    assert status(door, TIMESTAMP=now(later_s)) == 401
    assert status(door, TIMESTAMP=now(later_s // 2)) == 200


def test_what_others_have_signed_or_changed_is_not_let_in(door: Door) -> None:
    moment = now()
    for forged in (
        signature(BODY, moment, secret="another"),
        signature(BODY + " ", moment),
        signature(BODY, moment).upper(),
        signature(BODY, moment).replace("v0", "v1"),
    ):
        assert status(door, TIMESTAMP=moment, SIGNATURE=forged) == 401


@cache
def closed_door() -> Door:
    return Door(App(authorize=lambda: None), SECRET)  # type: ignore[arg-type, return-value]


@given(
    timestamp=st.text(max_size=20),
    signed=st.text(max_size=80),
    body=st.binary(max_size=200),
    length=st.text(max_size=10),
)
def test_no_header_and_no_body_breaks_the_door(
    timestamp: str, signed: str, body: bytes, length: str
) -> None:
    door = closed_door()
    headers = {"TIMESTAMP": timestamp, "SIGNATURE": signed}

    assert status(door, body, **headers) == 401
    assert status(door, body, length=length, **headers) in (401, 411, 413)


def test_signed_nonsense_is_refused_without_a_traceback(door: Door) -> None:
    assert status(door, "[1, 2]") == 500
    assert status(door, b"\xff\xfe") == 401


@pytest.mark.parametrize(
    ("knock", "answer"),
    [
        ({"path": "/"}, 404),
        ({"path": "/slack/events/"}, 404),
        ({"method": "GET"}, 405),
        ({"length": ""}, 411),
        ({"length": "-1"}, 411),
        ({"length": "ten"}, 411),
        ({"length": str(MAX_BODY_BYTES + 1)}, 413),
        ({"path": HEALTH_PATH, "method": "GET"}, 200),
    ],
)
def test_other_knocks_get_what_they_deserve(door: Door, knock: dict[str, str], answer: int) -> None:
    assert status(door, **knock) == answer


@pytest.fixture
def server() -> Iterator[HttpMode]:
    def application(environ: dict[str, object], start_response: object) -> list[bytes]:
        body = environ["wsgi.input"].read(int(str(environ["CONTENT_LENGTH"])))  # type: ignore[attr-defined]
        start_response("200 OK", [("Content-Length", str(len(body)))])  # type: ignore[operator]
        return [body]

    server = HttpMode(application, "127.0.0.1", 0)  # type: ignore[arg-type]  # as a WSGI server calls it
    assert server.open(threading.Event())
    yield server
    server.close()


def test_the_server_answers_many_at_once(server: HttpMode) -> None:
    idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(20)]
    address = f"http://127.0.0.1:{server.port}/"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    with opener.open(address, data=b"hello", timeout=5) as answer:
        assert answer.read() == b"hello"
    for connection in idle:
        connection.close()


def test_the_server_outlives_nonsense(server: HttpMode) -> None:
    for nonsense in (
        b"",
        b"\x00\xff\r\n\r\n",
        b"GET\r\n\r\n",
        b"POST / HTTP/1.1\r\n" + b"a" * 70_000,
    ):
        with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
            connection.sendall(nonsense)
            connection.shutdown(socket.SHUT_WR)

    client = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    client.request("POST", "/", b"still there")
    assert client.getresponse().read() == b"still there"
    client.close()
