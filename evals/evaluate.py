"""Measure Onrecord on a question set: index its documents, ask its questions, count."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evals.corpus import write_corpus
from evals.entailment import Entailment, judge_by_entailment
from evals.graded import grade
from evals.measures import Measure, measure
from evals.measures.attribution import measure_attribution
from evals.measures.order import measure_order
from evals.ordering import SentenceRanker, gold_passages
from evals.outcomes import Asked
from evals.report import Report
from evals.run import run
from evals.sets import QuestionSet, read_set
from evals.system import Onrecord
from retrieval.answer.judge import Strictness
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
    strictness: Strictness = Strictness.BALANCED
    entailment: Entailment | None = None
    """A model to compare with, on sets that tell who said what."""
    ranker: SentenceRanker | None = None
    """Puts the sentences of a right passage in order, on sets that tell passage and answer."""

    def whole(self) -> QuestionSet:
        """Read the set, with its distractors."""
        chosen = read_set(self.directory)
        return chosen if self.among is None else chosen.among(read_set(self.among))

    def questions(self) -> QuestionSet:
        """Read the set, with its distractors, and draw the sample."""
        return self.whole().sample(self.limit, self.seed)


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
        return _measured(questions, index, evaluation, progress)
    finally:
        index.close()


def _measured(
    questions: QuestionSet,
    index: Index,
    evaluation: Evaluation,
    progress: Callable[[int, int], None],
) -> Report:
    total = len(questions.questions)
    finished = run(
        questions.questions,
        Onrecord(index, evaluation.strictness),
        lambda done: progress(done, total),
    )
    beside = _entailed(questions, evaluation.entailment)
    searched = index.snapshot().searched
    return Report(
        name=questions.name,
        documents=searched.documents,
        passages=searched.passages,
        asked=finished.asked,
        measures=(
            *measure(finished, graded=questions.graded),
            *_ordered(questions, evaluation.ranker),
            *measure_attribution(finished.asked, questions.documents, beside),
        ),
        grades=tuple(map(grade, finished.asked)) if questions.graded else (),
    )


def _entailed(questions: QuestionSet, entailment: Entailment | None) -> tuple[Asked, ...]:
    if entailment is None:
        return ()
    attributed = [one for one in questions.questions if one.attributed]
    return judge_by_entailment(attributed, questions.documents, entailment)


def _ordered(questions: QuestionSet, ranker: SentenceRanker | None) -> Iterator[Measure]:
    if ranker is not None:
        yield from measure_order(gold_passages(questions.questions, questions.documents), ranker)
