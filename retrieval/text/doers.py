"""Doers: "the landlord repairs the roof" says nothing of what the tenant repairs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.text.lacks import Kind, Lack
from retrieval.text.names import names
from retrieval.text.pairing import Token, paired
from retrieval.text.synonyms import synonyms
from retrieval.text.verbs import base_of, is_base

_CLAUSE_START = re.compile(
    r"[;:,—(]|\b(?:and|but|or|that|which|who|while|because|although|if|when)\b"
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|get|gets|got)(?: \w+ly| not)? $", re.I)
_OPENING = re.compile(r"^(?:the|an?|our|its|their|every|each|all|some|most) ", re.IGNORECASE)
_MOST = 3
"""Content words of a doer; what is longer begins with something else."""


def doer(claim: str, quotation: str) -> Lack | None:
    """The doer of the claim, where the quotation has quite another one at the same verb.

    Only common nouns with an article are looked at: names and pronouns may stand for others.
    """
    if not _OPENING.match(claim):
        return None
    pair = paired(claim, quotation)
    at = next((at for at in sorted(pair.links) if _is_verb(claim, pair.claim[at])), None)
    if at is None:
        return None
    mine = pair.claim[:at]
    verb = pair.quotation[pair.links[at]]
    if not _is_verb(quotation, verb):
        return None
    starts = [found.end() for found in _CLAUSE_START.finditer(quotation, 0, verb.start)]
    start = starts[-1] if starts else 0
    theirs = [token for token in pair.quotation if start <= token.start < verb.start]
    if not _OPENING.match(quotation[start : verb.start].lstrip()) or _are_named(claim, mine):
        return None
    if not (0 < len(mine) <= _MOST and 0 < len(theirs) <= _MOST):
        return None
    if any(n in pair.links for n in range(at)) or _may_be_one(mine, theirs):
        return None
    return Lack(Kind.DOER, mine[-1].word, theirs[-1].word)


def _is_verb(text: str, token: Token) -> bool:
    word = token.word.lower()
    is_known = word.islower() and (is_base(word) or base_of(word) is not None)
    return is_known and token.start > 0 and not _PASSIVE.search(text[: token.start])


def _are_named(text: str, tokens: Sequence[Token]) -> bool:
    return any(n.start <= token.start < n.end for n in names(text) for token in tokens)


def _may_be_one(mine: Sequence[Token], theirs: Sequence[Token]) -> bool:
    others = {token.term for token in theirs}
    return any(token.term in others or synonyms(token.term) & others for token in mine)
