"""A chat model as people meet it: on the command line, in the doctor, in the settings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.chat_model import chat_model
from bot.cli import main
from bot.settings import load_settings
from retrieval.errors import OnrecordError
from tests.retrieval.answer.corpora import PRODUCT
from tests.retrieval.answer.writing.models import said
from tests.retrieval.answer.writing.openai_stub import Stub, completion, failure, serving

KEY = "sk-s3cr3t-part"
ASKED = "How long does the warranty of the Aquila 300 last?"
QUOTED = "The warranty lasts 36 months from the date of purchase."
WRITTEN = "From the date of purchase, the warranty lasts 36 months."
LIE = "From the date of purchase, the warranty lasts 99 years."


@pytest.fixture
def corpus(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for source, text in PRODUCT.items():
        path = empty_folder / "corpus" / source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_BASE"):
        monkeypatch.setenv(name, "")  # what lends to providers is undone with it
        monkeypatch.delenv(name)
    return empty_folder


def configure(stub: Stub, **more: str) -> None:
    values = {"ONRECORD_CHAT_MODEL": "openai:stub", "OPENAI_BASE_URL": stub.url}
    values |= {"OPENAI_API_KEY": KEY, **more}
    Path(".env").write_text("".join(f"{name}={value}\n" for name, value in values.items()))


def test_ask_writes_and_explains_what_it_dropped(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["index"]) == 0
    reply = completion(json.dumps(said((WRITTEN, [1]), (LIE, [1]))))
    with serving(reply, reply) as stub:
        configure(stub)
        capsys.readouterr()
        assert main(["ask", "--json", "--explain", ASKED]) == 0
        value = json.loads(capsys.readouterr().out)
        assert main(["ask", "--explain", ASKED]) == 0
        shown = capsys.readouterr().out
    assert [s for s in value["sentences"] if s["kind"] == "written"] == [
        {"text": WRITTEN, "kind": "written", "citations": [1]}
    ]
    assert value["citations"][0]["quote"] == QUOTED
    trace = value["explanation"]["written"]
    assert [one["fate"] for one in trace["sentences"]] == ["posted", "replaced"]
    assert trace["usage"]["input_tokens"] == 120
    assert dict(trace["prompts"]).keys() >= {"writing_rules", "writing_request"}
    assert f"[1] {WRITTEN}" in shown
    assert "replaced by the gate carried (number" in shown
    assert LIE in shown
    assert "tokens 120 in and 15 out" in shown
    assert KEY not in shown + json.dumps(value)


def test_a_model_that_fails_leaves_quotations_and_says_so(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["index"]) == 0
    with serving(failure(429, "Rate limit reached")) as stub:
        configure(stub)
        capsys.readouterr()
        assert main(["ask", ASKED]) == 0
    shown = capsys.readouterr().out
    assert "The chat model failed, so the documents are quoted:" in shown
    assert f"“{QUOTED}”" in shown


def test_a_claim_is_checked_without_the_chat_model(corpus: Path) -> None:
    assert main(["index"]) == 0
    with serving() as stub:
        configure(stub)
        assert main(["check", QUOTED]) == 0
    assert stub.requests == []


def test_a_missing_key_is_named(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["index"]) == 0
    Path(".env").write_text("ONRECORD_CHAT_MODEL=openai:gpt-4.1-mini\n")
    assert main(["ask", ASKED]) == 1
    assert "OPENAI_API_KEY" in capsys.readouterr().err


def test_a_missing_package_is_named(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["index"]) == 0
    Path(".env").write_text("ONRECORD_CHAT_MODEL=anthropic:claude-haiku-4-5\n")
    assert main(["ask", ASKED]) == 1
    assert "pip install 'onrecord[anthropic]'" in capsys.readouterr().err


def test_the_doctor_asks_one_tiny_question(corpus: Path) -> None:
    with serving(completion(json.dumps(said(("The bridge opened in 1932.", [1]))))) as stub:
        configure(stub)
        fact = chat_model(load_settings())
    assert fact.startswith("openai:stub answers in ")
    assert "135 tokens; its test sentence holds" in fact
    assert len(stub.requests) == 1


@pytest.mark.parametrize(
    ("replies", "said_of_it", "remedy"),
    [
        ([failure(401, f"Incorrect API key {KEY}")], "Authentication", "provider's key"),
        ([completion("Sure!"), completion("Sure!")], "not in the form", "tools or write JSON"),
    ],
)
def test_the_doctor_says_what_is_wrong_and_shows_no_key(
    corpus: Path, replies: list[tuple[int, dict[str, object]]], said_of_it: str, remedy: str
) -> None:
    with serving(*replies) as stub:
        configure(stub)
        with pytest.raises(OnrecordError, match=said_of_it) as told:
            chat_model(load_settings())
    assert remedy in told.value.remedy
    assert KEY not in str(told.value)


def test_the_doctor_warns_of_a_limit_that_slack_does_not_wait_for(corpus: Path) -> None:
    with serving(completion(json.dumps(said()))) as stub:
        configure(stub, ONRECORD_ANSWER_TIMEOUT_S="15")
        with pytest.raises(OnrecordError, match="ONRECORD_CHAT_TIMEOUT_S is not well below"):
            chat_model(load_settings())


def test_without_a_chat_model_the_doctor_says_so(corpus: Path) -> None:
    assert "ONRECORD_CHAT_MODEL" in chat_model(load_settings())
