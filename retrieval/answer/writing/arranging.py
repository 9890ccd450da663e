"""Arranging: checked sentences and quotations as one answer, citations numbered as they are met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retrieval.answer.writing.frozen import Quotation
from retrieval.model import AnswerSentence, Citation, SentenceRole


@dataclass(frozen=True, slots=True)
class Kept:
    """What is posted: a written sentence with the quotation that carries it, or that quotation."""

    quotation: Quotation
    text: str | None = None
    """The written sentence; None where the quotation itself is posted."""


def arrange(
    kept: Iterable[Kept],
) -> tuple[tuple[AnswerSentence, ...], tuple[Citation, ...]]:
    """The sentences to post in order and the citations they rest on; no quotation twice."""
    citations: list[Citation] = []
    sentences: list[AnswerSentence] = []
    quoted: set[Citation] = set()
    for one in kept:
        if one.text is not None:
            numbers = tuple(_number(citations, c) for c in one.quotation.citations)
            sentences.append(AnswerSentence(one.text, SentenceRole.WRITTEN, numbers))
            continue
        for citation in one.quotation.citations:
            if citation not in quoted:
                quoted.add(citation)
                number = _number(citations, citation)
                sentences.append(AnswerSentence(citation.quote, SentenceRole.QUOTE, (number,)))
    return tuple(sentences), tuple(citations)


def framed(
    frame: str, sentences: Sequence[AnswerSentence], citations: Sequence[Citation]
) -> tuple[AnswerSentence, ...]:
    """Sentences behind a fixed one that says how they came to be; it rests on all of them."""
    numbers = tuple(range(1, len(citations) + 1))
    return (AnswerSentence(frame, SentenceRole.FRAME, numbers), *sentences)


def _number(citations: list[Citation], citation: Citation) -> int:
    if citation not in citations:
        citations.append(citation)
    return citations.index(citation) + 1
