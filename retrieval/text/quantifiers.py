"""Quantifiers: how many of them, how often, and whether nothing else does."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

from retrieval.text.lacks import Kind, Lack
from retrieval.text.negation import negated
from retrieval.text.pairing import Cue, Pair, cues, matched, paired


class Share(IntEnum):
    """How much of something: the stronger carries the weaker, but few and none stand apart."""

    NONE = 0
    FEW = 1
    SOME = 2
    MANY = 3
    MOST = 4
    ALL = 5
    ONLY = 6


_CUE = re.compile(
    r"\b(?:"
    r"(?P<NONE>none of|not (?:a single )?one of|no(?= (?:one|\w+s\b)))"
    r"|(?P<FEW>(?<!\ba )(?<!\bquite a )few(?! hundred| thousand)|rarely|seldom|hardly (?:any|ever))"
    r"|(?P<SOME>some(?! \d|what|how|time\b)|a few|several|sometimes|occasionally|part(?:ly| of)"
    r"|certain|a (?:number|minority) of|in some cases|(?<!not )(?<!single )(?:one|some) of"
    r"|partially)"
    r"|(?P<MANY>(?<!\bhow )(?<!\bas )(?:many|much)(?! (?:more|less|larger|smaller|higher|lower"
    r"|better))|numerous|often|frequently|a lot of|lots of|countless)"
    r"|(?P<MOST>most(?= of\b| \w+s\b| people\b)|(?:the |a |vast )*majority of|mostly|mainly|usually"
    r"|largely|generally|typically|primarily|predominantly|nearly all|almost all|almost every"
    r"|almost always|normally|chiefly)"
    r"|(?P<ALL>(?<=\bat )all(?= (?:the )?\w+s\b)"
    r"|(?<!\bat )all(?! (?:over|right|kinds|sorts|about|but|time\b))|every(?!day)|each(?! other)"
    r"|always|everyone|everybody|everything|entire(?:ly)?|whole(?!sale)|wholly|completely|invariably"
    r"|fully|totally|any(?:one|body|thing)?(?= (?:who|that|of)\b))"
    r"|(?P<ONLY>only|solely|exclusively|(?<=\bthe )sole)"
    r")\b",
    re.IGNORECASE,
)
_NOT_ONLY = re.compile(
    r"(?:\bnot|n['’]t) (?:all|every|always|everyone|entirely)$"
    r"|(?:\b(?:not|never)|n['’]t)(?: [\w-]+){0,4} (?:only|solely)$",
    re.IGNORECASE,
)
_EXCLUSIVE = re.compile(
    r"\b(?:sol(?:e|ely)|exclusive(?:ly)?|just|merely|alone|nothing but|limited to|unique\w*"
    r"|lone|(?:except|but) for|other than|confined|restrict\w+|one \w+ only)\b",
    re.IGNORECASE,
)
_CLOSE = 25
"""Characters around a word within which another word may be about it."""
_BARE = frozenset({Share.ALL, Share.MOST, Share.NONE})
"""Shares that a sentence without a quantifier does not state."""
_DROPPABLE = frozenset({Share.ALL, Share.ONLY, Share.MANY, Share.NONE})
"""Shares that a claim may leave out: "all employees" carries "employees"."""


@lru_cache(maxsize=4096)
def shares(text: str) -> tuple[Cue, ...]:
    """The quantifiers of a text with the words they govern; negated ones are left out."""
    return tuple(cue for cue in cues(text, _CUE) if not _NOT_ONLY.search(text[: cue.end]))


def quantifier(claim: str, quotation: str) -> Lack | None:
    """A quantifier of the claim that is stronger than the quotation's, or one left out."""
    mine, theirs = shares(claim), shares(quotation)
    if not mine and not theirs:
        return None
    pair = paired(claim, quotation)
    found, added, dropped = matched(pair, mine, theirs)
    for one, other in found:
        if not _carries(_level(other), _level(one)):
            return Lack(Kind.QUANTIFIER, one.text, other.text, _clash(other, one))
    return _added(pair, added, dropped, quotation) or _dropped(pair, added, dropped)


def _level(cue: Cue) -> Share:
    return Share[cue.kind.upper()]


def _added(pair: Pair, added: list[Cue], dropped: list[Cue], text: str) -> Lack | None:
    """A share that the quotation does not state."""
    for cue in added:
        level = _level(cue)
        if level is Share.ONLY:
            alike = any(_level(other) is Share.ONLY for other in dropped)
            if not alike and not _is_exclusive(pair, cue, text):
                return Lack(Kind.QUANTIFIER, cue.text)
        elif dropped:
            if not any(_carries(_level(other), level) for other in dropped):
                return Lack(Kind.QUANTIFIER, cue.text, dropped[0].text, _clash(dropped[0], cue))
        elif _is_bare(pair, cue) and not (level is Share.NONE and negated(text)):
            return Lack(Kind.QUANTIFIER, cue.text)
    return None


def _is_exclusive(pair: Pair, cue: Cue, text: str) -> bool:
    """Whether the quotation says "only" in another way, near the word that is meant."""
    at = pair.links.get(cue.scope[0]) if cue.scope else None
    if at is None:
        return bool(_EXCLUSIVE.search(text))
    place = pair.quotation[at].start
    return bool(_EXCLUSIVE.search(text, max(0, place - _CLOSE), place + _CLOSE))


def _is_bare(pair: Pair, cue: Cue) -> bool:
    """Whether the word that a share governs stands in the quotation without any."""
    return _level(cue) in _BARE and bool(cue.scope) and cue.scope[0] in pair.links


def _carries(stated: Share, claimed: Share) -> bool:
    if min(stated, claimed) <= Share.FEW or stated is Share.ONLY:
        return stated is claimed
    return stated >= claimed


def _clash(stated: Cue, claimed: Cue) -> bool:
    return min(_level(stated), _level(claimed)) <= Share.FEW


def _dropped(pair: Pair, added: list[Cue], dropped: list[Cue]) -> Lack | None:
    """A share of the quotation without which the claim says more: "some", "most", "few"."""
    if any(not any(at in pair.links for at in other.scope[:1]) for other in added):
        return None
    for cue in dropped:
        here = pair.back.get(cue.scope[0]) if cue.scope else None
        if here is not None and _level(cue) not in _DROPPABLE and not _is_loose(cue):
            return Lack(Kind.QUANTIFIER, pair.claim[here].word, cue.text)
    return None


def _is_loose(cue: Cue) -> bool:
    """Whether a share says that there are such things rather than how many of them."""
    return cue.text.casefold() in ("several", "certain", "one of", "part of", "a number of")
