"""A corpus to measure speed on: the texts of question sets, or made-up ones like them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evals.sets import Kind, read_set
from retrieval.errors import UsageError
from retrieval.text.static import load_static_model

_ARTICLES_A_FILE = 16
"""A team's document is a few pages long."""
_SUBJECT_WORDS = 12


@dataclass(frozen=True, slots=True)
class Article:
    """A titled text of one or two passages."""

    title: str
    text: str


def articles(evaldata: Path | None) -> Iterator[Article]:
    """Articles of the question sets below `evaldata`, then made-up ones, without end."""
    if evaldata is not None:
        yield from _read_articles(evaldata)
    yield from made_articles(seed=20)


def questions(evaldata: Path | None, count: int, seed: int = 20) -> list[str]:
    """Questions of the same question sets, or made-up ones about the made-up articles."""
    if evaldata is None:
        made = itertools.islice(made_articles(seed=20), count)
        return [f"When did {article.title} {article.text.split()[4]}?" for article in made]
    asked = [
        question.text
        for folder in _set_folders(evaldata)
        for question in read_set(folder).questions
        if question.kind is not Kind.CLAIM
    ]
    return random.Random(seed).sample(asked, min(count, len(asked)))


def write_files(chosen: list[Article], folder: Path) -> None:
    """Write the articles as Markdown files of a few pages each."""
    folder.mkdir(parents=True)
    for start in range(0, len(chosen), _ARTICLES_A_FILE):
        parts = [f"## {a.title}\n\n{a.text}\n" for a in chosen[start : start + _ARTICLES_A_FILE]]
        name = f"articles-{start // _ARTICLES_A_FILE:05}.md"
        (folder / name).write_text("\n".join(parts), encoding="utf-8")


def made_articles(seed: int) -> Iterator[Article]:
    """Articles without sense: common words as often as in a language, and those of a subject.

    Without subjects all vectors would point the same way, which no real corpus does.
    """
    choice = random.Random(seed)
    words = _words()
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words))))
    while True:
        subject = choice.sample(words, _SUBJECT_WORDS)
        common = choice.choices(words, cum_weights=weights, k=100)
        drawn = iter(choice.sample(common + choice.choices(subject, k=100), 200))
        title = " ".join(subject[:3]).title()
        sentences = (_sentence(drawn, choice) for _ in range(choice.randint(4, 10)))
        yield Article(title, f"{title} {' '.join(sentences)}")


def _sentence(words: Iterator[str], choice: random.Random) -> str:
    said = " ".join(itertools.islice(words, choice.randint(8, 16)))
    return f"{said.capitalize()} in {choice.randint(1800, 2026)}."


def _words() -> list[str]:
    """The whole words that the embedder knows: real ones, the commonest first."""
    numbers = load_static_model().tokenizer.get_vocab()
    known = sorted(numbers, key=lambda word: numbers[word])
    return [word for word in known if word.isascii() and word.isalpha() and len(word) > 2]


def _read_articles(evaldata: Path) -> Iterator[Article]:
    for folder in _set_folders(evaldata):
        for document in read_set(folder).documents:
            head, _, text = document.content.removeprefix("---\n").partition("\n---\n")
            if text:
                yield Article(head.removeprefix("title: ").strip('"'), text)


def _set_folders(evaldata: Path) -> list[Path]:
    folders = [file.parent for file in sorted(evaldata.glob("*/documents.jsonl"))]
    if not folders:
        raise UsageError(
            f"{evaldata} holds no question sets.", "Correct or unset ONRECORD_EVALDATA."
        )
    return [folder for folder in folders if (folder / "questions.jsonl").exists()]
