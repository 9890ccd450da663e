"""A provider's real package against a server on this machine: what is sent, what failures do."""

from __future__ import annotations

import json
import logging

import pytest

from retrieval.answer.writing.opening import open_chat
from retrieval.answer.writing.probe import probe
from retrieval.answer.writing.trace import Fate, Outcome, Trace
from tests.retrieval.answer.writing.models import Judge, said
from tests.retrieval.answer.writing.openai_stub import Stub, completion, failure, serving

KEY = "sk-s3cr3t-part"
TRUE = json.dumps(said(("The bridge opened in 1932.", [1])))
LIE = json.dumps(said(("The bridge opened in 1933.", [1])))


@pytest.fixture
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


def asked(stub: Stub, monkeypatch: pytest.MonkeyPatch, timeout_s: float = 10) -> Trace:
    monkeypatch.setenv("OPENAI_BASE_URL", stub.url)
    chat = open_chat("openai:stub", timeout_s=timeout_s, max_tokens=123, judge=Judge())
    return probe(chat.writer)


@pytest.mark.usefixtures("_key")
def test_a_sentence_comes_over_http_with_its_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(completion(TRUE)) as stub:
        trace = asked(stub, monkeypatch)
    assert trace.outcome is Outcome.WRITTEN
    assert [one.fate for one in trace.sentences] == [Fate.POSTED]
    assert (trace.usage.input_tokens, trace.usage.output_tokens) == (120, 15)
    (request,) = stub.requests
    assert request["path"] == "/v1/chat/completions"
    assert (request["temperature"], request["max_completion_tokens"]) == (0, 123)
    assert not request.get("stream")
    assert "The bridge opened in 1932." in request["messages"][-1]["content"]
    assert stub.keys == [f"Bearer {KEY}"]


@pytest.mark.usefixtures("_key")
def test_a_lie_over_http_is_not_posted(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(completion(LIE)) as stub:
        trace = asked(stub, monkeypatch)
    assert trace.outcome is Outcome.NOTHING_HELD
    assert [one.fate for one in trace.dropped] == [Fate.REPLACED]


@pytest.mark.usefixtures("_key")
def test_a_server_without_structured_output_is_asked_for_json(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refused = failure(422, "response_format.type must be text or json_object")
    with serving(refused, completion(TRUE)) as stub:
        trace = asked(stub, monkeypatch)
    assert trace.outcome is Outcome.WRITTEN
    assert "response_format" not in stub.requests[1]
    assert [m["role"] for m in stub.requests[1]["messages"]] == ["system", "user"]


@pytest.mark.usefixtures("_key")
@pytest.mark.parametrize(
    ("status", "message", "problem"),
    [
        (401, f"Incorrect API key provided: {KEY}", "Authentication"),
        (404, "The model does not exist", "NotFound"),
        (429, "Rate limit reached", "RateLimit"),
        (500, "overloaded", "APIError"),
    ],
)
def test_a_refusal_is_one_call_and_tells_no_secret(
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    status: int,
    message: str,
    problem: str,
) -> None:
    caplog.set_level(logging.INFO)
    with serving(failure(status, message)) as stub:
        trace = asked(stub, monkeypatch)
    assert trace.outcome is Outcome.PROVIDER_FAILED
    assert problem in (trace.problem or "")
    assert len(stub.requests) == 1
    assert KEY not in repr(trace)
    assert KEY not in caplog.text


@pytest.mark.usefixtures("_key")
def test_a_server_that_hangs_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving((0, {})) as stub:
        trace = asked(stub, monkeypatch, timeout_s=0.3)
    assert trace.outcome in (Outcome.TIMED_OUT, Outcome.PROVIDER_FAILED)
    assert len(stub.requests) == 1


@pytest.mark.usefixtures("_key")
def test_a_server_that_is_not_there_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as stub:
        pass
    trace = asked(stub, monkeypatch)
    assert trace.outcome is Outcome.PROVIDER_FAILED
    assert "Connection" in (trace.problem or "")
