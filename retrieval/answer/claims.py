"""Claims: supported, contradicted or not in the corpus, each with its quotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.answer.comparison import Comparison, compare
from retrieval.answer.compose import Placed, pointers, quotable, quote
from retrieval.answer.evidence import Candidates, Window, gather, surroundings
from retrieval.answer.question import Query, analyse
from retrieval.answer.search import search_query
from retrieval.index.reader import Snapshot
from retrieval.model import Label, Verdict
from retrieval.text.aliases import alias_key
from retrieval.text.attribution import attribution
from retrieval.text.terms import terms

CANDIDATES = 30
LONGEST_CLAIM = 1_000
"""Characters of a claim; what would have to be left out could be what is wrong with it."""

_MESSAGES = {
    Label.SUPPORTED: "Supported. The documents say:",
    Label.CONTRADICTED: "Contradicted. The documents say:",
    Label.NOT_IN_CORPUS: "Not in the documents: none of them says this, or denies it.",
}
_EMPTY = (
    "Not checked: the claim names nothing to look for. State it in a full sentence, with the "
    "names, dates or things it is about."
)
_TOO_LONG = f"Not checked: the claim has over {LONGEST_CLAIM:,} characters. Check it in parts."

_Quoted = tuple[float, list[Placed]]
"""How much of the claim a window covers, and the sentences to quote."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A window and how it compares with the statement."""

    window: Window
    comparison: Comparison


def check(snapshot: Snapshot, claim: str) -> Verdict:
    """Say what the corpus says of a claim. What cannot be compared is not in the corpus."""
    statement = analyse(claim[:LONGEST_CLAIM])
    if len(claim) > LONGEST_CLAIM:
        return unchecked(claim, _TOO_LONG, snapshot)
    if not statement.terms:
        return unchecked(claim, _EMPTY, snapshot)
    candidates = gather(snapshot, statement, search_query(snapshot, statement, CANDIDATES))
    compared = compare_windows(statement, candidates)
    supporting = _first_quotable(snapshot, _best([c for c in compared if c.comparison.supported]))
    denying = _first_quotable(snapshot, contradicting(statement, compared))
    label, places = _decide(supporting, denying)
    _, citations = quote(snapshot, places)
    return Verdict(
        claim=claim,
        label=label,
        message=_MESSAGES[label],
        generation=snapshot.generation,
        citations=citations,
        nearest=pointers(snapshot, candidates.windows, citations),
    )


def unchecked(claim: str, message: str, snapshot: Snapshot | None = None) -> Verdict:
    """The verdict on a claim that was not checked: the message says so, and why."""
    return Verdict(
        claim=claim,
        label=Label.NOT_IN_CORPUS,
        message=message,
        generation=snapshot.generation if snapshot else 0,
    )


def compare_windows(statement: Query, candidates: Candidates) -> list[Compared]:
    """Each window beside the statement, in the same order."""
    return [
        Compared(
            window,
            compare(
                statement,
                candidates.weights,
                candidates.table,
                window.sentence.text,
                surroundings(window),
            ),
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


def _first_quotable(snapshot: Snapshot, compared: Sequence[Compared]) -> _Quoted | None:
    """The first window that may be quoted, with the sentences that this takes."""
    quoted = ((c.comparison.coverage, quotable(snapshot, c.window)) for c in compared)
    return next(((coverage, places) for coverage, places in quoted if places), None)


def _decide(supporting: _Quoted | None, denying: _Quoted | None) -> tuple[Label, list[Placed]]:
    """The label and what is quoted for it; support must cover at least as much as denial."""
    if supporting and (not denying or supporting[0] >= denying[0]):
        return Label.SUPPORTED, supporting[1]
    if denying:
        return Label.CONTRADICTED, denying[1]
    return Label.NOT_IN_CORPUS, []
