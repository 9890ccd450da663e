"""Speakers: whether a claim lets the same ones speak as the quotation, and as firmly.

A claim that drops who alleges, denies, doubts, plans, predicts, asks or retracts says something
else. One that drops a plain "X said" says as much, with less of where it comes from.
"""

from __future__ import annotations

import re

from retrieval.text.aliases import holds, keys
from retrieval.text.attribution import Attribution, Stance, layers, nested
from retrieval.text.lacks import Kind, Lack
from retrieval.text.pairing import paired
from retrieval.text.polarity import negations
from retrieval.text.terms import terms

_SHARE = 0.5
"""Share of the words in common that must be spoken for the speaker to be missed."""
_PRONOUN = re.compile(
    r"(?:.* )?(?:s?he|it|they|we|i|you|who|which|that|this)|his|her|their|", re.IGNORECASE
)
_CLAUSE = re.compile(r"(?: [\w’'-]+){0,3}? (?:that|whether|if|how|why|to|it|he|she|they)\b")
_INSERTED = re.compile(r"(?:, (?:who|which|where|whose)\b[^,()]*|(?P<open>\()[^()]*)$")
"""What is said in an insertion ends with it."""
_DENIED = re.compile(r"\b(?:den(?:y|ies|ied|ying)|refut(?:es?|ed))\b", re.IGNORECASE)
_DENIAL = re.compile(r"\b(?:den(?:y|ies|ied|ial|ying)|reject|dismiss|disput|refut|false)", re.I)
_WEAKER: dict[Stance, re.Pattern[str]] = {
    Stance.ALLEGES: re.compile(r"\b(?:alleged(?:ly)?|claim\w*|accus\w+|suspected|reportedly"
                               r"|purported(?:ly)?|insist\w*|accusation|allegation)\b", re.I),
    Stance.PREDICTS: re.compile(r"\b(?:may|might|could|likely|probably|expect\w+|forecasts?"
                                r"|due to|scheduled|set to|estimate\w*|predict\w*|anticipat\w+"
                                r"|projected|warn\w*)\b", re.I),
    Stance.PLANS: re.compile(r"\b(?:may|might|could|plan\w*|intend\w*|aim\w*|hop(?:e|es|ed|ing)"
                             r"|propos\w+|suggest\w*|vow\w*|pledg\w+|promis\w+|want\w*|seek\w*"
                             r"|goal)\b", re.I),
    Stance.DOUBTS: re.compile(r"\b(?:doubt\w*|question\w*|not|n['’]t|no|never|unclear|unsure"
                              r"|uncertain|skeptic\w*|sceptic\w*)\b|n['’]t\b", re.I),
    Stance.DENIES: re.compile(r"\b(?:den(?:y|ies|ied|ial|ying)|reject\w*|dismiss\w*|disput\w+"
                              r"|refut\w+|not|no|never|false)\b|n['’]t\b", re.I),
    Stance.ASKS: re.compile(r"\b(?:ask\w*|question\w*|whether|inquir\w+|wonder\w*)\b", re.I),
    Stance.RETRACTS: re.compile(r"\b(?:retract\w*|recant\w*|withdr\w+)\b", re.I),
}  # fmt: skip
"""Words by which a claim keeps a stance without naming its speaker."""
_SUBSUMED = {
    Stance.SAYS: (Stance.SAYS,),
    Stance.ALLEGES: (Stance.ALLEGES, Stance.SAYS),
    Stance.PREDICTS: (Stance.PREDICTS, Stance.PLANS),
    Stance.PLANS: (Stance.PLANS,),
    Stance.DOUBTS: (Stance.DOUBTS,),
    Stance.DENIES: (Stance.DENIES,),
    Stance.ASKS: (Stance.ASKS, Stance.DOUBTS),
    Stance.RETRACTS: (Stance.RETRACTS,),
}
"""Stances of a quotation that carry a stance of the claim."""
_THINKING = ("believe", "believes", "believed")
_THOUGHT = (Stance.PREDICTS, Stance.ALLEGES)
_FIRM = (Stance.SAYS, Stance.ALLEGES)
_NOT = re.compile(r"\b(?:not|never|no|none|nobody|nothing|neither)\b|n['’]t\b", re.IGNORECASE)
_FRAMED = re.compile(
    r"\b(?:accounts?|tellings?|words?|views?|opinions?|beliefs?|suspicions?|judge?ments?|counts?"
    r"|intentions?|wish(?:es)?|would like|ha(?:s|ve) (?:its|her|his|their) way"
    r"|gets? (?:its|her|his|their) way|charg(?:es?|ed)|assert(?:s|ed)?|maintain(?:s|ed)?"
    r"|contend(?:s|ed)?|complain(?:s|ed)?|holds? that|thinks?|thought|fears?|feared|reckons?"
    r"|is right|are right|believes?|rumou?rs?|disagrees?|contradict(?:s|ed)|went back on"
    r"|t(?:akes?|ook) (?:it |that |this )?back|untrue|misgivings|sceptical|skeptical)\b",
    re.IGNORECASE,
)
"""Words by which a claim may keep a speaker without a cue; whether it does is for the judge."""


def speaker(claim: str, quotation: str, context: str = "") -> Lack | None:
    """A speaker or stance of the claim that the quotation lacks, or has otherwise."""
    denied = _DENIED.search(claim)
    if denied and not _DENIAL.search(quotation) and negations(claim) >= negations(quotation):
        return Lack(Kind.ATTRIBUTION, denied.group(), clash=True)
    mine = layers(claim)
    if not mine:
        return None
    theirs = layers(quotation)
    around = keys(context) | keys(quotation)
    negated = bool(_NOT.search(claim)) and not _NOT.search(quotation)
    for layer in mine:
        lack = _unfounded(layer, theirs, quotation, around)
        if lack and not (negated and lack.stance is Stance.DENIES and layer.stance in _FIRM):
            return lack
    return None


def _unfounded(
    layer: Attribution, theirs: tuple[Attribution, ...], text: str, around: frozenset[str]
) -> Lack | None:
    words = f"{layer.source} {layer.cue}".strip()
    alike = [other for other in theirs if _same_source(layer, other, text, around)]
    if any(other.cue == ":" or other.stance in _SUBSUMED[layer.stance] for other in alike):
        return None
    if any(_thinks(layer, other) or _is_neutral(layer, other) for other in alike):
        return None
    if layer.stance is not Stance.SAYS and _WEAKER[layer.stance].search(text) and not alike:
        rivals = [o for o in theirs if o.source and o.stance in _SUBSUMED[layer.stance]]
        if not rivals or not _is_named(layer):
            return None
        return Lack(Kind.ATTRIBUTION, words, _words(rivals[0]), True, rivals[0].stance)
    if alike:
        return Lack(Kind.ATTRIBUTION, words, _words(alike[0]), True, alike[0].stance)
    named = [other for other in theirs if other.source]
    if named and _is_named(layer):
        return Lack(Kind.ATTRIBUTION, words, _words(named[0]), True, named[0].stance)
    said = layer.stance is Stance.SAYS
    if said and not theirs and (not _is_named(layer) or _held(layer.source, around)):
        return None
    return Lack(Kind.ATTRIBUTION, words, stance=layer.stance)


def _words(layer: Attribution) -> str:
    return f"{layer.source} {layer.cue}".strip()


def _is_named(layer: Attribution) -> bool:
    return not is_pronoun(layer.source)


def is_pronoun(source: str) -> bool:
    """Whether a speaker is called by no name: "he", "the man who"; also one who is not named."""
    return _PRONOUN.fullmatch(source) is not None


def _same_source(mine: Attribution, other: Attribution, text: str, around: frozenset[str]) -> bool:
    """Whether two speakers may be one: a word in common, or one of them not named."""
    if not _is_named(mine) or not _is_named(other):
        return not _is_named(mine) or not other.source or _held(mine.source, around)
    at = text.find(other.source)
    whole = text[at : other.start] if 0 <= at < other.start else other.source
    source = keys(other.source) | keys(whole)
    return any(holds(source, t) for t in terms(mine.source)) or not terms(mine.source)


def _held(source: str, around: frozenset[str]) -> bool:
    return all(holds(around, t) for t in terms(source))


def dropped(claim: str, quotation: str, *, said: bool) -> Lack | None:
    """A speaker of the quotation whom the claim leaves out: one who says, or one who does else."""
    theirs = [layer for layer in layers(quotation) if (layer.stance is Stance.SAYS) is said]
    if not theirs:
        return None
    mine = layers(claim)
    for layer in theirs:
        kept = any(_keeps(own, layer) for own in mine)
        if kept or (not said and _WEAKER[layer.stance].search(claim)):
            continue
        if not said and _may_be_kept(claim, mine, layer):
            continue
        if _is_spoken(claim, quotation, layer):
            return Lack(Kind.ATTRIBUTION, "", _words(layer), not said and _denying(layer),
                        layer.stance)  # fmt: skip
    return None


def _may_be_kept(claim: str, mine: tuple[Attribution, ...], layer: Attribution) -> bool:
    """Whether a claim names the speaker with words that may stand for the cue."""
    if any(_is_named(own) for own in mine) or not _FRAMED.search(claim):
        return False
    return not _is_named(layer) or not set(terms(layer.source)).isdisjoint(terms(claim))


def passed_on(claim: str, quotation: str) -> Lack | None:
    """A speaker who only passes on what another said, left out of the claim or moved within it."""
    theirs = nested(quotation)
    if not theirs:
        return None
    named = [layer for layer in theirs if _is_named(layer)]
    held = keys(claim)
    mine = [own for own in layers(claim) if _is_named(own)]
    order = [at for own in mine for at, other in enumerate(named) if _shares(own, other)][:2]
    if len(order) == 2 and order[0] > order[1]:
        return Lack(Kind.ATTRIBUTION, _words(mine[0]), _words(named[0]), True, named[0].stance)
    left_out = [o for o in named if all(not holds(held, t) for t in terms(o.source))]
    if not left_out and (len(layers(claim)) >= len(theirs) or _FRAMED.search(claim)):
        return None
    if not any(_is_spoken(claim, quotation, layer) for layer in theirs):
        return None
    return Lack(Kind.ATTRIBUTION, "", _words((left_out or theirs)[0]))


def _shares(own: Attribution, other: Attribution) -> bool:
    return not set(terms(own.source)).isdisjoint(terms(other.source))


def _denying(layer: Attribution) -> bool:
    return layer.stance in (Stance.DENIES, Stance.RETRACTS)


def _keeps(own: Attribution, layer: Attribution) -> bool:
    return layer.stance in (*_SUBSUMED[own.stance], own.stance, Stance.SAYS) or (
        _thinks(own, layer) or _is_neutral(own, layer)
    )


def _thinks(own: Attribution, layer: Attribution) -> bool:
    """Whether "believes" stands for what the quotation has: "expects", "suspects"."""
    return own.cue in _THINKING and layer.stance in _THOUGHT


def _is_neutral(own: Attribution, layer: Attribution) -> bool:
    """Whether "according to" stands for what somebody alleges: it takes no side."""
    return own.cue == "according to" and layer.stance is Stance.ALLEGES


def _is_spoken(claim: str, quotation: str, layer: Attribution) -> bool:
    """Whether what the claim says stands in what the speaker says."""
    pair = paired(claim, quotation)
    source = set(terms(layer.source))
    start, end = _content(quotation, layer)
    places = [pair.quotation[at].start for at in pair.back if pair.quotation[at].term not in source]
    spoken = sum(start <= place < end for place in places)
    return bool(places) and spoken / len(places) >= _SHARE


def _content(text: str, layer: Attribution) -> tuple[int, int]:
    """Where that stands which a speaker says: behind the cue, or before it at the end."""
    if layer.cue == "according to":
        return 0, len(text)
    behind = text[layer.start + len(layer.cue) :]
    rest = behind.replace(layer.source, "") if layer.source else behind
    if len(rest.split()) <= 3 and not _CLAUSE.match(behind):
        return 0, layer.start
    inserted = _INSERTED.search(text[: layer.start])
    end = text.find(")" if inserted and inserted["open"] else ",", layer.start)
    return layer.start, end if inserted and end > 0 else len(text)
