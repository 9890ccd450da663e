from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.contract import (
    answer_json,
    dump,
    malformed_claim,
    malformed_question,
    report_json,
    verdict_json,
)
from retrieval.ingest.pipeline import FailedFile
from retrieval.ingest.report import Changes, Renamed
from tests.bot.examples import QUOTE, answer, refusal, report, verdict

CITATION = {
    "n": 1,
    "source": "city/bridges.md",
    "title": "Bridges",
    "heading": "Bridges › History",
    "page": 3,
    "start": 40,
    "end": 40 + len(QUOTE),
    "quote": QUOTE,
}
ASK_KEYS = [
    "question", "looked_for", "outcome", "reason", "text", "sentences", "citations", "nearest",
    "generation", "elapsed_ms",
]  # fmt: skip


def test_an_answer_has_every_key_in_order() -> None:
    value = answer_json(answer("When?"), 12.345)
    assert list(value) == ASK_KEYS
    assert value == {
        "question": "When?",
        "looked_for": None,
        "outcome": "answered",
        "reason": None,
        "text": f"“{QUOTE}” [1]",
        "sentences": [{"text": QUOTE, "kind": "quote", "citations": [1]}],
        "citations": [CITATION],
        "nearest": [],
        "generation": 7,
        "elapsed_ms": 12.3,
    }
    assert list(CITATION) == list(value["citations"][0])  # type: ignore[index]  # a list, above


def test_a_refusal_has_the_same_keys_and_its_reason() -> None:
    value = answer_json(refusal(), 1)
    assert list(value) == ASK_KEYS
    assert value["outcome"] == "refused"
    assert value["reason"] == "not_answered"
    assert value["text"] == "The documents do not say who."
    assert value["sentences"] == []
    assert value["citations"] == []
    assert value["nearest"] == [CITATION]


def test_a_verdict_has_every_key_in_order() -> None:
    value = verdict_json(verdict("It opened in 1950."), 3)
    assert list(value) == ["claim", "verdict", "text", "citations", "generation", "elapsed_ms"]
    assert value["verdict"] == "contradicted"
    assert value["citations"] == [CITATION]
    assert QUOTE in str(value["text"])


def test_a_report_has_every_key_in_order() -> None:
    assert list(report_json(report()).items()) == [
        ("generation", 7),
        ("sources", 6),
        ("passages", 112),
        ("added", 2),
        ("changed", 1),
        ("removed", 0),
        ("unchanged", 3),
        ("failed", []),
        ("elapsed_s", 0.812),
        ("changes", {"added": [], "changed": [], "renamed": [], "removed": []}),
        ("removes_too_many", False),
    ]
    failed = report_json(report(FailedFile("a.pdf", "It is encrypted. Save it without password.")))
    assert failed["failed"] == [
        {"source": "a.pdf", "error": "It is encrypted. Save it without password.", "runs": 1}
    ]
    changes = Changes(("new.md",), ("old.md",), (Renamed("a.md", "b.md"),), ("gone.md",))
    assert report_json(replace(report(), changes=changes, removes_too_many=True))["changes"] == {
        "added": ["new.md"],
        "changed": ["old.md"],
        "renamed": [{"from": "a.md", "to": "b.md"}],
        "removed": ["gone.md"],
    }


def test_malformed_input_keeps_every_key() -> None:
    question = answer_json(malformed_question("Line 3 is not valid JSON."), 0)
    assert list(question) == ASK_KEYS
    assert (question["outcome"], question["reason"]) == ("refused", "error")
    assert question["text"] == "Line 3 is not valid JSON."
    assert verdict_json(malformed_claim("No."), 0)["verdict"] == "not_in_corpus"


@given(st.text())
def test_json_is_one_line_that_cannot_steer_a_terminal_and_loses_nothing(text: str) -> None:
    line = dump({"text": text})
    assert json.loads(line) == {"text": text}
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in line)
    assert len(line.splitlines()) == 1
