"""Named: whether the names of a claim stand in a quotation or around it, each in its own role."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from retrieval.text.aliases import alias_key, holds, is_seat, keys
from retrieval.text.lacks import Kind, Lack
from retrieval.text.names import OPENERS, Name, names
from retrieval.text.pairing import Pair, Token, paired, tokens
from retrieval.text.synonyms import synonyms
from retrieval.text.terms import fold

_TITLES = frozenset("mr mrs ms miss dr sir prof".split())
"""Forms of address, which name nobody."""
_RUN = re.compile(
    r"[^\W\d_a-z][\w.]*(?:['’]s?)?"
    r"(?:[ -](?:(?:of|and|for|the|on|in|to|&) ){0,3}[^\W\d_a-z][\w.]*(?:['’]s?)?){1,9}"
)
"""Capitalised words with the small ones that may stand between them."""
_MANY = frozenset("staff police personnel children management everyone employees".split())
_SHORT = re.compile(r"\b[A-Z]{2,7}\b")
_ENDINGS = ("n", "an", "ian", "s", "ese")
_JOINT = re.compile(
    r"^\W*(?:and|or|&|,|with|vs\.?|versus|between|alongside)\b|^\W*,", re.IGNORECASE
)
_BY = re.compile(r"\bby\b", re.IGNORECASE)
_PLACED = re.compile(r"\b(?:in|at|to|from|near|of|outside|around) $", re.IGNORECASE)
_NOUNS = re.compile(r"['’]s?\b|,|\b(?:of|and|or)\b")
"""What stands between two names that are not the doer and the one it is done to."""


def name(claim: str, quotation: str, context: str = "") -> Lack | None:
    """A name of the claim that neither the quotation nor its context holds."""
    for one in names(claim):
        if _stands(one.text, quotation) or _stands(one.text, context):
            continue
        around = keys(quotation) | keys(context)
        placed = _PLACED.search(claim[: one.start]) is not None
        missing = [t for t in one.terms if not _is_held(t, around, placed=placed)]
        if missing and not _shortened(one, claim, quotation, context):
            rival = _rival(one, claim, quotation)
            return Lack(Kind.NAME, one.text, rival, clash=bool(rival))
    return _opening(claim, quotation, context)


def _is_held(word: str, around: frozenset[str], *, placed: bool) -> bool:
    """Whether a word of a name is there, as it is or under an alias; a place is no country."""
    if placed and is_seat(word):
        return word in around
    return holds(around, word) or word in _TITLES or _inflected(word, around)


def _stands(name_: str, text: str) -> bool:
    """Whether a name stands in a text as it is written."""
    at = text.find(name_.rstrip("."))
    end = at + len(name_.rstrip("."))
    return at >= 0 and not text[end : end + 1].isalnum() and not text[:at][-1:].isalnum()


@lru_cache(maxsize=4096)
def initials(text: str) -> frozenset[str]:
    """The acronyms of the names of a text, with and without small words: "kwp", "usa"."""
    found: set[str] = set()
    for match in _RUN.finditer(text):
        parts = re.findall(r"[^\W\d_]+(?:['’]s?)?", match.group())
        large = [fold(part)[0] for part in parts if part[0].isupper()]
        for start in range(len(large) - 1):
            found.update("".join(large[start:end]) for end in range(start + 2, len(large) + 1))
        found.add("".join(fold(part)[0] for part in parts))
    return frozenset(found)


def _shortened(one: Name, claim: str, quotation: str, context: str) -> bool:
    """Whether a name is an acronym of one that is there, or the long form of one."""
    word = fold(one.text).replace(".", "").removeprefix("the ")
    if one.text.isupper() and 2 <= len(word) <= 7:
        return word in initials(quotation) or word in initials(context)
    shorts = {fold(short) for short in _SHORT.findall(f"{quotation} {context}")}
    return any(
        match.start() <= one.start < match.end() and _acronym(match.group()) in shorts
        for match in _RUN.finditer(claim)
    )


def _acronym(run: str) -> str:
    return "".join(fold(part)[0] for part in re.findall(r"[^\W\d_]+", run) if part[0].isupper())


def _inflected(word: str, around: frozenset[str]) -> bool:
    """Whether a part of the world is there in another form: "Africa" for "African"."""
    if alias_key(word) or len(word) < 4:
        return False
    forms = {word + ending for ending in _ENDINGS}
    forms |= {word.removesuffix(ending) for ending in _ENDINGS if len(word) > len(ending) + 4}
    return any(form in around and not alias_key(form) for form in forms)


def _rival(one: Name, claim: str, quotation: str) -> str:
    """The name that stands in the quotation where this one stands in the claim."""
    pair = paired(claim, quotation)
    held = keys(claim)
    inside = [at for at, t in enumerate(pair.claim) if one.start <= t.start < one.end]
    if not inside:
        return ""
    beside = {pair.links.get(inside[0] - 1, -9) + 1, pair.links.get(inside[-1] + 1, -9) - 1}
    for other in names(quotation):
        places = [at for at, t in enumerate(pair.quotation) if other.start <= t.start < other.end]
        if beside.isdisjoint(places) or all(holds(held, t) for t in other.terms):
            continue
        return other.text
    return ""


def _opening(claim: str, quotation: str, context: str) -> Lack | None:
    """A capitalised first word that may be a name, where the quotation has another name."""
    first = tokens(claim)[:1]
    if not first or not first[0].word[:1].isupper() or fold(first[0].word) in OPENERS:
        return None
    if 0 in paired(claim, quotation).links or holds(keys(f"{quotation} {context}"), first[0].term):
        return None
    own = Name(first[0].word, first[0].start, first[0].end, frozenset({first[0].term}))
    rival = _rival(own, claim, quotation) or _first_rival(claim, quotation)
    return Lack(Kind.NAME, own.text, rival, clash=True) if rival else None


def _first_rival(claim: str, quotation: str) -> str:
    """The first word of the quotation, if both texts begin with what can only be a name.

    Without an article before it a singular is a name, or at least another thing: "Google bought".
    """
    pair = paired(claim, quotation)
    if pair.links.get(1) != 1 or 0 in pair.back:
        return ""
    one, other = pair.claim[0], pair.quotation[0]
    bare = one.start == other.start == 0 and all(map(_is_singular, (one.word, other.word)))
    return "" if not bare or other.term in synonyms(one.term) else other.word


def _is_singular(word: str) -> bool:
    folded = fold(word)
    return not folded.endswith(("s", "ly", "ing", "ed", "people", "men")) and folded not in _MANY


def roles(claim: str, quotation: str) -> Lack | None:
    """Two names that have changed places around one word: who did it to whom."""
    pair = paired(claim, quotation)
    mine = _capitals(pair.claim, claim)
    if len(mine) < 2 or bool(_BY.search(claim)) != bool(_BY.search(quotation)):
        return None
    for left, right in pairwise(mine):
        if left not in pair.links or right not in pair.links:
            continue
        between = _between(pair, claim, left, right)
        a, b = pair.links[left], pair.links[right]
        if not between or a <= b or _together(claim, pair.claim, left, right):
            continue
        gaps = (
            claim[pair.claim[left].end : pair.claim[right].start],
            quotation[pair.quotation[b].end : pair.quotation[a].start],
        )
        if all(b < pair.links[at] < a for at in between) and not any(map(_NOUNS.search, gaps)):
            return Lack(
                Kind.NAME,
                claim[pair.claim[left].start : pair.claim[right].end],
                quotation[pair.quotation[b].start : pair.quotation[a].end],
                clash=True,
            )
    return None


def _capitals(found: tuple[Token, ...], text: str) -> list[int]:
    """The capitalised words that may do something or have it done to them."""
    return [at for at, t in enumerate(found) if t.word[:1].isupper()]


def _between(pair: Pair, claim: str, left: int, right: int) -> list[int]:
    """The small-letter words between two names, if all of them are shared."""
    found = range(left + 1, right)
    return [*found] if all(at in pair.links for at in found) else []


def _together(text: str, found: tuple[Token, ...], left: int, right: int) -> bool:
    gap = text[found[left].end : found[right].start]
    return bool(_JOINT.match(gap)) or ";" in gap
