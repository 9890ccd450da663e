"""Tells the app over HTTP what happens: signed requests to the address that it gives to Slack."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import logging
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from bot.workspace.courier import Courier
from bot.workspace.delivery import COMMANDS, EVENTS, Envelope
from bot.workspace.faults import Faults
from bot.workspace.payload import JsonObject, JsonValue

_log = logging.getLogger(__name__)

_AT_ONCE: Final = 16
_FIRST_PAUSE_S: Final = 0.05
_LONGEST_PAUSE_S: Final = 1.0
_MAX_ANSWER_BYTES: Final = 1_000_000
_FORM: Final = "application/x-www-form-urlencoded"
_JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the app has answered."""

    status: int
    headers: Mapping[str, str]
    body: str


class HttpDelivery:
    """Sends what the courier hands over, once the app has proved that the address is its own."""

    def __init__(
        self,
        url: str,
        signing_secret: str,
        courier: Courier,
        faults: Faults,
        *,
        timeout_s: float,
        changed: Callable[[], None],
    ) -> None:
        self._url = urlsplit(url)
        self._secret = signing_secret
        self._courier = courier
        self._faults = faults
        self._timeout_s = timeout_s
        self._changed = changed
        self._stopping = threading.Event()
        self._verified = threading.Event()
        self._senders = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="workspace-delivery")
        self._thread = threading.Thread(target=self._verify, name="workspace-verify", daemon=True)

    @property
    def is_verified(self) -> bool:
        """Whether the app has answered the challenge."""
        return self._verified.is_set()

    @property
    def timeout_reason(self) -> str:
        """What a retry after a missing answer gives as its reason."""
        return "http_timeout"

    def start(self) -> None:
        """Begin to ask the app whether the address is its own; it may still be starting."""
        self._thread.start()

    def stop(self) -> None:
        """Send nothing more; what is under way comes to its end."""
        self._stopping.set()
        self._courier.detach(self)
        self._thread.join()
        self._senders.shutdown(cancel_futures=True)

    def send(self, envelope: Envelope, frame: str) -> None:
        """Send an envelope from a thread of its own."""
        if not self._stopping.is_set():
            self._senders.submit(self._deliver, envelope)

    def _verify(self) -> None:
        pause_s = _FIRST_PAUSE_S
        while not self._is_ours():
            if self._stopping.wait(pause_s):
                return
            pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)
        self._verified.set()
        self._courier.attach(self)
        self._changed()

    def _is_ours(self) -> bool:
        challenge = secrets.token_urlsafe(24)
        question: JsonObject = {"token": "local-workspace", "challenge": challenge}
        body = json.dumps(question | {"type": "url_verification"})
        try:
            answer = self._post(_JSON, body)
        except (OSError, http.client.HTTPException):
            return False
        return answer.status == 200 and _challenge(answer) == challenge

    def _deliver(self, envelope: Envelope) -> None:
        try:
            answer = self._post(*_content(envelope), _retry_headers(envelope))
        except TimeoutError:
            self._courier.fail(envelope.id, "http_timeout")
        except (OSError, http.client.HTTPException):
            self._courier.fail(envelope.id, "connection_failed")
        else:
            self._take(envelope, answer)

    def _take(self, envelope: Envelope, answer: _Answer) -> None:
        if 200 <= answer.status < 300:
            self._courier.acknowledge(envelope.id, _response(answer))
            return
        _log.warning("the app answers status=%d kind=%s", answer.status, envelope.kind)
        is_final = answer.headers.get("x-slack-no-retry") == "1"
        self._courier.fail(envelope.id, "http_error", is_final=is_final)

    def _post(
        self, content_type: str, body: str, headers: Mapping[str, str] | None = None
    ) -> _Answer:
        if self._faults.is_cut_off:
            raise ConnectionRefusedError("the workspace is cut off")
        url, timestamp = self._url, str(int(time.time()))
        connection = http.client.HTTPConnection(
            url.hostname or "", url.port or 80, timeout=self._timeout_s
        )
        try:
            connection.request(
                "POST",
                url.path or "/",
                body.encode(),
                {
                    "Content-Type": content_type,
                    "User-Agent": "Slackbot 1.0 (local workspace)",
                    "X-Slack-Request-Timestamp": timestamp,
                    "X-Slack-Signature": signature(self._secret, timestamp, body),
                    **(headers or {}),
                },
            )
            response = connection.getresponse()
            text = response.read(_MAX_ANSWER_BYTES).decode(errors="replace")
        finally:
            connection.close()
        named = {name.lower(): value for name, value in response.getheaders()}
        return _Answer(response.status, named, text)


def signature(secret: str, timestamp: str, body: str) -> str:
    """Sign a request as Slack does."""
    base = f"v0:{timestamp}:{body}".encode()
    return f"v0={hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()}"


def _content(envelope: Envelope) -> tuple[str, str]:
    """Return the content type and the body: JSON for events, a form for what people do."""
    if envelope.kind == EVENTS:
        return _JSON, json.dumps(envelope.payload)
    if envelope.kind == COMMANDS:
        return _FORM, urlencode({name: str(value) for name, value in envelope.payload.items()})
    return _FORM, urlencode({"payload": json.dumps(envelope.payload)})


def _retry_headers(envelope: Envelope) -> dict[str, str]:
    if not envelope.retries:
        return {}
    return {
        "X-Slack-Retry-Num": str(envelope.retries),
        "X-Slack-Retry-Reason": envelope.retry_reason,
    }


def _response(answer: _Answer) -> JsonObject | None:
    """Read what came with the acknowledgement; words that are not JSON are a message."""
    try:
        body: JsonValue = json.loads(answer.body)
    except ValueError:
        body = {"text": answer.body} if answer.body.strip() else None
    return body if isinstance(body, dict) and body else None


def _challenge(answer: _Answer) -> str:
    """Find the challenge in an answer: plain, as JSON, or as a form."""
    body = answer.body.strip()
    try:
        found: JsonValue = json.loads(body)
    except ValueError:
        found = dict(parse_qsl(body))
    value = found.get("challenge") if isinstance(found, dict) else None
    return value if isinstance(value, str) else body
