"""Modality: how firmly a text commits itself to what a word says.

The classes stand in the order of their firmness: what may be, is planned, should or would be, is
likely, will be, is. What must be is a rule, neither firmer nor weaker than what is.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

from retrieval.text.attribution import Stance, attribution, layers
from retrieval.text.lacks import Kind, Lack
from retrieval.text.pairing import Cue, Pair, cues, matched, paired


class Firmness(IntEnum):
    """How firmly a thing is stated."""

    POSSIBLE = 1
    PLANNED = 2
    WOULD = 3
    SHOULD = 4
    LIKELY = 5
    WILL = 6
    IS = 7
    MUST = 8


_VERBS = (
    "plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|aim(?:s|ed|ing)?|hop(?:e|es|ed|ing)|want(?:s|ed|ing)?"
    "|seek(?:s|ing)?|propos(?:e|es|ed)|pledg(?:e|es|ed)|vow(?:s|ed)?|promis(?:e|es|ed)"
    "|tr(?:y|ies|ied|ying)|attempt(?:s|ed|ing)?|consider(?:s|ed|ing)?|agreed?|decid(?:e|es|ed)"
)
_CUE = re.compile(
    r"\b(?:"
    r"(?P<POSSIBLE>(?:may|can)(?! \d)|(?:may|can)(?=not\b)|(?i:might|could|possib(?:ly|le)|perhaps"
    r"|maybe|potentially|conceivably|able to|(?:allowed|permitted) to))"
    rf"|(?i:(?P<PLANNED>(?:{_VERBS}) to|would like to|proposed|considering|plann?(?:ed|ing) for)"
    r"|(?P<WOULD>would)"
    r"|(?P<SHOULD>should(?! be noted)|ought to)"
    r"|(?P<LIKELY>(?:un)?likely(?: to)?|probably|presumably|apparently|supposedly|reportedly"
    r"|allegedly|purportedly|rumou?red(?: to)?|seemingly|arguably|(?:seem|appear)(?:s|ed)? to"
    r"|(?:expected|believed|thought|said|suspected|estimated|assumed|presumed|considered"
    r"|alleged|claimed|reported) to|(?:seems|appears) that)"
    r"|(?P<WILL>will|wo(?=n['’]t)|going to"
    r"|(?:is|are) to(?! (?:the|a|an|this|that|its|his|her|their|our|my|some|all|have)\b)(?= [a-z]))"
    r"|(?P<MUST>must(?! have\b)|shall|ha(?:ve|s|d|ving) to|(?:required|obliged|forced"
    r"|need(?:s|ed)?|compelled) to))"
    r")(?:\b|(?=n['’]t|not\b))"
)
_RULED = re.compile(
    r"\b(?:must|shall|ha(?:ve|s|d) to|requir\w+|need\w*|mandat\w+|oblig\w+|necessar\w+|compulsory"
    r"|only|forc\w+|order(?:s|ed)|binding|essential|had better)\b",
    re.IGNORECASE,
)
"""Words with which a sentence may set a rule."""


@lru_cache(maxsize=4096)
def hedges(text: str) -> tuple[Cue, ...]:
    """The modal words of a text with the words they govern."""
    return cues(text, _CUE)


def modality(claim: str, quotation: str) -> Lack | None:
    """Something that the claim states more firmly than the quotation, or as a rule."""
    mine, theirs = hedges(claim), hedges(quotation)
    if not mine and not theirs:
        return None
    pair = paired(claim, quotation)
    found, added, dropped = matched(pair, mine, theirs)
    spoken = attribution(quotation) is not None
    intended = any(layer.stance is Stance.PLANS for layer in layers(claim))
    for one, other in found:
        if not _licensed(_claimed(one, intended), _level(other), spoken):
            return Lack(Kind.MODALITY, one.text, other.text)
    return _bared(pair, added, dropped, spoken, intended) or _ruled(added, dropped, quotation)


def _level(cue: Cue) -> Firmness:
    return Firmness[cue.kind]


def _claimed(cue: Cue, intended: bool) -> Firmness:
    """How firm a claim is; "is to", or "will" where somebody intends it, is no more than a plan."""
    level = _level(cue)
    is_plan = intended or cue.text.casefold() in ("is to", "are to")
    return Firmness.PLANNED if level is Firmness.WILL and is_plan else level


def _bared(
    pair: Pair, added: list[Cue], dropped: list[Cue], spoken: bool, intended: bool
) -> Lack | None:
    """A word that the quotation hedges and the claim does not."""
    spare = [cue for cue in added if not any(at in pair.links for at in cue.scope[:1])]
    for cue in dropped:
        here = pair.back.get(cue.scope[0]) if cue.scope else None
        if here is None or (_level(cue) is Firmness.WOULD and spoken):
            continue
        level = _claimed(spare.pop(), intended) if spare else Firmness.IS
        if not _licensed(level, _level(cue), spoken):
            return Lack(Kind.MODALITY, pair.claim[here].word, cue.text)
    return None


def _licensed(claimed: Firmness, stated: Firmness, spoken: bool) -> bool:
    """Whether what is stated carries what is claimed; "would" is the "will" of reported speech."""
    if stated is Firmness.MUST:
        return claimed in (Firmness.MUST, Firmness.SHOULD)
    if stated is Firmness.WOULD and spoken:
        return claimed <= Firmness.WILL
    if stated is Firmness.WILL:
        return claimed <= Firmness.WILL
    return claimed <= stated


def _ruled(added: list[Cue], dropped: list[Cue], text: str) -> Lack | None:
    """A rule of the claim ("must") of which the quotation knows nothing."""
    if dropped or _RULED.search(text):
        return None
    found = next((cue for cue in added if _level(cue) is Firmness.MUST), None)
    return Lack(Kind.MODALITY, found.text) if found else None
