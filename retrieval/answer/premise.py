"""Premises: what a question takes for granted, checked like a claim.

"Why did X call Y harmless?" takes for granted that X did. Where a sentence of the corpus says
otherwise in a way that can be told by structure, the question is not answered but set right.
"""

from __future__ import annotations

from retrieval.answer.claims import Compared, compare_windows, contradicting
from retrieval.answer.comparison import Mismatch
from retrieval.answer.evidence import Candidates
from retrieval.answer.question import Expected, Query
from retrieval.text.polarity import is_negative

_PRESUMING = frozenset({Expected.REASON, Expected.MANNER})
"""Kinds that take the whole statement for granted; the others leave a place open in it."""
_OPEN = frozenset({Expected.DATE, Expected.PLACE, Expected.PERSON, Expected.NUMBER})
_WORDED = frozenset({Mismatch.OPPOSITE, Mismatch.DENIAL})
"""Mismatches that an open place cannot explain."""
WHOLE = 0.85
"""Share that a sentence must cover to deny what a question with an open place takes for granted."""


def denied_premise(query: Query, candidates: Candidates) -> Compared | None:
    """The window that says otherwise than the question presumes; None if none does.

    A sentence that carries the premise as it stands, anywhere among the candidates, clears it.
    """
    if query.expected not in _PRESUMING | _OPEN or not query.terms:
        return None
    compared = compare_windows(query, candidates)
    if any(c.comparison.supported for c in compared):
        return None
    clashing = (c for c in contradicting(query, compared) if _denies(query, c))
    return next(clashing, None)


def _denies(query: Query, found: Compared) -> bool:
    mismatch = found.comparison.mismatch
    if query.expected in _PRESUMING:
        return mismatch is not Mismatch.NEGATION or is_negative(query.text)
    return mismatch in _WORDED and found.comparison.subject >= WHOLE
