"""The benchmark's corpus repeats, and a ratio knows its target."""

import io
import itertools

import pytest
from rich.console import Console

from evals.bench.ratios import Ratio, render
from evals.bench.serving import resident_mb
from evals.bench.texts import articles, made_articles, questions, write_files
from retrieval.errors import UsageError
from retrieval.ingest.load import load_file
from retrieval.ingest.split import split


def test_made_articles_repeat_and_differ():
    first, second = (list(itertools.islice(made_articles(seed=3), 5)) for _ in range(2))
    assert first == second
    assert len({article.text for article in first}) == 5


def test_made_articles_use_few_words_often():
    words = [w for a in itertools.islice(made_articles(seed=3), 200) for w in a.text.split()]
    assert 0.05 < len(set(words)) / len(words) < 0.5


def test_articles_become_files_of_several_passages(tmp_path):
    chosen = list(itertools.islice(articles(None), 20))
    write_files(chosen, tmp_path / "corpus")
    files = sorted((tmp_path / "corpus").iterdir())
    passages = [p for file in files for p in split(load_file(file, file.name))]
    assert len(files) == 2
    assert len(passages) >= 20
    assert {p.heading for p in passages} >= {chosen[0].title, chosen[19].title}


def test_questions_are_about_the_made_articles():
    asked = questions(None, 3)
    assert len(asked) == 3
    titles = [article.title for article in itertools.islice(articles(None), 3)]
    assert all(title in question for title, question in zip(titles, asked, strict=True))


def test_a_folder_without_sets_is_named(tmp_path):
    with pytest.raises(UsageError, match="holds no question sets"):
        next(articles(tmp_path))


@pytest.mark.parametrize(
    ("ours", "target", "met"),
    [
        (20, {"at_least": 10}, True),
        (10, {"at_least": 10}, True),
        (9, {"at_least": 10}, False),
        (5, {"at_most": 5}, True),
        (6, {"at_most": 5}, False),
        (99, {}, True),
    ],
)
def test_a_ratio_is_met_or_missed(ours, target, met):
    assert Ratio("k", "label", ours, 1.0, "ms", **target).met is met


def test_the_table_says_which_target_was_missed():
    ratios = [
        Ratio("a", "index / plain", 500.0, 20.0, "passages/s", at_least=10),
        Ratio("b", "ask / query", 60.0, 3.0, "ms", at_most=5),
    ]
    console = Console(file=io.StringIO(), width=80)
    console.print(render(ratios, "20,000 passages"))
    first, second = (line for line in console.file.getvalue().splitlines() if " / " in line)
    assert "25.00" in first
    assert "met" in first
    assert "missed" in second
    assert ratios[0].to_json()["ratio"] == 25.0


def test_resident_memory_is_that_of_this_process():
    assert 10 < resident_mb() < 4096
