"""Small results to measure, and a system that gives them."""

from dataclasses import dataclass, field

from evals.outcomes import Asked
from evals.sets import Kind, SetQuestion
from retrieval.model import (
    Answer,
    AnswerSentence,
    Citation,
    Label,
    Reason,
    Refusal,
    Searched,
    SentenceRole,
    Verdict,
)

SEARCHED = Searched(documents=2, passages=2, indexed_at="2026-01-01T00:00:00Z")


def citation(quote: str, source: str = "a.txt") -> Citation:
    return Citation(source, "A", None, None, 0, len(quote), quote, generation=1)


def answer(*quotes: str, source: str = "a.txt") -> Answer:
    return Answer(
        question="?",
        sentences=tuple(
            AnswerSentence(quote, SentenceRole.QUOTE, (n,)) for n, quote in enumerate(quotes, 1)
        ),
        citations=tuple(citation(quote, source) for quote in quotes),
        generation=1,
        searched=SEARCHED,
    )


def refusal(reason: Reason = Reason.NOT_ANSWERED, *quotes: str) -> Refusal:
    return Refusal(
        question="?",
        reason=reason,
        message="The documents do not say.",
        generation=1,
        sentences=tuple(
            AnswerSentence(quote, SentenceRole.QUOTE, (n,)) for n, quote in enumerate(quotes, 1)
        ),
        citations=tuple(citation(quote) for quote in quotes),
    )


def verdict(label: Label) -> Verdict:
    cited = () if label is Label.NOT_IN_CORPUS else (citation("It is so."),)
    return Verdict("It is.", label, "Found:", generation=1, citations=cited)


def question(kind: Kind = Kind.ANSWERABLE, text: str = "What?", **gold: object) -> SetQuestion:
    return SetQuestion(id=text, kind=kind, text=text, **gold)


def asked(
    question: SetQuestion,
    result: Answer | Refusal | Verdict,
    score: float | None = None,
    ranking: tuple[str, ...] = (),
) -> Asked:
    return Asked(question, result, score, ranking, elapsed_ms=2.0)


@dataclass
class ScriptedSystem:
    """Gives the results it was made with, by question text; refuses everything else."""

    answers: dict[str, Answer] = field(default_factory=dict)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    heard: list[SetQuestion] = field(default_factory=list)

    def ask(self, question: SetQuestion) -> tuple[Answer | Refusal, float | None]:
        self.heard.append(question)
        found = self.answers.get(question.text)
        return (found, 0.9) if found else (refusal(), 0.2)

    def check(self, claim: SetQuestion) -> Verdict:
        self.heard.append(claim)
        return self.verdicts[claim.text]

    def rank(self, question: SetQuestion) -> tuple[str, ...]:
        return ("a.txt", "b.txt")
