"""What became of one question: answered right, answered wrong, or refused."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from evals.sets import Kind, SetQuestion
from retrieval.model import Answer, Citation, Refusal, Verdict


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a set and what the system made of it."""

    question: SetQuestion
    result: Answer | Refusal | Verdict
    score: float | None
    """How sure the system was that the corpus answers; None where it saw nothing to be sure of."""
    ranking: tuple[str, ...]
    """Documents as search ranked them, best first."""
    elapsed_ms: float


class Outcome(StrEnum):
    """What became of a question that is not a claim."""

    RIGHT = "right"
    WRONG = "wrong"
    UNJUDGED = "unjudged"
    """Answered, and the set does not say what is right."""
    REFUSED = "refused"


def outcome(asked: Asked) -> Outcome:
    """Right: a quotation stands in an evidence document or holds an answer string."""
    result, question = asked.result, asked.question
    if not isinstance(result, Answer):
        return Outcome.REFUSED
    if question.kind is Kind.UNANSWERABLE:
        return Outcome.WRONG
    if not question.evidence and not question.answers:
        return Outcome.UNJUDGED
    right = any(is_right(citation, question) for citation in result.citations)
    return Outcome.RIGHT if right else Outcome.WRONG


def is_right(citation: Citation, question: SetQuestion) -> bool:
    """Whether a quotation stands in an evidence document or holds an answer string."""
    return citation.source in question.evidence or holds_answer(citation.quote, question)


def holds_answer(quote: str, question: SetQuestion) -> bool:
    """Whether a quotation holds one of the short answers, word for word."""
    words = f" {' '.join(normalise(quote))} "
    wanted = (" ".join(normalise(answer)) for answer in question.answers)
    return any(f" {answer} " in words for answer in wanted if answer)


def is_selected(quote: str, selected: Sequence[str]) -> bool:
    """Whether a quotation is, by its words, one of the sentences that a person chose."""
    words = normalise(quote)
    return any(_overlap(words, normalise(sentence)) >= 0.5 for sentence in selected)


_SHORT = 8
"""Words of an answer that a quotation can be expected to hold as it is."""


def has_short_answer(question: SetQuestion) -> bool:
    """Whether one of the answers is short enough to stand in a quotation as it is."""
    if question.selected:
        return False
    return any(0 < len(normalise(answer)) <= _SHORT for answer in question.answers)


_ARTICLES = frozenset({"a", "an", "the"})
_PUNCTUATION = re.compile(f"[{re.escape(string.punctuation)}]")


def normalise(text: str) -> list[str]:
    """Words as SQuAD compares them: lower case, no punctuation, no articles."""
    return [word for word in _PUNCTUATION.sub("", text.lower()).split() if word not in _ARTICLES]


def _overlap(first: Sequence[str], second: Sequence[str]) -> float:
    """F1 of the words of two texts."""
    common = sum((Counter(first) & Counter(second)).values())
    return 2 * common / (len(first) + len(second)) if common else 0.0
