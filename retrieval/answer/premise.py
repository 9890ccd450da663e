"""Premises: what a question takes for granted, checked like a claim.

"Why did X call Y harmless?" takes for granted that X did. Where a sentence of the corpus says
otherwise, the question is not answered but set right; where none says it, it is named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.answer.claims import contradicting, strength, supporting_windows
from retrieval.answer.comparison import Comparison, Mismatch, compare
from retrieval.answer.evidence import Candidates, Window, surroundings
from retrieval.answer.presuppositions import presupposed
from retrieval.answer.question import Expected, Query, analyse
from retrieval.answer.scope import is_of_another
from retrieval.answer.verify import Verifier, names_are_there
from retrieval.text.aliases import holds, keys
from retrieval.text.polarity import is_negative
from retrieval.text.synonyms import synonyms
from retrieval.text.terms import sentence_terms
from retrieval.text.vectors import WordTable

_PRESUMING = frozenset({Expected.REASON, Expected.MANNER})
"""Kinds that take the whole statement for granted; the others leave a place open in it."""
_OPEN = frozenset({Expected.DATE, Expected.PLACE, Expected.PERSON, Expected.NUMBER})
_WORDED = frozenset({Mismatch.OPPOSITE, Mismatch.DENIAL})
"""Mismatches that an open place cannot explain."""
WHOLE = 0.85
"""Share that a sentence must cover to deny what a question with an open place takes for granted."""
READ = 5
"""Windows that the second judge reads for a premise."""
SURE = 0.9
"""Probability from which its word sets a question right that is not answered."""


_STRESS = re.compile(r" (?:still|even|actually|really|just) ", re.IGNORECASE)
"""Words that lay stress on a statement and state nothing: the judge takes them for a difference."""
ABOUT = 0.6
"""Share of a statement's words that stand in what it is set right with, or around it."""


@dataclass(frozen=True, slots=True)
class Premise:
    """A presupposed statement that the corpus does not carry, and the window that denies it."""

    statement: str
    denied_by: Window | None


def denied_premise(query: Query, candidates: Candidates) -> Window | None:
    """The window whose structure says otherwise than the question presumes; None if none does.

    A sentence that carries the premise as it stands, anywhere among the candidates, clears it.
    """
    if query.expected not in _PRESUMING | _OPEN or not query.terms:
        return None
    compared = [
        (w, compare(query, candidates.weights, candidates.table, w.sentence.text, surroundings(w)))
        for w in candidates.windows
        if not is_of_another(query.asked, w)
    ]
    if any(comparison.supported for _, comparison in compared):
        return None
    denying = [(w, c) for w, c in compared if c.mismatch and _denies(query, c)]
    return max(denying, key=lambda item: strength(query, *item))[0] if denying else None


def unmet_premise(query: Query, candidates: Candidates, verifier: Verifier) -> Premise | None:
    """What a question that is not answered presumes without ground; None if nothing is found.

    Read by the second judge, so only after the first has refused.
    """
    for text in presupposed(query.text)[:1]:
        statement = analyse(_STRESS.sub(" ", text))
        weighed = verifier.weigh(statement, _restated(statement, candidates))
        if supporting_windows(statement, weighed, verifier):
            return None
        denying = [
            w
            for w in contradicting(statement, weighed, verifier)
            if w.contradicts >= SURE
            and names_are_there(statement, w.window)
            and _is_about(statement, w.window)
        ]
        return Premise(text, denying[0].window if denying else None)
    return None


def _is_about(statement: Query, window: Window) -> bool:
    """Whether most of a statement's words stand in a window: else it denies something else."""
    around = keys(f"{window.sentence.text} {surroundings(window)}")
    found = [holds(around, t) or not synonyms(t).isdisjoint(around) for t in statement.terms]
    return sum(found) >= ABOUT * len(found)


def _restated(statement: Query, candidates: Candidates) -> Candidates:
    """The nearest candidates beside a statement instead of the question it was taken from."""
    windows = candidates.windows[:READ]
    middle = sum(candidates.weights.values()) / max(1, len(candidates.weights))
    weights = {t: candidates.weights.get(t, middle) for t in statement.terms}
    words = (word for w in windows for _, word in sentence_terms(w.sentence.text))
    return Candidates(weights, windows, WordTable(statement.words, words))


def _denies(query: Query, comparison: Comparison) -> bool:
    if query.expected in _PRESUMING:
        return comparison.mismatch is not Mismatch.NEGATION or is_negative(query.text)
    return comparison.mismatch in _WORDED and comparison.subject >= WHOLE
