"""The `eval` command on a small set, with the real index and the real answerer."""

import json

import pytest

from bot.cli import main
from evals.command import run_eval
from retrieval.errors import UsageError
from retrieval.model import Label
from tests.evals.made import LastFirst, ScriptedEntailment, ScriptedJudges, ScriptedPairs

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


@pytest.fixture
def pairs(tmp_path):
    folder = tmp_path / "pairs"
    folder.mkdir()
    lines = [
        {"id": label, "premise": "It rains.", "hypothesis": label, "label": label, "source": "own"}
        for label in ("entailment", "neutral")
    ]
    text = "".join(f"{json.dumps(line)}\n" for line in lines)
    (folder / "pairs.jsonl").write_text(text, encoding="utf-8")
    return folder


def test_pairs_are_judged_without_an_index(pairs, tmp_path, capsys):
    judges = ScriptedJudges(ScriptedPairs({"entailment": Label.SUPPORTED}))
    run_eval(pairs, json=True, data_dir=tmp_path / "kept", judges=judges)
    found = json.loads(capsys.readouterr().out)
    assert (found["pairs"], found["documents"]) == (2, 0)
    assert found["measures"]["pairs_own"]["value"] == 1.0
    assert not (tmp_path / "kept").exists()


def test_what_cannot_be_measured_is_said(pairs, folder):
    with pytest.raises(UsageError, match="no documents"):
        run_eval(pairs, among=folder, judges=ScriptedJudges(ScriptedPairs()))
    with pytest.raises(UsageError, match="weights of the judge of claims"):
        run_eval(pairs, judges=ScriptedJudges())
    with pytest.raises(UsageError, match="weights of the judge of claims"):
        run_eval(folder, entailment=True, judges=ScriptedJudges())


def test_changed_copies_of_both_sets_are_checked(folder, tmp_path, capsys):
    run_eval(folder, changed=True, judges=ScriptedJudges(), data_dir=tmp_path / "kept")
    shown = capsys.readouterr().out
    assert "set  1 document, 2 sentences" in shown
    assert "changed: caught, number" in shown
    assert not (tmp_path / "kept").exists()


def test_the_command_line_names_what_to_measure(folder, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["eval", str(folder), "--changed", "--limit", "1", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["sentences"] == 1
    assert found["measures"]["rules_refused_same"]["value"] == 0.0


def test_entailment_and_order_are_measured_with_the_questions(tmp_path):
    document = {"id": "d", "title": "Dam", "text": "The mill denied the flood. It was in 1909."}
    item = {"form": "flattened", "domain": "news", "stance": "denies"}
    questions = [
        {
            "id": "c",
            "kind": "claim",
            "question": "There was a flood at the mill.",
            "evidence": ["d"],
            "meta": {"half": "report", "attribution": item},
        },
        {
            "id": "q",
            "kind": "answerable",
            "question": "When was it?",
            "answers": ["1909"],
            "evidence": ["d"],
        },
    ]
    (tmp_path / "documents.jsonl").write_text(json.dumps(document), encoding="utf-8")
    lines = "".join(f"{json.dumps(line)}\n" for line in questions)
    (tmp_path / "questions.jsonl").write_text(lines, encoding="utf-8")
    model = ScriptedEntailment({"There was a flood at the mill."})
    report = run_eval(
        tmp_path, entailment=True, judges=ScriptedJudges(sentence_ranker=LastFirst(), model=model)
    )
    found = {one.key: one for one in report.measures}
    assert found["report_flattened_rejected"].entailment.value == 0.0
    assert found["right_at_1"].figure.value == 1.0
    assert model.heard == [("The mill denied the flood.", "There was a flood at the mill.")]
