"""Small results to measure, and a system that gives them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from evals.caught import Check
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


@dataclass
class ScriptedEntailment:
    """Entails the hypotheses it was made with and remembers what it was asked."""

    entailed: set[str]
    heard: list[tuple[str, str]] = field(default_factory=list)

    def entails(self, premise: str, hypothesis: str) -> bool:
        self.heard.append((premise, hypothesis))
        return hypothesis in self.entailed


@dataclass
class ScriptedPairs:
    """Gives the labels it was made with, by hypothesis; nothing else is in the corpus."""

    known: dict[str, Label] = field(default_factory=dict)
    heard: list[tuple[str, str]] = field(default_factory=list)

    def labels(self, pairs: Sequence[tuple[str, str]]) -> list[Label]:
        self.heard.extend(pairs)
        return [self.known.get(hypothesis, Label.NOT_IN_CORPUS) for _, hypothesis in pairs]


@dataclass
class LastFirst:
    """Puts the last sentence first and remembers what it was asked."""

    heard: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)

    def order(self, question: str, title: str, sentences: Sequence[str]) -> list[int]:
        self.heard.append((question, title, tuple(sentences)))
        return list(reversed(range(len(sentences))))


@dataclass
class ScriptedJudges:
    """The judges it was made with; a gate that lets through what the quotation holds."""

    pair_judge: ScriptedPairs | None = None
    sentence_ranker: LastFirst | None = None
    model: ScriptedEntailment | None = None

    def gate(self) -> Check:
        return lambda claim, quotation: claim in quotation

    def pairs(self) -> ScriptedPairs | None:
        return self.pair_judge

    def ranker(self) -> LastFirst | None:
        return self.sentence_ranker

    def entailment(self) -> ScriptedEntailment | None:
        return self.model
