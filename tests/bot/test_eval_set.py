from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from bot.eval_set import Source, Written, write_set
from bot.slack.records.answers import question_hash
from bot.slack.records.feedback import Kind, Said
from evals.sets import Kind as Asks
from evals.sets import SetQuestion, read_set
from retrieval.errors import OnrecordError, UsageError

HANDBOOK = Source(
    "staff/handbook.md",
    "Staff handbook",
    "2026-01-05",
    "---\ntitle: Staff handbook\n---\n# Leave\n\nEmployees get 28 days of paid leave a year. "
    "Leave must be requested\nat least two weeks before it begins.\n",
)
PUMP = Source("pump.pdf", "Aquila 300", "2024-02-02", "The warranty lasts 36 months.")
DOCUMENTS = (HANDBOOK, PUMP)


def said(question: str = "How many days of leave?", **changes: object) -> Said:
    values: dict[str, object] = {
        "answer_id": question,
        "user": "U0MEMBER",
        "is_good": False,
        "kind": Kind.UNSAID,
        "right_passage": "",
        "comment": "",
        "question_hash": question_hash(question),
        "question": question,
        "outcome": "answered",
        "answer": "“The warranty lasts 36 months.” [1]",
        "sources": (PUMP.source,),
        "generation": 1,
        "at": 0.0,
    }
    return Said(**{**values, **changes})  # type: ignore[arg-type]  # each key is a field


def refused(question: str = "How many days of leave?", **changes: object) -> Said:
    return said(question, **{"outcome": "not_answered", "sources": (), **changes})


def written(tmp_path: Path, *all_said: Said) -> dict[str, SetQuestion]:
    write_set(tmp_path / "set", all_said, DOCUMENTS)
    return {question.text: question for question in read_set(tmp_path / "set").questions}


def only(tmp_path: Path, one: Said) -> SetQuestion:
    (question,) = written(tmp_path, one).values()
    return question


def test_a_wrong_refusal_becomes_answerable_with_the_right_passage(tmp_path: Path) -> None:
    passage = (
        "Employees get 28 days of paid leave a year. Leave must be requested at least two weeks "
        "before it begins."
    )
    asks = only(tmp_path, refused(kind=Kind.SHOULD_HAVE_ANSWERED, right_passage=passage))
    assert asks.kind is Asks.ANSWERABLE
    assert asks.evidence == {"dstaff_handbook.md-" + _digest(HANDBOOK.source) + ".md"}
    assert asks.selected[0] == "Employees get 28 days of paid leave a year."
    assert len(asks.selected) == 2


def _digest(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()[:8]


def test_a_short_right_passage_is_an_answer_to_be_quoted(tmp_path: Path) -> None:
    asks = only(tmp_path, refused(kind=Kind.SHOULD_HAVE_ANSWERED, right_passage="28 days"))
    assert asks.answers == ("28 days",)
    assert len(asks.evidence) == 1


@pytest.mark.parametrize("name", ["staff/handbook.md", "Staff handbook", "“staff  Handbook”"])
def test_a_document_may_be_named_instead_of_a_passage(tmp_path: Path, name: str) -> None:
    asks = only(tmp_path, said(kind=Kind.WRONG, right_passage=name))
    assert [file.startswith("dstaff_handbook") for file in asks.evidence] == [True]
    assert asks.kind is Asks.ANSWERABLE


def test_a_wrong_refusal_without_a_passage_is_answerable_all_the_same(tmp_path: Path) -> None:
    asks = only(tmp_path, refused(kind=Kind.SHOULD_HAVE_ANSWERED, right_passage="who knows"))
    assert (asks.kind, asks.evidence, asks.answers) == (Asks.ANSWERABLE, frozenset(), ())


def test_an_answer_that_should_have_been_refused_becomes_unanswerable(tmp_path: Path) -> None:
    assert only(tmp_path, said(kind=Kind.SHOULD_HAVE_REFUSED)).kind is Asks.UNANSWERABLE


def test_praise_keeps_what_was_right(tmp_path: Path) -> None:
    found = written(tmp_path, said("a b", is_good=True), refused("c d", is_good=True))
    assert found["a b"].kind is Asks.ANSWERABLE
    assert found["a b"].evidence == {"pump.pdf.txt"}
    assert found["c d"].kind is Asks.UNANSWERABLE


def test_an_incomplete_answer_needs_its_own_documents_and_the_missing_one(tmp_path: Path) -> None:
    asks = only(tmp_path, said(kind=Kind.INCOMPLETE, right_passage="28 days"))
    assert len(asks.evidence) == 2


@pytest.mark.parametrize(
    "one",
    [
        said(),
        said(kind=Kind.WRONG),
        said(kind=Kind.WRONG, right_passage="not in any document"),
        said(kind=Kind.INCOMPLETE),
        refused(),
        refused(is_good=True, outcome="busy"),
        refused(is_good=True, outcome="error"),
        said(is_good=True, sources=("deleted.md",)),
    ],
)
def test_what_does_not_say_what_is_right_is_left_out(tmp_path: Path, one: Said) -> None:
    right = said("known", kind=Kind.SHOULD_HAVE_REFUSED)
    assert write_set(tmp_path / "set", [one, right], DOCUMENTS) == Written(1, left_out=1)
    with pytest.raises(OnrecordError, match="nothing to measure"):
        write_set(tmp_path / "other", [one], DOCUMENTS)
    assert not (tmp_path / "other").exists()


def test_of_several_words_on_one_question_the_newest_that_says_something_counts(
    tmp_path: Path,
) -> None:
    newest_first = (
        said(),
        said(kind=Kind.SHOULD_HAVE_REFUSED),
        said(is_good=True),
    )
    assert only_of(written(tmp_path, *newest_first)).kind is Asks.UNANSWERABLE
    assert write_set(tmp_path / "again", newest_first, DOCUMENTS) == Written(1, left_out=0)


def only_of(found: dict[str, SetQuestion]) -> SetQuestion:
    (question,) = found.values()
    return question


def test_documents_are_written_as_they_were_published(tmp_path: Path) -> None:
    write_set(tmp_path / "set", [said(kind=Kind.SHOULD_HAVE_REFUSED)], DOCUMENTS)
    handbook, pump = read_set(tmp_path / "set").documents
    assert handbook.content == HANDBOOK.text
    assert handbook.file_name.endswith(".md")
    assert pump.content == '---\ntitle: "Aquila 300"\ndate: 2024-02-02\n---\n' + PUMP.text


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        write_set(tmp_path, [said(kind=Kind.SHOULD_HAVE_REFUSED)], DOCUMENTS)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_lines_are_json_in_utf8(tmp_path: Path) -> None:
    one = said("Wie viele Tage – für Ädä?", kind=Kind.SHOULD_HAVE_REFUSED)
    write_set(tmp_path / "set", [one], DOCUMENTS)
    line = (tmp_path / "set" / "questions.jsonl").read_text(encoding="utf-8")
    assert "für Ädä" in line
    assert json.loads(line)["question"] == one.question
