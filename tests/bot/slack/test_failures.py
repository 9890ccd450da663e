from __future__ import annotations

from http.client import RemoteDisconnected

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookResponse

from bot.slack.failures import (
    MAX_RETRY_AFTER_S,
    RateLimitedError,
    TooRichError,
    UndeliverableError,
    UnknownOutcomeError,
    done,
    responded,
)


def refusal(status: int, code: str, **headers: str) -> SlackApiError:
    response = SlackResponse(
        client=None,
        http_verb="POST",
        api_url="chat.postMessage",
        req_args={},
        data={"ok": False, "error": code},
        headers=headers,
        status_code=status,
    )
    return SlackApiError("refused", response)


def fail(error: Exception) -> None:
    raise error


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (refusal(200, "channel_not_found"), UndeliverableError),
        (refusal(200, "msg_blocks_too_long"), TooRichError),
        (refusal(200, "internal_error"), UnknownOutcomeError),
        (refusal(200, "ratelimited"), RateLimitedError),
        (refusal(429, "ratelimited"), RateLimitedError),
        (refusal(503, "internal_error"), UnknownOutcomeError),
        (SlackApiError("odd", {"ok": False}), UnknownOutcomeError),
        (ConnectionResetError(), UnknownOutcomeError),
        (TimeoutError(), UnknownOutcomeError),
        (RemoteDisconnected(), UnknownOutcomeError),
    ],
)
def test_each_failure_comes_out_as_what_it_means(
    error: Exception, meaning: type[Exception]
) -> None:
    with pytest.raises(meaning):
        done(lambda: fail(error))


def test_other_errors_come_out_as_they_are() -> None:
    with pytest.raises(ZeroDivisionError):
        done(lambda: fail(ZeroDivisionError()))


@pytest.mark.parametrize(
    ("asked", "waits_s"),
    [("3", 3.0), ("0", 0.0), ("-1", 0.0), ("86400", MAX_RETRY_AFTER_S), ("soon", 1.0)],
)
def test_slack_says_how_long_to_wait_within_bounds(asked: str, waits_s: float) -> None:
    with pytest.raises(RateLimitedError) as limited:
        done(lambda: fail(refusal(429, "ratelimited", **{"Retry-After": asked})))

    assert limited.value.retry_after_s == waits_s


def answer(status: int, body: str) -> WebhookResponse:
    return WebhookResponse(url="", status_code=status, body=body, headers={})


@pytest.mark.parametrize("body", ["ok", "", '{"ok": true}'])
def test_an_answer_that_was_taken_says_so(body: str) -> None:
    responded(answer(200, body))


@pytest.mark.parametrize(
    ("status", "body", "meaning", "code"),
    [
        (404, "expired_url", UndeliverableError, "expired_url"),
        (404, '{"ok": false, "error": "used_url"}', UndeliverableError, "used_url"),
        (200, '{"ok": false, "error": "invalid_blocks"}', TooRichError, "invalid_blocks"),
        (500, "<html>", UnknownOutcomeError, "server_error"),
        (404, "", UndeliverableError, "no_reason"),
    ],
)
def test_an_answer_that_was_refused_says_why(
    status: int, body: str, meaning: type[Exception], code: str
) -> None:
    with pytest.raises(meaning, match=code):
        responded(answer(status, body))
