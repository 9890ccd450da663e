"""Carried: whether a quotation carries every part of a claim that can be checked by rule.

Numbers, units, dates, names, negation, firmness, quantifiers, comparisons and speakers: each part
of the claim must stand in the quotation, and what weakens the quotation must not be left out of
the claim. What the words mean beyond that is for a judge; nothing here looks at wording.
"""

from __future__ import annotations

from functools import lru_cache

from retrieval.text.causes import cause
from retrieval.text.comparatives import comparative
from retrieval.text.days import date
from retrieval.text.distribution import distribution
from retrieval.text.doers import doer
from retrieval.text.existence import existence, permission
from retrieval.text.factuality import factuality
from retrieval.text.figures import figure
from retrieval.text.lacks import Kind, Lack
from retrieval.text.modality import modality
from retrieval.text.named import name, roles
from retrieval.text.negation import negation, opposite
from retrieval.text.quantifiers import quantifier
from retrieval.text.quantities import quantity
from retrieval.text.rates import rate
from retrieval.text.speakers import dropped, passed_on, speaker

__all__ = ["Kind", "Lack", "lacks", "uncarried"]


@lru_cache(maxsize=4096)
def uncarried(claim: str, quotation: str, context: str = "", on: str | None = None) -> Lack | None:
    """The first part of a claim that a quotation does not carry; None if all is carried.

    A speaker whom the claim leaves out though he only says it comes last, with the stance "says".

    Args:
        claim: One sentence.
        quotation: One or a few whole sentences.
        context: Title, heading and the sentence before; they may name and date what is quoted.
        on: Date of the document (ISO), from which "yesterday" and the like are counted.
    """
    return (
        quantity(claim, quotation)
        or figure(claim, quotation)
        or rate(claim, quotation)
        or distribution(claim, quotation)
        or date(claim, quotation, context, on)
        or speaker(claim, quotation, context)
        or passed_on(claim, quotation)
        or name(claim, quotation, context)
        or roles(claim, quotation)
        or doer(claim, quotation)
        or cause(claim, quotation)
        or dropped(claim, quotation, said=False)
        or comparative(claim, quotation)
        or quantifier(claim, quotation)
        or modality(claim, quotation)
        or existence(claim, quotation)
        or permission(claim, quotation)
        or factuality(claim, quotation)
        or negation(claim, quotation)
        or opposite(claim, quotation)
        or dropped(claim, quotation, said=True)
    )


@lru_cache(maxsize=4096)
def lacks(asked: str, quotation: str, context: str = "", on: str | None = None) -> tuple[Lack, ...]:
    """What of a question's own wording a quotation lacks or contradicts, at most one a subject.

    A question is no claim: it leaves open what it asks for, so that a lack is only a sign that the
    quotation answers something else, to be weighed with others. Speakers are not looked at.
    """
    found = (
        quantity(asked, quotation),
        date(asked, quotation, context, on),
        name(asked, quotation, context),
        roles(asked, quotation),
        comparative(asked, quotation),
        quantifier(asked, quotation),
        negation(asked, quotation),
        opposite(asked, quotation),
    )
    return tuple(lack for lack in found if lack)
