"""Questions that pass or fail one by one, with the reason of a failure in words."""

from __future__ import annotations

from dataclasses import dataclass

from evals.outcomes import Asked
from evals.sets import Kind, SetQuestion
from retrieval.model import Answer, Reason, Refusal, Verdict


@dataclass(frozen=True, slots=True)
class Grade:
    """A graded question: passed, or what was wrong with it."""

    question: SetQuestion
    failure: str | None

    @property
    def passed(self) -> bool:
        """Whether the result was what the set expects."""
        return self.failure is None


def grade(asked: Asked) -> Grade:
    """Compare a result with what the set expects of it."""
    kind, result = asked.question.kind, asked.result
    if isinstance(result, Verdict):
        failure = _claim(asked.question, result)
    elif kind is Kind.UNANSWERABLE:
        failure = f"answered: {result.text}" if isinstance(result, Answer) else None
    else:
        failure = _answer(asked.question, result)
    return Grade(asked.question, failure)


def _claim(question: SetQuestion, verdict: Verdict) -> str | None:
    if verdict.label is question.label:
        return None
    return f"judged {verdict.label}, not {question.label}: {verdict.text}"


def _answer(question: SetQuestion, result: Answer | Refusal) -> str | None:
    """A false premise may be set right by an answer or by a refusal that quotes the denial."""
    if isinstance(result, Refusal) and not _sets_right(question, result):
        return f"refused ({result.reason})"
    quotes = [citation.quote for citation in result.citations]
    text = result.text.casefold()
    for group in question.expect:
        if not any(word.casefold() in text for word in group):
            return f"answered without “{' / '.join(group)}”: {result.text}"
    for words in question.quoted:
        if not any(words.casefold() in quote.casefold() for quote in quotes):
            return f"no quotation holds “{words}”: {result.text}"
    return None


def _sets_right(question: SetQuestion, refusal: Refusal) -> bool:
    return question.kind is Kind.FALSE_PREMISE and refusal.reason is Reason.CONTRADICTED
