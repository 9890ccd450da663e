"""Trial: questions of open sets through the chain with a served model, and what came of each."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evals.corpus import write_corpus
from evals.local_model.audit import faults
from evals.sets import Kind, QuestionSet, SetQuestion, read_set
from retrieval.answer.chain import Answerer
from retrieval.answer.writing.trace import Trace
from retrieval.answer.writing.writer import Writer
from retrieval.index.embeddings import open_embedder
from retrieval.index.reader import Index, Snapshot
from retrieval.ingest.pipeline import index_corpus
from retrieval.model import Answer, Question, SentenceRole


@dataclass(frozen=True, slots=True)
class Posted:
    """One written sentence that was posted, with what the audit found."""

    set: str
    question: str
    text: str
    quoted: tuple[str, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one question."""

    question: SetQuestion
    answered: bool
    trace: Trace | None
    posted: tuple[Posted, ...]
    elapsed_s: float


def drawn(folder: Path, limit: int, seed: int) -> QuestionSet:
    """Answerable questions of a set; a refusal asks no model."""
    found = read_set(folder)
    answerable = tuple(q for q in found.questions if q.kind is Kind.ANSWERABLE)
    chosen = QuestionSet(found.name, found.documents, answerable, found.graded)
    return chosen.sample(limit, seed)


def trials(
    sets: Iterable[QuestionSet], writer: Writer, home: Path, deadline: float
) -> Iterator[Tried]:
    """Ask the questions of each set over its documents until `deadline` (monotonic seconds)."""
    embedder = open_embedder(None)
    for one in sets:
        folder = write_corpus(one.documents, home)
        index_corpus(folder / "corpus", folder / "data", embedder=embedder)
        index = Index.open(folder / "data", embedder)
        try:
            answerer = Answerer(index, writer=writer)
            for question in one.questions:
                if time.monotonic() > deadline:
                    return
                yield _tried(one.name, question, answerer, index.snapshot())
        finally:
            index.close()


def _tried(name: str, question: SetQuestion, answerer: Answerer, snapshot: Snapshot) -> Tried:
    started = time.monotonic()
    result, why = answerer.ask_explained(Question(question.text, question.history))
    elapsed_s = time.monotonic() - started
    is_answer = isinstance(result, Answer)
    posted = tuple(_posted(name, question, result, snapshot)) if isinstance(result, Answer) else ()
    return Tried(question, is_answer, why.written, posted, elapsed_s)


def _posted(
    name: str, question: SetQuestion, answer: Answer, snapshot: Snapshot
) -> Iterator[Posted]:
    for sentence in answer.sentences:
        if sentence.kind is not SentenceRole.WRITTEN:
            continue
        cited = [answer.citations[n - 1] for n in sentence.citations]
        found = faults(sentence.text, " ".join(one.quote for one in cited))
        for one in cited:
            if snapshot.quote(one.source, one.start, one.end) != one.quote:
                found.append("quotation does not exist")
        quoted = tuple(one.quote for one in cited)
        yield Posted(name, question.text, sentence.text, quoted, tuple(found))
