"""Explanations: why a question was answered or refused, in numbers that can be looked up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.answer.judge import Judged, ranking_row
from retrieval.answer.question import Query
from retrieval.answer.writing.trace import Outcome, Rewriting, Trace


@dataclass(frozen=True, slots=True)
class Considered:
    """A sentence that was looked at, with everything that it was ranked by."""

    text: str
    source: str
    heading: str | None
    probability: float
    """That this sentence answers."""
    logit: float
    """The trained judge's log odds."""
    margin: float
    """The best answer span's score over that of no answer."""
    span: str | None
    """The words that the trained judge takes for the answer."""
    features: dict[str, float]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a question was answered or refused."""

    score: float | None = None
    """Probability that the corpus answers; None where it was not worked out."""
    threshold: float | None = None
    """Probability from which an answer is given."""
    gate: str | None = None
    """The check that refused, if one did."""
    expected: str | None = None
    """The kind of answer that the question asks for."""
    terms: tuple[str, ...] = ()
    """What was searched for."""
    considered: tuple[Considered, ...] = ()
    """The sentences looked at, best first."""
    written: Trace | None = None
    """What a chat model wrote and what became of it, where one was asked."""
    rewritten: Rewriting | None = None
    """A follow-up as a chat model put it, where one was asked."""

    @property
    def record(self) -> Trace | None:
        """What a chat model wrote, with what rewriting cost too; None where none was asked."""
        put = self.rewritten
        if put is None:
            return self.written
        written = self.written or Trace(put.model, Outcome.NOT_ASKED, (), ())
        return replace(
            written, prompts=(*put.prompts, *written.prompts), usage=put.usage + written.usage
        )


def explain(
    query: Query, ranked: Sequence[Judged], score: float, threshold: float, gate: str | None
) -> Explanation:
    """The explanation of one decision."""
    return Explanation(
        score if ranked else None,
        threshold,
        gate,
        str(query.expected),
        query.terms,
        tuple(_considered(query, judged) for judged in ranked),
        rewritten=query.rewritten,
    )


def _considered(query: Query, judged: Judged) -> Considered:
    window, read = judged.scored.window, judged.reading
    text = window.sentence.text
    return Considered(
        text=text,
        source=window.passage.source,
        heading=window.passage.heading,
        probability=judged.probability,
        logit=read.logit,
        margin=read.margin,
        span=text[slice(*read.span)] if read.span else None,
        features=ranking_row(query, judged.scored, read),
    )
