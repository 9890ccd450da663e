"""What it means for a message when Slack refuses a call, fails, or cannot be reached."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from http.client import HTTPException
from typing import TypeVar

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookResponse

log = logging.getLogger(__name__)

MAX_RETRY_AFTER_S = 60.0

_TOO_RICH = frozenset(
    {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"}
)
_SLACK_FAILED = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}
)
_Result = TypeVar("_Result")


class UndeliverableError(Exception):
    """Slack refuses a call for good, or for longer than it may take; `code` is the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class AbandonedError(Exception):
    """The bot stops; what was to be said is said after the next start."""


class RateLimitedError(Exception):
    """Slack wants the call later."""

    def __init__(self, retry_after_s: float) -> None:
        super().__init__(retry_after_s)
        self.code = "ratelimited"
        self.retry_after_s = retry_after_s


class TooRichError(Exception):
    """Slack refuses the blocks; the same in plain text may pass."""


class UnknownOutcomeError(Exception):
    """The call may have been done or not; `reached` says that Slack itself answered."""

    def __init__(self, code: str, *, reached: bool) -> None:
        super().__init__(code)
        self.code = code
        self.reached = reached


def done(call: Callable[[], _Result], log_level: int = logging.WARNING) -> _Result:
    """Make a call; its failures come out as what they mean."""
    try:
        return call()
    except SlackApiError as error:
        raise _meaning(error, log_level) from None
    except (OSError, HTTPException) as error:
        log.log(log_level, "slack_cut error=%s", type(error).__name__)
        raise UnknownOutcomeError(type(error).__name__, reached=False) from None


def responded(response: WebhookResponse) -> None:
    """Raise what the answer of a `response_url` means, unless it is fine."""
    code = _code(response.body)
    if response.status_code != 200 or code:
        log.warning("response_refused status=%d error=%.80s", response.status_code, code)
        raise _refusal(response.status_code, code or "no_reason", response.headers)


def _code(body: str) -> str:
    """The reason in the body of a `response_url`: bare words, or JSON as of the Web API."""
    try:
        answer = json.loads(body)
    except ValueError:
        return "" if body.strip() == "ok" else body.strip()
    is_refused = isinstance(answer, dict) and not answer.get("ok")
    return str(answer.get("error", "")) if is_refused else ""


def _meaning(error: SlackApiError, log_level: int) -> Exception:
    response = error.response
    if not isinstance(response, SlackResponse):
        return UnknownOutcomeError("no_response", reached=True)
    code = str(response.get("error", ""))
    log.log(log_level, "slack_refused status=%d error=%.80s", response.status_code, code)
    return _refusal(response.status_code, code, response.headers)


def _refusal(status: int, code: str, headers: Mapping[str, str]) -> Exception:
    if status == 429 or code == "ratelimited":
        return RateLimitedError(_retry_after_s(headers))
    if status >= 500:
        return UnknownOutcomeError("server_error", reached=False)
    if code in _SLACK_FAILED:
        return UnknownOutcomeError(code, reached=True)
    return TooRichError(code) if code in _TOO_RICH else UndeliverableError(code)


def _retry_after_s(headers: Mapping[str, str]) -> float:
    try:
        asked_s = float(headers.get("Retry-After", "1"))
    except ValueError:
        asked_s = 1.0
    return min(max(asked_s, 0.0), MAX_RETRY_AFTER_S)
