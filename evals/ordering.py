"""Gold passages: the right one is given, and the sentence that answers is to be put first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from evals.outcomes import has_short_answer, holds_answer
from evals.sentences import passages_of
from evals.sets import Kind, SetDocument, SetQuestion
from retrieval.text.terms import terms


class SentenceRanker(Protocol):
    """Whatever puts sentences in the order in which they answer."""

    def order(self, question: str, title: str, sentences: Sequence[str]) -> list[int]:
        """Places in `sentences`, the one that answers best first."""


class TermOverlap:
    """The baseline: most terms shared with the question first; of several, the shortest."""

    def order(self, question: str, title: str, sentences: Sequence[str]) -> list[int]:
        """Places in `sentences`, the one that shares most terms first."""
        wanted = set(terms(question))
        return sorted(
            range(len(sentences)),
            key=lambda i: (-len(wanted & set(terms(sentences[i]))), len(sentences[i])),
        )


@dataclass(frozen=True, slots=True)
class GoldPassage:
    """A question with the sentences of the one document that answers it."""

    question: SetQuestion
    title: str
    sentences: tuple[str, ...]

    @property
    def holding(self) -> tuple[bool, ...]:
        """Which of the sentences hold one of the answers."""
        return tuple(holds_answer(sentence, self.question) for sentence in self.sentences)

    def is_right_first(self, ranker: SentenceRanker) -> bool:
        """Whether the sentence that is put first holds an answer."""
        first, *_ = ranker.order(self.question.text, self.title, self.sentences)
        return self.holding[first]


def gold_passages(
    questions: Iterable[SetQuestion], documents: Iterable[SetDocument]
) -> tuple[GoldPassage, ...]:
    """The gold passages of questions with one document as evidence and a short answer."""
    by_name = {document.file_name: document for document in documents}
    return tuple(
        _gold_passage(question, by_name[name])
        for question in questions
        if question.kind is Kind.ANSWERABLE and not question.history and has_short_answer(question)
        if len(question.evidence) == 1
        for name in question.evidence
        if passages_of(by_name[name])
    )


def _gold_passage(question: SetQuestion, document: SetDocument) -> GoldPassage:
    passages = passages_of(document)
    sentences = tuple(one.text for passage in passages for one in passage.sentences)
    return GoldPassage(question, passages[0].title, sentences)
