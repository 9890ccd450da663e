"""Pair sets are read, judged without their labels, and measured source by source."""

import io
import json

import pytest
from rich.console import Console

from evals.direct import evaluate_pairs
from evals.measures.pairs import measure_pairs
from evals.pairs import JudgedPair, Pair, Relation, is_pair_set, judge_all, read_pairs
from evals.report import render
from retrieval.errors import UsageError
from retrieval.model import Label
from tests.evals.made import ScriptedPairs


def pair(hypothesis, label, source="plain"):
    return Pair(
        id=hypothesis, premise="It rains.", hypothesis=hypothesis, label=label, source=source
    )


PAIRS = (
    pair("It is wet.", "entailment"),
    pair("It is dry.", "contradiction"),
    pair("It is May.", "neutral"),
    pair("It is cold.", "neutral"),
    pair("It snows.", "not_entailment", "two labels"),
    pair("It pours.", "not_entailment", "two labels"),
)
JUDGE = {
    "It is wet.": Label.SUPPORTED,
    "It is dry.": Label.NOT_IN_CORPUS,
    "It is cold.": Label.CONTRADICTED,
    "It snows.": Label.CONTRADICTED,
    "It pours.": Label.SUPPORTED,
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "weather").mkdir()
    lines = "".join(f"{one.model_dump_json()}\n" for one in PAIRS)
    (tmp_path / "weather" / "pairs.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path / "weather"


def test_pairs_are_read_and_a_broken_line_is_named(folder, tmp_path):
    assert is_pair_set(folder)
    assert read_pairs(folder) == PAIRS
    (folder / "pairs.jsonl").write_text('{"id": "1", "premise": "So."}')
    with pytest.raises(UsageError, match="line 1: hypothesis"):
        read_pairs(folder)
    (folder / "pairs.jsonl").write_text("")
    with pytest.raises(UsageError, match="holds no pairs"):
        read_pairs(folder)
    assert not is_pair_set(tmp_path)


def test_a_judge_sees_premise_and_hypothesis_in_order():
    judge = ScriptedPairs(JUDGE)
    judged = judge_all(PAIRS, judge)
    assert judge.heard == [("It rains.", one.hypothesis) for one in PAIRS]
    assert [one.right for one in judged] == [True, False, True, False, True, False]


@pytest.mark.parametrize("label", Label)
def test_not_entailed_is_whatever_is_not_supported(label):
    judged = JudgedPair(pair("So.", Relation.NOT_ENTAILMENT), label)
    assert judged.right is (label is not Label.SUPPORTED)


def test_accuracy_stands_beside_the_most_frequent_label_of_each_source():
    found = {one.key: one for one in measure_pairs(judge_all(PAIRS, ScriptedPairs(JUDGE)))}
    plain, two = found["pairs_plain"], found["pairs_two labels"]
    assert (plain.figure.value, plain.figure.n) == (2 / 4, 4)
    assert plain.majority.value == 2 / 4  # "neutral"
    assert (two.figure.value, two.majority.value) == (1 / 2, 1.0)
    assert found["pairs_mean"].figure.value == pytest.approx((2 / 4 + 1 / 2) / 2)
    assert found["pairs_mean"].majority.value == pytest.approx((2 / 4 + 1) / 2)
    assert 0 < found["pairs_mean"].figure.low < 1 / 2 < found["pairs_mean"].figure.high < 1


def test_one_source_needs_no_mean():
    assert [one.key for one in measure_pairs(judge_all(PAIRS[:3], ScriptedPairs()))] == [
        "pairs_plain"
    ]


def test_the_report_names_sizes_baseline_and_each_verdict(folder):
    report = evaluate_pairs(folder, ScriptedPairs(JUDGE), limit=None, seed=0)
    console = Console(file=io.StringIO(), width=120)
    console.print(render(report))
    shown = console.file.getvalue()
    assert "weather  6 pairs\n" in shown
    assert "majority" in shown
    found = report.to_json()
    assert json.loads(json.dumps(found)) == found
    assert found["measures"]["pairs_mean"]["majority"]["value"] == 0.75
    assert found["results"][1]["gold"] == "contradiction"
    assert found["results"][1]["outcome"] == "not_in_corpus"


def test_a_sample_of_pairs_repeats(folder):
    first, second = (evaluate_pairs(folder, ScriptedPairs(), limit=2, seed=3) for _ in range(2))
    assert first.judged == second.judged
    assert len(first.judged) == 2
