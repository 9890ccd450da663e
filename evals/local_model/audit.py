"""Audit: what a posted sentence says beyond its quotations, found without any of the gates' code.

Plain comparisons of words, made to find too much rather than too little: what they find has to be
read. That two independent rules agree is worth more than one that is run twice.
"""

from __future__ import annotations

import re
import unicodedata

_LINK = re.compile(r"https?:|www\.|\b\w+\.(?:com|org|net|io|gov)\b|[<>@`*\[\]{}|]|\b!channel\b")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CLAUSE = re.compile(r"[,;:()–—]|\b(?:and|but|while|although|which|who|because)\b", re.IGNORECASE)
_SPELT = frozenset(
    """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
    thousand million billion half third quarter dozen percent""".split()
)
_NOT = frozenset(
    """not no never none neither nor without cannot deny denies denied refuse refuses refused
    unable fail fails failed lack lacks lacked""".split()
)
_SAID = frozenset(
    """said says say according claim claims claimed report reports reported tell told state states
    stated allege alleged allegedly announce announced argue argued believe believed suggest
    suggested think thought estimate estimated reportedly denied deny""".split()
)
_HEDGED = frozenset(
    "may might could would should perhaps possibly probably likely plan plans".split()
)


def faults(text: str, quoted: str) -> list[str]:
    """What stands in the sentence and not in its quotations, or the other way round; by kind."""
    found = ["link" for _ in _LINK.finditer(text)][:1]
    theirs = _words(quoted)
    found += [f"number {n}" for n in _DIGITS.findall(text) if n not in _DIGITS.findall(quoted)]
    found += [f"number {w}" for w in sorted(_words(text) & _SPELT - theirs)]
    found += [f"name {name}" for name in _names(text) if not _stands_in(name, theirs)]
    nearest = _words(_nearest_clauses(text, quoted))
    for kind, listed in (("negation", _NOT), ("attribution", _SAID), ("hedge", _HEDGED)):
        own, other = _has(text, listed), bool(nearest & listed)
        if own and not _has(quoted, listed):
            found.append(f"{kind} added")
        if other and not own:
            found.append(f"{kind} left out")
    return found


def _names(text: str) -> list[str]:
    """Words with a capital, the first of the sentence among them."""
    return [_fold(word) for word in _WORD.findall(text) if word[0].isupper()]


def _stands_in(name: str, words: frozenset[str]) -> bool:
    bare = name.removesuffix("'s").removesuffix("’s")
    return any(word == bare or word.startswith(bare[:5]) for word in words) or bare in _SMALL


_SMALL = frozenset("the a an in on at it he she they this that there by for from of to as".split())


def _nearest_clauses(text: str, quoted: str) -> str:
    """The clauses of the quotation of whose words the sentence repeats most."""
    own = _words(text)
    clauses = [clause for clause in _CLAUSE.split(quoted) if clause and clause.strip()]
    repeated = [c for c in clauses if 2 * len(_words(c) & own) > len(_words(c))]
    return " ".join(repeated)


def _has(text: str, listed: frozenset[str]) -> bool:
    return bool(_words(text) & listed) or (listed is _NOT and "n't" in text.replace("’", "'"))


def _words(text: str) -> frozenset[str]:
    return frozenset(map(_fold, _WORD.findall(text)))


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
