"""Premises: what a question takes for granted, checked like a claim.

"Why did X call Y harmless?" takes for granted that X did. Where a sentence of the corpus says
otherwise in a way that can be told by structure, the question is not answered but set right.
"""

from __future__ import annotations

from retrieval.answer.claims import Compared, compare_windows, contradicting
from retrieval.answer.comparison import Mismatch
from retrieval.answer.evidence import Candidates
from retrieval.answer.question import Expected, Query

_TELLING = frozenset(
    {Mismatch.OPPOSITE, Mismatch.DOER, Mismatch.DENIAL, Mismatch.DATE, Mismatch.NUMBER}
)
_PRESUMING = frozenset({Expected.REASON, Expected.MANNER, Expected.DATE, Expected.PLACE,
                        Expected.PERSON, Expected.NUMBER})  # fmt: skip
_ALWAYS = frozenset({Expected.REASON})
"""Kinds that presume the whole statement; the others leave a place open."""


def denied_premise(query: Query, candidates: Candidates) -> Compared | None:
    """The window that says otherwise than the question presumes; None if none does.

    A sentence that carries the premise as it stands, anywhere among the candidates, clears it.
    """
    if query.expected not in _PRESUMING or not query.terms:
        return None
    compared = compare_windows(query, candidates)
    if any(c.comparison.supported for c in compared):
        return None
    for found in contradicting(query, compared):
        if found.comparison.mismatch in _TELLING and _is_sure(query, found):
            return found
    return None


def _is_sure(query: Query, found: Compared) -> bool:
    if found.comparison.mismatch in (Mismatch.DOER, Mismatch.OPPOSITE, Mismatch.DENIAL):
        return query.expected in _ALWAYS
    return True
