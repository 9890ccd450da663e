"""Measure Onrecord on a question set: index its documents, ask its questions, count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from evals.corpus import write_corpus
from evals.graded import grade
from evals.measures import measure
from evals.report import Report
from evals.run import run
from evals.sets import QuestionSet, read_set
from evals.system import Onrecord
from retrieval.index.embeddings import open_embedder
from retrieval.index.reader import Index
from retrieval.ingest.pipeline import index_corpus


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What to measure: a set, the distractors, and how much of it."""

    directory: Path
    among: Path | None = None
    """A second set, whose documents are added as distractors."""
    limit: int | None = None
    seed: int = 0
    embedding_model: str | None = None

    def questions(self) -> QuestionSet:
        """Read the set, with its distractors, and draw the sample."""
        chosen = read_set(self.directory)
        if self.among is not None:
            chosen = chosen.among(read_set(self.among))
        return chosen.sample(self.limit, self.seed)


def evaluate(
    evaluation: Evaluation,
    home: Path,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Report:
    """Measure; corpus and index are kept below `home` and used again for the same documents."""
    questions = evaluation.questions()
    folder = write_corpus(questions.documents, home)
    embedder = open_embedder(evaluation.embedding_model)
    index_corpus(folder / "corpus", folder / "data", embedder=embedder)
    index = Index.open(folder / "data", embedder)
    try:
        return _measured(questions, index, progress)
    finally:
        index.close()


def _measured(questions: QuestionSet, index: Index, progress: Callable[[int, int], None]) -> Report:
    total = len(questions.questions)
    finished = run(questions.questions, Onrecord(index), lambda done: progress(done, total))
    searched = index.snapshot().searched
    return Report(
        name=questions.name,
        documents=searched.documents,
        passages=searched.passages,
        asked=finished.asked,
        measures=measure(finished, graded=questions.graded),
        grades=tuple(map(grade, finished.asked)) if questions.graded else (),
    )
