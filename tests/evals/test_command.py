"""The `eval` command on a small set, with the real index and the real answerer."""

import json

import pytest

from evals.command import run_eval
from retrieval.errors import UsageError

NEWS = """A bridge across the river Oste was opened in Hemmoor in 1909.

The bridge carries two gondolas, and each of them holds twenty people."""
QUESTIONS = [
    {
        "id": "1",
        "kind": "answerable",
        "question": "When was the bridge across the Oste opened?",
        "expect": [["1909"]],
        "evidence": ["opened in Hemmoor"],
    },
    {"id": "2", "kind": "unanswerable", "question": "Who is the president of Peru?"},
    {
        "id": "3",
        "kind": "claim",
        "question": "The lighthouse of Peru is made of glass.",
        "label": "not_in_corpus",
    },
]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "news.txt").write_text(NEWS, encoding="utf-8")
    lines = "".join(f"{json.dumps(line)}\n" for line in QUESTIONS)
    (tmp_path / "set" / "questions.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path / "set"


def test_figures_are_one_json_object(folder, tmp_path, capsys):
    run_eval(folder, json=True, data_dir=tmp_path / "kept")
    found = json.loads(capsys.readouterr().out)
    assert (found["set"], found["documents"], found["questions"]) == ("set", 1, 3)
    assert found["measures"]["passed"]["value"] == 1.0, found["failed"]
    assert found["measures"]["p50_ms"]["value"] > 0
    assert len(list((tmp_path / "kept").iterdir())) == 1


def test_figures_are_tables_for_people(folder, tmp_path, capsys):
    run_eval(folder, limit=2, data_dir=tmp_path / "kept")
    shown = capsys.readouterr().out
    assert "2 questions, 1 document," in shown
    assert "latency p95, ms" in shown


def test_a_second_set_distracts(folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    document = {"id": "d1", "title": "Lamps", "text": "Lamps are made in Ulm."}
    question = {"id": "q", "kind": "unanswerable", "question": "Why?"}
    (other / "documents.jsonl").write_text(json.dumps(document), encoding="utf-8")
    (other / "questions.jsonl").write_text(json.dumps(question), encoding="utf-8")
    report = run_eval(folder, among=other)
    assert (report.name, report.documents, len(report.asked)) == ("set among other", 2, 3)


def test_without_a_folder_to_keep_nothing_stays(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    run_eval(folder)
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_wrong_folder_is_named_before_anything_is_written(tmp_path):
    with pytest.raises(UsageError, match="not a folder"):
        run_eval(tmp_path / "nowhere", data_dir=tmp_path / "kept")
    assert not (tmp_path / "kept").exists()
