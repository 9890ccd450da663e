"""Existence and permission: claims whose verb says next to nothing, so that no verb is compared.

"There is a dark mode" has all its words in "a dark mode is planned", "there was a strike" in "a
strike was averted", "I can smoke" in "smoking is forbidden". What the quotation does with the thing
decides.
"""

from __future__ import annotations

import re

from retrieval.text.bindings import compared
from retrieval.text.lacks import Kind, Lack

_THERE = re.compile(
    r"\bthere(?:['’]s| (?:is|are|was|were|will be|has been|have been|exists?|existed))\b"
    r"|\b(?:exists?|existed|is available|are available|is in place|are in place)\b"
    r"|^(?:[\w'’-]+ ){1,6}?(?:has|have|had|got|offers?|offered|provides?|provided|includes?"
    r"|included|comes with|runs?|operates?) (?:an?|the|its|their|our|some|any|several|two|three"
    r"|many) ",
    re.IGNORECASE,
)
_UNREAL = (
    r"plan(?:s|ned|ning)?|propos(?:e[sd]?|ing|als?)|request(?:s|ed|ing)?|consider(?:s|ed|ing)?"
    r"|discuss(?:es|ed|ing|ions?)?|suggest(?:s|ed|ing|ions?)?|avert(?:s|ed)?|prevent(?:s|ed)?"
    r"|avoid(?:s|ed)?|postpone[sd]?|delay(?:s|ed)?|cancel(?:s|led|ed)?|call(?:s|ed)? off"
    r"|scrap(?:s|ped)?|abandon(?:s|ed)?|shelve[sd]?|reject(?:s|ed)?|turn(?:s|ed)? down"
    r"|vot(?:e[sd]?|ing) (?:down|against)|oppos(?:e[sd]?|ing)|lacks?|lacked|missing"
    r"|promise[sd]?|threaten(?:s|ed)?|demand(?:s|ed|ing)?|call(?:s|ed)? for|hop(?:e[sd]?|ing) for"
    r"|want(?:s|ed)?|wish(?:es|ed)?|needs?|needed|expect(?:s|ed)?|foresees?|foreseen|envisage[sd]?"
    r"|designing|work(?:s|ing)? on|draft(?:s|ed)?|appl(?:y|ies|ied) for"
)
_NULLIFIED = re.compile(
    r"\b(?:postpone[sd]?|cancel(?:s|led|ed)?|call(?:s|ed)? off|avert(?:s|ed)?|scrap(?:s|ped)?"
    r"|abandon(?:s|ed)?|shelve[sd]?|prevent(?:s|ed)?|foiled|planned|proposed)\b",
    re.IGNORECASE,
)
"""What is done to a deed named by a noun, that then was not done: "the opening was postponed"."""
_GONE = (
    r"clos(?:e[sd]?|ing|ure)|discontinue[sd]?|remove[sd]?|removal|abolish(?:es|ed)?|end(?:s|ed)"
    r"|dissolve[sd]?|demolish(?:es|ed)?|withdrawn?|withdrew|shut|replace[sd]?|phase[sd]? out"
    r"|no longer|former(?:ly)?|used to|repealed|expired?|retired|dropped"
)
_IS = re.compile(
    r"\b(?:is|are|has|have|exists?|offers?|provides?|includes?|['’]s)\b", re.IGNORECASE
)
_STANDS = re.compile(
    r"\b(?:there (?:is|are|was|were)|already|since|opened|introduced|launched|built|installed)\b",
    re.IGNORECASE,
)
"""What says all the same that it is there."""
_MAY = re.compile(
    r"\b(?:can|may|could|(?:is|are|am|was|were|be) (?:allowed|permitted|free|able) to"
    r"|(?:is|are|was|were) (?:allowed|permitted|possible))\b",
    re.IGNORECASE,
)
_FORBIDDEN = re.compile(
    r"\b(?:forbidden|prohibited|banned|barred|disallowed|forbids?|prohibits?|bans?|bars?"
    r"|not allowed|not permitted|off limits|impossible)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|no|never|cannot|nobody|nothing|none)\b|n['’]t\b", re.IGNORECASE)


def existence(claim: str, quotation: str) -> Lack | None:
    """A thing that the claim says is there, or a deed that it says is done, and that the quotation
    plans, averts or ends."""
    found = _THERE.search(claim)
    if _NOT.search(claim):
        return None
    if found is None:
        other = _NULLIFIED.search(quotation)
        if other is None or _NULLIFIED.search(claim) or compared(claim, quotation):
            return None
        return Lack(Kind.MODALITY, claim, other.group())
    words = _UNREAL if not _IS.search(claim) else f"{_UNREAL}|{_GONE}"
    unreal = re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    other = unreal.search(quotation)
    if other is None or unreal.search(claim) or _STANDS.search(quotation):
        return None
    return Lack(Kind.MODALITY, found.group().strip(), other.group())


def permission(claim: str, quotation: str) -> Lack | None:
    """What the claim allows and the quotation forbids, or the other way round."""
    for one, other in ((claim, quotation), (quotation, claim)):
        allowed, forbidden = _MAY.search(one), _FORBIDDEN.search(other)
        if allowed and forbidden and not _NOT.search(one) and not _MAY.search(other):
            stated, instead = (allowed, forbidden) if one is claim else (forbidden, allowed)
            return Lack(Kind.MODALITY, stated.group(), instead.group(), clash=True)
    return None
