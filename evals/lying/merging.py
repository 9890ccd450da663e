"""Merging: two true statements made into one that nobody made."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import pairwise

_PARTS = re.compile(
    r"^(?P<who>(?!It |He |She |They |This |These |That |There |In |On |At |When |After |As |If "
    r"|While |Although |However|His |Her |Its |Their |For |By |During |From |To |With |Some )"
    r"[^,;:()\"“”]{4,50}?) (?P<verb>is|was|are|were|has|had|have|will|would|can|could|became|made"
    r"|won|led|began|[a-z]{3,}ed) (?P<rest>[^;:]{8,160})\.$"
)
_NUMBER = re.compile(r"(?<![\w.,/:$€£°-])\d{1,3}(?:,\d{3})*(?:\.\d+)?(?![\w/:–°-]|[.,]\d)")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b(?![-–/'’])")
_JOINED = re.compile(r"^\W*(?:and|or|to|–|-|,|/|&|until|x)?\W*$")
_SMALL = re.compile(r"^(?:The|A|An|This|These|It|He|She|They|There|In|On|At|His|Her|Its)\b")


def merged(first: str, second: str, rng: random.Random) -> Iterator[tuple[str, tuple[int, ...]]]:
    """One's subject with the other's predicate, and one as the cause of the other."""
    one, other = _PARTS.match(first), _PARTS.match(second)
    if one and other and _are_strangers(one["who"], second) and _are_strangers(other["who"], first):
        crossed = f"{one['who']} {other['verb']} {other['rest']}."
        yield crossed, rng.choice(((1, 2), (2,), (1,)))
    link = rng.choice((", because ", ", so ", " as a result of which ", ", after "))
    yield f"{first[:-1]}{link}{_continued(second)}", rng.choice(((1, 2), (1,), (2,)))


def exchanged(text: str) -> Iterator[str]:
    """Two numbers or two years of one sentence in each other's place."""
    for pattern in (_NUMBER, _YEAR):
        found = list(pattern.finditer(text))
        for left, right in pairwise(found):
            between = text[left.end() : right.start()]
            if left.group() != right.group() and not _JOINED.match(between):
                yield (
                    f"{text[: left.start()]}{right.group()}{between}{left.group()}"
                    f"{text[right.end() :]}"
                )


def moved(text: str) -> Iterator[str]:
    """The first part of a sentence with the number or year of the part that is left out."""
    for pattern in (_NUMBER, _YEAR):
        found = list(pattern.finditer(text))
        for left, right in pairwise(found):
            comma = text.find(", ", left.end(), right.start())
            if comma > 0 and left.group() != right.group() and len(text[:comma].split()) > 4:
                yield f"{text[: left.start()]}{right.group()}{text[left.end() : comma]}."


def _are_strangers(who: str, sentence: str) -> bool:
    """Whether no word of a subject stands in a sentence: then it cannot be meant there."""
    held = sentence.lower()
    words = [word for word in re.findall(r"[^\W\d_]{3,}", who.lower()) if word != "the"]
    return bool(words) and not any(word[:5] in held for word in words)


def _continued(text: str) -> str:
    return text[:1].lower() + text[1:] if _SMALL.match(text) else text
