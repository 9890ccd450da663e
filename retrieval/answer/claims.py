"""Claims: supported, contradicted or not in the corpus, each with its quotations."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.answer.comparison import Comparison, compare
from retrieval.answer.compose import pointers, quotable, quote
from retrieval.answer.evidence import Candidates, Window, gather, surroundings
from retrieval.answer.question import Query, analyse
from retrieval.answer.search import search_query
from retrieval.index.reader import Snapshot
from retrieval.model import Label, Verdict
from retrieval.text.aliases import alias_key
from retrieval.text.attribution import attribution
from retrieval.text.terms import terms

CANDIDATES = 30
MOST_QUOTED = 2
MOST_POINTERS = 2

_MESSAGES = {
    Label.SUPPORTED: "Supported. The documents say:",
    Label.CONTRADICTED: "Contradicted. The documents say:",
    Label.NOT_IN_CORPUS: "Not in the documents: none of them says this, or denies it.",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """A window and how it compares with the statement."""

    window: Window
    comparison: Comparison


def check(snapshot: Snapshot, claim: str) -> Verdict:
    """Say what the corpus says of a claim. A claim without terms is not in the corpus."""
    statement = analyse(claim)
    candidates = gather(snapshot, statement, search_query(snapshot, statement, CANDIDATES))
    compared = compare_windows(statement, candidates)
    supporting = _best([c for c in compared if c.comparison.supported])
    denying = contradicting(statement, compared)
    label, decisive = _decide(supporting, denying)
    sentences = [place for c in decisive[:MOST_QUOTED] for place in quotable(snapshot, c.window)]
    if not sentences:
        label = Label.NOT_IN_CORPUS
    _, citations = quote(snapshot, list(dict.fromkeys(sentences))) if sentences else ((), ())
    return Verdict(
        claim=claim,
        label=label,
        message=_MESSAGES[label],
        generation=snapshot.generation,
        citations=citations,
        nearest=pointers(snapshot, candidates.windows, citations, MOST_POINTERS),
    )


def compare_windows(statement: Query, candidates: Candidates) -> list[Compared]:
    """Each window beside the statement, in the same order."""
    return [
        Compared(
            window,
            compare(statement, candidates.weights, window.sentence.text, surroundings(window)),
        )
        for window in candidates.windows
    ]


def contradicting(statement: Query, compared: list[Compared]) -> list[Compared]:
    """The windows that say something else, best first.

    A sentence in which one whom the statement names is the speaker comes first.
    """
    clashing = [c for c in compared if c.comparison.mismatch]
    return sorted(clashing, key=lambda c: -_strength(statement, c))


def _strength(statement: Query, compared: Compared) -> float:
    speaker = attribution(compared.window.sentence.text)
    named = {t for name in statement.names for t in name}
    spoken_by = set(terms(speaker.source)) if speaker else set()
    return compared.comparison.coverage + 0.25 * bool(_reach(spoken_by) & _reach(named))


def _reach(terms_: set[str]) -> set[str]:
    return terms_ | {key for t in terms_ if (key := alias_key(t))}


def _best(supporting: list[Compared]) -> list[Compared]:
    return sorted(supporting, key=lambda c: -c.comparison.coverage)


def _decide(supporting: list[Compared], denying: list[Compared]) -> tuple[Label, list[Compared]]:
    """The label and the windows that decide it; support must cover at least as much as denial."""
    if supporting and (
        not denying or supporting[0].comparison.coverage >= denying[0].comparison.coverage
    ):
        return Label.SUPPORTED, supporting[:1]
    if denying:
        return Label.CONTRADICTED, denying[:1]
    return Label.NOT_IN_CORPUS, []
