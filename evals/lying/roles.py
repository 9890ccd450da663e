"""Roles: two common nouns of a sentence change places, so that the one does what the other did.

"The nurse called the doctor" becomes "The doctor called the nurse".
No name, number or small word changes: only who does it to whom.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from retrieval.text.terms import is_stopword
from retrieval.text.verb_groups import verbs
from retrieval.text.verbs import is_gerund
from retrieval.text.wording import PREPOSITIONS, Words, split

_DETERMINED = frozenset("the a an its their his her our every each another".split())
_MUTUAL = frozenset(
    """be meet marry equal resemble differ match border join meet share include contain have become
    remain seem mean represent form connect link separate combine mix compare accompany replace
    vary depend exist occur happen agree coincide correspond interact alternate""".split()
)
"""Verbs after which either noun may come first, or nobody does anything to anyone."""
_NO_THINGS = frozenset(
    """year years day days time times week month decade century morning evening night moment same
    first last second third next most best only other others way ways number lot rest end beginning
    part parts kind type sort case fact result use world area amount rate level majority following
    left right north south east west past future former latter whole""".split()
)
"""Nouns, and words like them, that say when, how much or which: nobody and nothing does so."""
_BREAKS = frozenset("and or nor but who which that whose when while because if as than".split())


@dataclass(frozen=True, slots=True)
class _Noun:
    """A common noun with its article: the places of the article and of the noun."""

    article: int
    at: int


def swapped(text: str) -> Iterator[str]:
    """The sentence with the nouns of doer and undergoer exchanged, where both are safe to swap."""
    words = split(text)
    deeds = [verb for verb in verbs(words) if verb.base not in _MUTUAL]
    for one, other in pairwise(_nouns(words)):
        between = [verb for verb in deeds if one.at < verb.start and verb.at < other.article]
        inside = words.low[one.at + 1 : other.article]
        if (
            len(between) != 1
            or _BREAKS & {*inside}
            or any("," in w for w in words.raw[one.at : other.at])
        ):
            continue
        left, right = words.low[one.at], words.low[other.at]
        if left == right or left.endswith("s") != right.endswith("s"):
            continue
        made = [*words.raw]
        made[one.at] = words.raw[one.at].replace(left, right)
        made[other.at] = words.raw[other.at].replace(right, left)
        yield " ".join(made)


def _nouns(words: Words) -> Iterator[_Noun]:
    """The nouns behind an article, with a word between them at most, whose phrase they end."""
    starts = {verb.start for verb in verbs(words)}
    for at in range(len(words) - 1):
        if words.low[at] not in _DETERMINED:
            continue
        place = next((n for n in (at + 1, at + 2) if _ends_phrase(words, n, starts)), None)
        if place and _is_thing(words, at + 1) and _is_thing(words, place):
            yield _Noun(at, place)


def _is_thing(words: Words, at: int) -> bool:
    """Whether a small word may be part of a noun phrase that tells who or what."""
    word = words.low[at]
    plain = words.raw[at][:1].islower() and word.isalpha() and not is_stopword(word)
    return plain and word not in _NO_THINGS and not word.endswith("ly") and not is_gerund(word)


def _ends_phrase(words: Words, at: int, starts: set[int]) -> bool:
    """Whether a verb, a preposition or a stop follows."""
    if at >= len(words) or at in starts:
        return False
    is_last = at == len(words) - 1 or words.raw[at][-1:] in ",.;"
    return is_last or at + 1 in starts or words.low[at + 1] in PREPOSITIONS
