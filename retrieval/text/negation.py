"""Negation: what is denied in one text and stated in the other.

A negation governs the content words right behind it. The claim and the quotation must negate the
same words; how they do it ("failed to", "did not") is all one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from retrieval.text.lacks import Kind, Lack
from retrieval.text.meanings import same_meaning
from retrieval.text.pairing import Cue, Pair, Token, cues, matched, neighbours, paired
from retrieval.text.polarity import DENIAL, NEGATION, NO_NEGATION, are_opposites
from retrieval.text.predications import head, predications

_CUE = re.compile(
    rf"(?P<negation>\bno (?:longer|more)\b|{NEGATION.pattern}|\bnor\b)", re.IGNORECASE
)
_NEGATIVE = re.compile(
    r"\b(?:un|im|ir|il|dis|non)-?\w{4,}|\bin(?:adequa|sufficien|eligib|accura|correct|visib|valid"
    r"|effective|appropria|active|complet|consist|dependen|significan|abilit|capab)\w+"
    r"|\b(?:few|little|stopp\w*|ceas\w+|prevent\w*|avoid\w*|den(?:y|ies|ied|ial)\w*|reject\w*"
    r"|refus\w+|fail\w*|absen\w+|lack\w*|except\w*|exclud\w+|los[et]s?|forb\w+|prohibit\w*"
    r"|bann?(?:ed|s)?|empty|zero|missing|opposed?|against|former\w*|false\w*|wrong\w*"
    r"|\w{3,}less(?:ly|ness)?)\b",
    re.IGNORECASE,
)
"""Words with which a sentence may deny something without a negation."""
_THERE = re.compile(
    r"\bthere (?:is|are|was|were|has been|have been|will be)(?: still)? *$", re.IGNORECASE
)
_DOUBLE = re.compile(r" (?:un|in|im)\w+$", re.IGNORECASE)
"""The end of "not unknown", which is affirmative but denies "unknown"."""
_SURE = re.compile(r" (?:[\w-]+ )?(?:convinced|persuaded|sure|certain|satisfied|believe)\b")
_DOUBT = re.compile(r"\b(?:doubt|question|s[ck]eptic|unsure|unconvinced|uncertain)", re.IGNORECASE)
_UNLESS = re.compile(r"\b(?:unless|without|except)\b", re.IGNORECASE)
_IF = re.compile(r"\b(?:if|when|only|provided|unless)\b", re.IGNORECASE)
_NEAR = 4
"""Content words on each side that make the place of a word."""
_CLOSE = 30
"""Characters before a word within which another word may deny it."""


@lru_cache(maxsize=4096)
def negated(text: str) -> tuple[Cue, ...]:
    """The negations of a text with the words they govern; "not only" and the like are none."""
    harmless = [
        match.span() for match in NO_NEGATION.finditer(text) if not _DOUBLE.search(match.group())
    ]
    return tuple(
        cue
        for cue in cues(text, _CUE)
        if not any(start <= cue.start < end for start, end in harmless)
    )


def negation(claim: str, quotation: str) -> Lack | None:
    """A negation that only one of the two has."""
    mine, theirs = negated(claim), negated(quotation)
    if not mine and not theirs:
        return None
    pair = paired(claim, quotation)
    _, added, dropped = matched(pair, mine, theirs)
    return _unfounded(pair, added, dropped, claim, quotation) or _missed(
        pair, added, dropped, claim, quotation
    )


def _unfounded(
    pair: Pair, added: list[Cue], dropped: list[Cue], claim: str, quotation: str
) -> Lack | None:
    """A negation of the claim without one in the quotation."""
    spare = [cue for cue in dropped if not any(at in pair.back for at in cue.scope)]
    for cue in added:
        first = pair.links.get(cue.scope[0]) if cue.scope else None
        if dropped and _THERE.search(claim[: cue.start]):
            continue
        if any(_is_converse(pair, cue, other) for other in dropped):
            continue
        if _excepted(quotation, claim):
            continue
        if first is not None:
            target = pair.quotation[first]
            if not _denied(quotation, claim, target):
                return Lack(Kind.NEGATION, cue.text, target.word, clash=True)
        elif spare:
            spare.pop()
        elif _doubts(claim[cue.end :]) and _DOUBT.search(quotation):
            continue
        elif not dropped and not _denied(quotation, claim) and not _opposed(pair, cue):
            return Lack(Kind.NEGATION, cue.text)
    return None


def _missed(
    pair: Pair, added: list[Cue], dropped: list[Cue], claim: str, quotation: str
) -> Lack | None:
    """A negation of the quotation without one in the claim."""
    spare = [cue for cue in added if not any(at in pair.links for at in cue.scope)]
    for cue in dropped:
        first = pair.back.get(cue.scope[0]) if cue.scope else None
        if first is None:
            continue
        if spare or (added and _THERE.search(quotation[: cue.start])):
            del spare[:1]
        elif (
            any(_is_converse(pair, other, cue) for other in added)
            or _excepted(claim, quotation)
            or _is_of_another(claim, quotation, pair, cue)
        ):
            continue
        elif not _denied(claim, quotation, pair.claim[first]):
            return Lack(Kind.NEGATION, pair.claim[first].word, cue.text, clash=True)
    return None


def _excepted(positive: str, negative: str) -> bool:
    """Whether one says with "if" what the other denies with "unless" or "without"."""
    return bool(_UNLESS.search(negative)) and bool(_IF.search(positive))


def _is_of_another(claim: str, quotation: str, pair: Pair, cue: Cue) -> bool:
    """Whether the quotation denies a verb of something else, and states one of the same meaning.

    "Rental cars require a reason, and most trips do not need one" denies no need of rental cars.
    """
    verb = pair.quotation[cue.scope[0]].term
    alike = [one for one in predications(quotation) if same_meaning(one.verb, verb)]
    mine = [head(one.doers) for one in predications(claim) if same_meaning(one.verb, verb)]
    ours = [one for one in alike if any(doer in one.doers for doer in mine)]
    return bool(ours) and all(one.verb != verb for one in ours)


def _is_converse(pair: Pair, one: Cue, other: Cue) -> bool:
    """Whether both deny one identity: "A is not B" and "B is not A"."""
    here = pair.back.get(other.scope[0]) if other.scope else None
    there = pair.links.get(one.scope[0]) if one.scope else None
    return (
        here is not None
        and there is not None
        and pair.claim[here].start < one.start
        and pair.quotation[there].start < other.start
    )


def _doubts(behind: str) -> bool:
    """Whether a negation says that somebody doubts: "is not convinced"."""
    return _SURE.match(behind) is not None


def _opposed(pair: Pair, cue: Cue) -> bool:
    """Whether the quotation says the opposite of what the claim negates: "fell" for "not rise"."""
    negated_ = [pair.claim[at].term for at in cue.scope]
    return any(are_opposites(word, token.term) for word in negated_ for token in pair.quotation)


def _denied(text: str, other: str, target: Token | None = None) -> bool:
    """Whether a text denies in another way what the other negates; of a word, right before it."""
    held = other.casefold()
    denial = DENIAL.search(text)
    if denial and denial.group().split()[-1].casefold() not in held:
        return True
    start = max(0, target.start - _CLOSE) if target else 0
    return any(
        match.group().casefold() not in held
        for match in _NEGATIVE.finditer(text, start, target.start if target else len(text))
    )


def opposite(claim: str, quotation: str) -> Lack | None:
    """A word of the claim in whose place the quotation has its opposite, negated in neither."""
    pair = paired(claim, quotation)
    others = [at for at in range(len(pair.quotation)) if at not in pair.back]
    if not others:
        return None
    for at, token in enumerate(pair.claim):
        if at in pair.links:
            continue
        for there in others:
            other = pair.quotation[there]
            if are_opposites(token.term, other.term) and _same_place(pair, at, there):
                if _is_negated(claim, at) != _is_negated(quotation, there):
                    continue
                return Lack(Kind.NEGATION, token.word, other.word, clash=True)
    return None


def _same_place(pair: Pair, at: int, there: int) -> bool:
    near = neighbours(pair.claim, at, _NEAR)
    return not near or not near.isdisjoint(neighbours(pair.quotation, there, _NEAR))


def _is_negated(text: str, at: int) -> bool:
    return any(at in cue.scope for cue in negated(text))
