"""Samples for the decision: the training questions, asked of a corpus of all their passages.

Every question is searched for as the bot would; a share of the answerable ones lose their
passage, so that the corpus no longer answers them. A sample keeps the shortlist's feature rows
and which of its sentences hold the answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from retrieval.answer.evidence import Scored, narrow, score_windows, weights, windows
from retrieval.answer.question import Query, analyse
from retrieval.answer.search import search_query
from retrieval.index.reader import Snapshot
from retrieval.text.terms import fold

REMOVED = 0.4
"""Share of answerable questions whose passage is hidden."""
DEPTH = 12
NATURAL = Path(__file__).with_name("natural")
"""Documents of a team, written for this, and questions about them in everyday words: in small
letters, in keywords, about oneself. A third of them no document answers."""
FILES = ("qa_adversarial.jsonl", "qa_pairs.jsonl")
_SPACE = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Pair:
    """A training question with its passage and answers (none: the passage does not answer)."""

    id: str
    source: str
    question: str
    title: str
    passage: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """A searched question: its shortlist and, for each window, whether it holds the answer."""

    pair: Pair
    query: Query
    candidates: list[Scored]
    right: list[bool]
    answerable: bool


def read_pairs(folder: Path) -> list[Pair]:
    """Question pairs with real labels: answerable ones, and adversarial unanswerable ones."""
    pairs = []
    for name in FILES:
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row.get("silver") or (row["source"] != "squad2" and not row["answers"]):
                continue
            pairs.append(
                Pair(
                    row["id"],
                    row["source"],
                    row["question"],
                    row.get("title", ""),
                    row["passage"],
                    tuple(row["answers"]) if row["label"] == "answerable" else (),
                )
            )
    return pairs


def read_natural(folder: Path = NATURAL) -> list[Pair]:
    """Questions as people put them to a team's documents; the passage is the whole document."""
    pairs = []
    for number, line in enumerate((folder / "questions.jsonl").read_text("utf-8").splitlines()):
        row = json.loads(line)
        name = row["document"]
        passage = (folder / name).read_text(encoding="utf-8") if name else ""
        answers = tuple(row["answers"])
        pairs.append(Pair(f"natural-{number}", "natural", row["question"], "", passage, answers))
    return pairs


def gather(snapshot: Snapshot, pairs: list[Pair], seed: int) -> Iterator[Sample]:
    """Ask every pair's question; hide the passage of a share of the answerable ones."""
    random = Random(seed)
    for pair in pairs:
        hidden = bool(pair.answers) and random.random() < REMOVED
        yield ask(snapshot, pair, hidden=hidden)


def ask(snapshot: Snapshot, pair: Pair, *, hidden: bool) -> Sample:
    """One searched question."""
    query = analyse(pair.question)
    hits = search_query(snapshot, query, DEPTH)
    candidates = windows(snapshot, hits)
    if hidden:
        candidates = [
            w
            for w in candidates
            if w.passage.text not in pair.passage
            and not holds_answer(w.sentence.text, pair.answers)
        ]
    scored = score_windows(query, narrow(query, weights(snapshot, query), candidates))
    right = [
        not hidden
        and s.window.passage.text in pair.passage
        and holds_answer(s.window.sentence.text, pair.answers)
        for s in scored
    ]
    return Sample(pair, query, scored, right, bool(pair.answers) and not hidden)


def holds_answer(sentence: str, answers: tuple[str, ...]) -> bool:
    """Whether one of the answers stands in the sentence, punctuation and case aside.

    A yes or a no stands nowhere.
    """
    text = f" {_SPACE.sub(' ', fold(sentence))} "
    return any(
        f" {_SPACE.sub(' ', fold(a)).strip()} " in text for a in answers if a not in ("yes", "no")
    )


def write_corpus(pairs: list[Pair], folder: Path) -> None:
    """Write every distinct passage as a document."""
    folder.mkdir(parents=True, exist_ok=True)
    titles: dict[str, str] = {}
    for pair in pairs:
        titles.setdefault(pair.passage, pair.title)
    for number, (passage, title) in enumerate(titles.items()):
        head = f"---\ntitle: {json.dumps(title)}\n---\n" if title else ""
        (folder / f"{number:05}.txt").write_text(head + passage, encoding="utf-8")
