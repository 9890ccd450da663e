from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jsonl import MISSING, BadLine, InputLine, read_lines, whole
from retrieval.model import Turn


def read(text: str, *names: str) -> list[InputLine | BadLine]:
    return list(read_lines(io.StringIO(text), names or ("question",)))


def test_a_line_holds_an_id_a_question_and_its_history() -> None:
    value = {"id": 7, "question": "When?", "history": [{"speaker": "user", "text": "Hello"}]}
    assert read(json.dumps(value)) == [InputLine(7, "When?", (Turn("user", "Hello"),))]


def test_an_id_that_is_null_is_not_an_id_that_is_missing() -> None:
    null, missing = read('{"id": null, "question": "a"}\n{"question": "b"}\n')
    assert null.id is None
    assert missing.id is MISSING


def test_blank_lines_are_passed_over() -> None:
    assert [line.id for line in read('\n{"id":1,"question":""}\n  \n')] == [1]


def test_a_claim_may_stand_under_either_name() -> None:
    lines = read('{"claim":"a"}\n{"question":"b"}\n', "claim", "question")
    assert [line.text for line in lines if isinstance(line, InputLine)] == ["a", "b"]


@pytest.mark.parametrize(
    ("line", "problem", "identity"),
    [
        ("{", "not valid JSON", None),
        ("[" * 100_000, "not valid JSON", None),
        ('"text"', "not a JSON object", None),
        ('{"id": 3}', 'no text under "question"', 3),
        ('{"id": 3, "question": 4}', 'no text under "question"', 3),
        ('{"id": 3, "question": "a", "history": [{"speaker": "b"}]}', "history", 3),
        ('{"id": 3, "question": "a", "history": "b"}', "history", 3),
    ],
)
def test_a_bad_line_says_why_and_keeps_its_id(line: str, problem: str, identity: object) -> None:
    (bad,) = read(line)
    assert isinstance(bad, BadLine)
    assert "Line 1" in bad.problem
    assert problem in bad.problem
    assert bad.id == identity


@given(st.lists(st.text()))
def test_every_line_that_is_not_blank_yields_one_result(lines: list[str]) -> None:
    stream = io.StringIO("\n".join(lines), newline="\n")
    expected = sum(bool(line.strip()) for line in "\n".join(lines).split("\n"))
    assert len(list(read_lines(stream, ("question",)))) == expected


@given(st.text(st.characters(exclude_categories=())))
def test_text_can_always_be_written_as_utf8(text: str) -> None:
    whole(text).encode()


def test_only_lone_surrogates_are_replaced() -> None:
    assert whole("naïve 😀 \udcff") == "naïve 😀 \ufffd"
