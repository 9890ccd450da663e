"""Comparatives: more or less, up or down, before or after, and which side of "than"."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from retrieval.text.lacks import Kind, Lack
from retrieval.text.negation import negated
from retrieval.text.pairing import Cue, Pair, cues, matched, neighbours, paired
from retrieval.text.terms import term

_WORDS = {
    "MORE": r"more(?! than (?:half|the|its|a)\b)",
    "LESS": r"(?:less|fewer)(?! than (?:half|the|its|a)\b)",
    "BEFORE": r"before|prior to|ahead of",
    "AFTER": r"after|following(?= the| a| an)",
    "ABOVE": r"above|(?:over|more than)(?= the| its| a| half)",
    "BELOW": r"below|beneath|(?:under|less than)(?= the| its| a| half)"
    r"|(?:nearly|almost|up to)(?= half)",
    "INSIDE": r"inside|within",
    "OUTSIDE": r"outside",
    "WITH": r"with(?= \w)",
    "UP": r"up(?= to| from| by)",
    "DOWN": r"down(?= to| from| by)",
    "MOST": r"most(?= \w+(?<!s)\b)|the most",
    "LEAST": r"least",
    "FOR": r"in favou?r of|in support of",
    "AGAINST": r"against",
    "UNTIL": r"until|till",
}
_CUE = re.compile(
    r"\b(?<!not )(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _WORDS.items()) + r")\b",
    re.IGNORECASE,
)
_OPPOSITE = {
    one: other
    for left, right in (
        ("MORE", "LESS"), ("BEFORE", "AFTER"), ("ABOVE", "BELOW"), ("INSIDE", "OUTSIDE"),
        ("UP", "DOWN"), ("MOST", "LEAST"), ("FOR", "AGAINST"),
    )
    for one, other in ((left, right), (right, left))
}  # fmt: skip
_DIRECTIONS = """\
higher greater larger bigger rise rose risen rising increase increased increasing grow grew growth\
 climb climbed gain gained gains up raise raised expand expanded double doubled exceed exceeded\
 surge surged soar soared highest largest biggest greatest best|\
lower lesser smaller fall fell fallen falling decrease decreased decreasing shrink shrank decline\
 declined declining drop dropped loss lost down reduce reduced cut contract contracted halve halved\
 plunge plunged lowest smallest least worst
longer longest taller tallest extend extended|shorter shortest shorten shortened
faster fastest quicker quickly accelerate accelerated|slower slowest slowly slow slowed
older oldest elder|younger youngest newer newest
earlier earliest sooner early first|later latest late last
better best improve improved|worse worst worsen worsened
stronger strongest strengthen|weaker weakest weaken
heavier heaviest|lighter lightest
richer richest wealthier|poorer poorest
hotter hottest warmer warmest|colder coldest cooler coolest
wider widest broader broadest|narrower narrowest
deeper deepest|shallower shallowest
closer closest nearer nearest|farther farthest further
majority|minority
maximum most|minimum least
major|minor
northern north|southern south
eastern east|western west
upper|lower
inner internal|outer external
easier easiest|harder hardest
cheaper cheapest|dearer dearest
left|right
senior|junior
simpler simplest|complex
increase gain profit surplus|decrease loss deficit"""
_COMPARED = re.compile(
    r"(?P<before>[^,.;:]+)\b(?:more|less|fewer|better|worse|\w{2,}er)\b(?: [\w-]+){0,3} than"
    r" (?P<after>[^,.;:]+)",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(
    r"\b(?P<one>one of )?(?:the|its|their|his|her) (?:[\w-]+['’]s )?(?:second |third )?"
    r"(?P<word>most [a-z]\w+|least [a-z]\w+"
    r"|(?!for|int|inter|t|mod|hon|conqu|w|harv|r|qu|pri|ear|sug|req|cont|inv|prot|br|near)\w{2,}est|best|worst)\b",
    re.IGNORECASE,
)
_NEAR = 3


@cache
def _sides() -> dict[str, frozenset[str]]:
    """Term -> the terms that point the other way."""
    found: dict[str, set[str]] = {}
    for row in _DIRECTIONS.splitlines():
        left, right = (set(map(term, side.split())) for side in row.split("|"))
        for one in left:
            found.setdefault(one, set()).update(right - left)
        for one in right:
            found.setdefault(one, set()).update(left - right)
    return {one: frozenset(others) for one, others in found.items()}


@lru_cache(maxsize=4096)
def relations(text: str) -> tuple[Cue, ...]:
    """The small words of comparison of a text with what they govern."""
    return cues(text, _CUE)


def comparative(claim: str, quotation: str) -> Lack | None:
    """A comparison turned round, or one that the quotation does not make."""
    pair = paired(claim, quotation)
    return (
        _turned_word(pair, claim, quotation)
        or _turned_relation(pair, claim, quotation)
        or _turned_sides(claim, quotation)
        or superlative(claim, quotation)
    )


def _turned_word(pair: Pair, claim: str, quotation: str) -> Lack | None:
    """A word of direction in whose place the quotation has one of the other direction."""
    for at, token in enumerate(pair.claim):
        others = _sides().get(token.term)
        if at in pair.links or not others:
            continue
        near = neighbours(pair.claim, at, _NEAR)
        for there, other in enumerate(pair.quotation):
            if there in pair.back or other.term not in others:
                continue
            if near and near.isdisjoint(neighbours(pair.quotation, there, _NEAR)):
                continue
            if _negated(claim, at) == _negated(quotation, there):
                return Lack(Kind.COMPARATIVE, token.word, other.word, clash=True)
    return None


def _negated(text: str, at: int) -> bool:
    return any(at in cue.scope for cue in negated(text))


def _turned_relation(pair: Pair, claim: str, quotation: str) -> Lack | None:
    """ "Before" for "after", "more" for "less", at the same word."""
    mine, theirs = relations(claim), relations(quotation)
    if not mine or not theirs:
        return None
    for one, other in matched(pair, mine, theirs)[0]:
        if _OPPOSITE.get(one.kind) == other.kind:
            return Lack(Kind.COMPARATIVE, one.text, other.text, clash=True)
    return None


def _turned_sides(claim: str, quotation: str) -> Lack | None:
    """ "A is larger than B" for "B is larger than A"."""
    if " than " not in claim or " than " not in quotation:
        return None
    mine, theirs = _COMPARED.search(claim), _COMPARED.search(quotation)
    if not mine or not theirs:
        return None
    left, right = _bag(mine["before"]), _bag(mine["after"])
    before, after = _bag(theirs["before"]), _bag(theirs["after"])
    if (left & after) - right - before and (right & before) - left - after:
        return Lack(Kind.COMPARATIVE, mine["before"].strip(), theirs["before"].strip(), clash=True)
    return None


def _bag(text: str) -> set[str]:
    return {term(word) for word in re.findall(r"\w+", text) if len(word) > 2}


def superlative(claim: str, quotation: str) -> Lack | None:
    """A superlative that the quotation does not have, or has only as "one of the"."""
    if "one of " not in quotation.casefold():
        return None
    mine = _SUPERLATIVE.search(claim)
    if not mine:
        return None
    if _is_one(claim) or not _is_one(quotation):
        return None
    firm = {m["word"].casefold() for m in _SUPERLATIVE.finditer(quotation) if not m["one"]}
    found = {m["word"].casefold(): m["one"] for m in _SUPERLATIVE.finditer(quotation) if m["one"]}
    word = mine["word"].casefold()
    if word in found and word not in firm:
        return Lack(Kind.COMPARATIVE, mine["word"], found[word].strip())
    return None


def _is_one(text: str) -> bool:
    return any(match["one"] for match in _SUPERLATIVE.finditer(text))
