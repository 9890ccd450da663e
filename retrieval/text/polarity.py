"""Polarity: negation, denial, opposites and how firmly a sentence commits itself."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from retrieval.text.terms import terms

_NEGATION = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|nowhere|cannot|without|hardly|barely"
    r"|no longer|fail(?:s|ed)? to|refus(?:e|es|ed) to|unable to|lack(?:s|ed)?|far from)\b|n['’]t\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|refut\w+|reject(?:s|ed|ing)? (?:the )?(?:claim|report|allegation"
    r"|idea|suggestion|accusation)\w*|dismiss(?:es|ed|ing)?|disput(?:e|es|ed)|(?:was|is|were|are)"
    r" (?:false|untrue|fake|baseless|unfounded|incorrect|wrong)|debunk\w*|contradict(?:s|ed))\b",
    re.IGNORECASE,
)
_TENTATIVE = re.compile(
    r"\b(?:may(?! \d)|might|could|possibly|perhaps|reportedly|allegedly|rumou?red|likely"
    r"|plans? to|planned to|intend(?:s|ed)? to|aim(?:s|ed)? to|hop(?:es?|ed) to|proposed)\b"
)


@lru_cache(maxsize=4096)
def negations(text: str) -> int:
    """How many negations stand in the text."""
    return len(_NEGATION.findall(text))


def denies(text: str) -> bool:
    """Whether the text reports that something is denied, rejected or false."""
    return _DENIAL.search(text) is not None


def tentative(text: str) -> bool:
    """Whether the text says less than that a thing is so: may, plans to, reportedly."""
    return _TENTATIVE.search(text) is not None


@cache
def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    table = Path(__file__).with_name("opposites.txt").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            left, right = (set(terms(side)) for side in line.split("|"))
            for word in left:
                found.setdefault(word, set()).update(right)
            for word in right:
                found.setdefault(word, set()).update(left)
    return {word: frozenset(others - {word}) for word, others in found.items()}


_PREFIXES = ("un", "non", "dis", "in", "im", "il", "ir", "mis")


def are_opposites(one: str, other: str) -> bool:
    """Whether two terms say the opposite: by a table, or by a negating prefix (un-, in-, dis-)."""
    if other in _opposites().get(one, ()):
        return True
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) > 3 and longer.removesuffix(shorter) in _PREFIXES
