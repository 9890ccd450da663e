"""Claims to fit on: what the judge has not read, each with the windows that a corpus has for it.

Fact checks and changed, shortened, weakened or attributed sentences are checked against a corpus
of all their quotations; a third of the fact checks lose theirs, and are then in no document. The
half `tune` of the attribution set is checked against its own documents.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from retrieval.answer.claims import CANDIDATES, shortlisted
from retrieval.answer.evidence import Candidates, Window, windows
from retrieval.answer.question import Query, analyse
from retrieval.answer.search import search_query
from retrieval.answer.verify import names_are_there
from retrieval.index.embeddings import open_embedder
from retrieval.index.reader import Index, Snapshot
from retrieval.ingest.pipeline import index_corpus
from retrieval.model import Label

SEED = 5
ATTRIBUTION = Path(__file__).parents[2] / "evals" / "attribution"
FACT_CHECKS = ("fever_dev_sr", "fever_dev_silver_neutral", "fm2")
MOST = {
    "fever_dev_sr": 450, "fever_dev_silver_neutral": 180, "fm2": 140, "made_changed": 100,
    "made_shorter": 40, "made_longer": 40, "made_weaker": 40, "made_neighbour": 40,
    "made_flattened": 30, "voiced_kept": 80, "voiced_flattened": 40, "voiced_restanced": 40,
    "voiced_swapped": 30, "voiced_nested": 30, "voiced_changed": 30,
}  # fmt: skip
"""Claims taken of each source."""
MOST_WITHOUT_EVIDENCE = 60
REMOVED = {"fever_dev_sr": 1 / 3, "fm2": 1 / 3}
"""Share of a source's claims that lose every sentence about their subject."""
LABELS = (Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_IN_CORPUS)
SAID = "said"
"""The form of a claim that drops a plain "X said": supported, if the speaker is named."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ClaimSample:
    """A claim, what is right, and the windows; for each whether it is the claim's evidence."""

    source: str
    form: str
    """Of the attribution set: what the claim makes of its sentence; else empty."""
    group: str
    """Claims of one group are fitted on together or not at all."""
    label: Label
    statement: Query
    candidates: Candidates
    right: list[bool]


def claim_samples(samples: Path, work: Path) -> Iterator[ClaimSample]:
    """All claims, in a fixed order."""
    rows = [json.loads(line) for line in samples.read_text(encoding="utf-8").splitlines()]
    taken = taken_of(rows)
    known = [r["sentence"] for r in rows if r["source"] in FACT_CHECKS]
    texts = list(dict.fromkeys(t for t in [*known, *(r["sentence"] for r in taken)] if t.strip()))
    files = {f"{number:05}.txt": text for number, text in enumerate(texts)}
    random = Random(SEED)
    with _published(files, work / "evidence") as snapshot:
        for row in taken:
            removed = random.random() < REMOVED.get(row["source"], 0.0)
            yield _sample(snapshot, row, removed=removed)
    yield from _attributed(work)


def taken_of(rows: list[Row]) -> list[Row]:
    """Rows that the judge has not read, so many of each source; of claims without evidence some.

    A claim without evidence was read beside nothing, which teaches nothing about it.
    """
    Random(SEED).shuffle(rows)
    counts: Counter[str] = Counter()
    kept = []
    for row in rows:
        source, bare = row["source"], not row["sentence"].strip()
        if not (row["held"] or bare) or counts[source] >= MOST.get(source, 0):
            continue
        if bare and counts["bare"] >= MOST_WITHOUT_EVIDENCE:
            continue
        counts[source] += 1
        counts["bare"] += bare
        kept.append(row)
    return kept


def _sample(snapshot: Snapshot, row: Row, *, removed: bool) -> ClaimSample:
    statement = analyse(row["asked"])
    found = windows(snapshot, search_query(snapshot, statement, CANDIDATES))
    if removed:
        found = [w for w in found if not _is_about(statement, w, row["sentence"])]
    candidates = shortlisted(snapshot, statement, found)
    right = [not removed and w.passage.text.strip() in row["sentence"] for w in candidates.windows]
    label = Label.NOT_IN_CORPUS if removed else LABELS[int(row["label"])]
    return ClaimSample(row["source"], "", row["sentence"], label, statement, candidates, right)


def _is_about(statement: Query, window: Window, evidence: str) -> bool:
    """Whether a window is the claim's evidence or another sentence about its subject."""
    subject = statement.names[:1]
    return window.passage.text.strip() in evidence or (
        bool(subject) and names_are_there(statement, window, first=True)
    )


def _attributed(work: Path) -> Iterator[ClaimSample]:
    """The claims of the half `tune`; the other half is not read."""
    items = [
        item for item in _lines(ATTRIBUTION / "questions.jsonl")
        if item["kind"] == "claim" and item["meta"]["half"] == "tune"
    ]  # fmt: skip
    wanted = {source for item in items for source in item["evidence"]}
    documents = _lines(ATTRIBUTION / "documents.jsonl")
    files = {f"{d['id']}.txt": _document(d) for d in documents if d["id"] in wanted}
    with _published(files, work / "attribution") as snapshot:
        for item in items:
            yield _attributed_sample(snapshot, item)


def _attributed_sample(snapshot: Snapshot, item: Row) -> ClaimSample:
    statement = analyse(item["question"])
    found = windows(snapshot, search_query(snapshot, statement, CANDIDATES))
    candidates = shortlisted(snapshot, statement, found)
    about = item["meta"]["attribution"]
    sentence, label = about["sentence"], item.get("label")
    right = [
        w.sentence.text.strip() in sentence or sentence in w.sentence.text
        for w in candidates.windows
    ]
    return ClaimSample(
        "attribution",
        about["form"] if label else SAID,
        sentence,
        Label(label) if label else Label.SUPPORTED,
        statement,
        candidates,
        right,
    )


def _document(row: Row) -> str:
    head = f"title: {json.dumps(row['title'])}\ndate: {row['date']}"
    return f"---\n{head}\n---\n{row['text']}"


@contextmanager
def _published(files: dict[str, str], folder: Path) -> Iterator[Snapshot]:
    """The snapshot of a corpus made of texts."""
    corpus, data = folder / "corpus", folder / "data"
    corpus.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (corpus / name).write_text(text, encoding="utf-8")
    embedder = open_embedder(None)
    index_corpus(corpus, data, embedder=embedder)
    index = Index.open(data, embedder)
    yield index.snapshot()
    index.close()


def _lines(file: Path) -> Sequence[Row]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
