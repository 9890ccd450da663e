"""Polarity: negation, denial, opposites and how firmly a sentence commits itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product
from pathlib import Path

from retrieval.text.terms import term, terms

NO_NEGATION = re.compile(
    r"(?:\bnot|n['’]t) (?:only|just|merely|simply)\b|\bnot least\b|\bno\.? ?\d"
    r"|\b(?:whether )?or not\b"
    r"|\bno (?:doubt|less than|fewer than|more than|later than|earlier than|sooner)\b"
    r"|(?:\bnot|n['’]t) (?:uncommon|unusual|unlikely|impossible|unknown|unlike|without"
    r"|insignificant)\w*",
    re.IGNORECASE,
)
"""Forms of a negation that leave a sentence affirmative."""
NEGATION = re.compile(
    r"\b(?:not|never|no|none|nobody|noone|nothing|neither|nowhere|cannot|without|hardly|barely"
    r"|scarcely|seldom|rarely|fail(?:s|ed|ing)? to|(?:refus|declin)(?:e|es|ed|ing) to|unable to"
    r"|lack(?:s|ed|ing)?|far from|(?:do|does|did|is|are|was|were|has|have|had|ca|wo|could|would"
    r"|should)nt)\b|n['’]t\b",
    re.IGNORECASE,
)
_NOR = re.compile(r"\bnor\b", re.IGNORECASE)
_SAID = (
    r"(?:\w+ ){0,2}?(?:claim|report|allegation|accusation|assertion|charge|idea|notion|suggestion"
    r"|rumou?r|speculation|statement)s?|as (?:false|baseless|untrue|fake|unfounded|propaganda)"
)
DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing)|debunk(?:s|ed|ing)?|contradict(?:s|ed|ing)?"
    r"|no truth|denial of|disput(?:e|es|ed|ing) (?:that|the|this|these|those|his|her|its|their)"
    rf"|(?:reject|dismiss|disput)(?:s|e|es|ed|ing)? (?:{_SAID})"
    r"|(?:was|is|were|are|be|been|being)(?: \w+ly| also)? (?:false|untrue|fake|baseless|unfounded"
    r"|incorrect|wrong|inaccurate|fabricated|misleading|a (?:lie|hoax|fabrication)))\b",
    re.IGNORECASE,
)
_TENTATIVE = re.compile(
    r"\bmay(?! \d)\b|\b(?i:might|could|possibly|perhaps|probably|potentially|apparently|supposedly"
    r"|reportedly|allegedly|purportedly|rumou?red|likely|unlikely|plan(?:s|ned|ning)? to"
    r"|intend(?:s|ed)? to|aim(?:s|ed)? to|hop(?:e|es|ed) to|seek(?:s|ing)? to|want(?:s|ed)? to"
    r"|(?:seem|appear)(?:s|ed)? to|(?:expected|believed|thought|said|suspected) to"
    r"|consider(?:s|ing)|propos(?:es|ed))\b"
)


@lru_cache(maxsize=4096)
def negations(text: str) -> int:
    """How many negations stand in the text; "not only" is none, "neither … nor" is one."""
    found = len(NEGATION.findall(NO_NEGATION.sub(" ", text)))
    return found or len(_NOR.findall(text))


@lru_cache(maxsize=4096)
def denies(text: str) -> bool:
    """Whether the text reports that something is denied, rejected or false."""
    return DENIAL.search(text) is not None


@lru_cache(maxsize=16_384)
def is_negative(text: str) -> bool:
    """Whether the text says that something is not so: an odd number of negations, or a denial."""
    return negations(text) % 2 == 1 or denies(text)


@lru_cache(maxsize=4096)
def tentative(text: str) -> bool:
    """Whether the text says less than that a thing is so: may, plans to, reportedly."""
    return _TENTATIVE.search(text) is not None


@cache
def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    table = Path(__file__).with_name("opposites.txt").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            for one, other in _pairs(*line.split(" | ")):
                found.setdefault(one, set()).add(other)
                found.setdefault(other, set()).add(one)
    return {word: frozenset(others - {word}) for word, others in found.items()}


def _pairs(left: str, right: str) -> Iterator[tuple[str, str]]:
    """The pairs of a row: of every word with every word, or of words with their prefixed forms."""
    if left.endswith("-"):
        yield from ((term(word), term(left[:-1] + word)) for word in right.split())
    else:
        yield from product(terms(left), terms(right))


_PREFIXES = ("un", "non")
_NO_STEMS = frozenset({"less", "rest", "earth", "leash", "sens", "iform", "iqu"})
"""What is left of "unless", "unrest", "nonsense" and the like is not their opposite."""


def are_opposites(one: str, other: str) -> bool:
    """Whether two terms say the opposite: by a table, or by the prefix un- or non-."""
    if other in _opposites().get(one, ()):
        return True
    shorter, longer = sorted((one, other), key=len)
    return (
        len(shorter) > 3
        and shorter not in _NO_STEMS
        and longer.endswith(shorter)
        and longer[: -len(shorter)] in _PREFIXES
    )
