"""Meanings: words that say the same in nearly every sentence, by a table that can be read.

Nearness of word vectors does not tell "rise" from "fall"; a table does, as far as it reaches.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from retrieval.text.aliases import alias_key
from retrieval.text.terms import fold, terms

_TABLE = Path(__file__).with_name("meanings.txt")
_STEM = 4
"""Letters that two forms of one word share at least."""
_ENDINGS = frozenset(
    """e s es ed d ing ion ions ation ations ition tion er ers or ors al ial ally ly ive ment ments
    ity y ies ied ness ic ical able ible ance ence ant ent ist ists ism ship age an ian n ous
    ize ise ized ised ful r t th ty""".split()
) | {""}
"""What may follow what two forms of one word share."""


@cache
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            group = set(terms(line)) | set(line.split()) & _SMALL
            for member in group:
                found.setdefault(member, set()).update(group)
    return {member: frozenset(others - {member}) for member, others in found.items()}


_SMALL = frozenset("may can".split())


def same_meaning(one: str, other: str) -> bool:
    """Whether two terms say the same: equal, in one line of the table, or names of one country."""
    if one == other or other in _groups().get(one, ()):
        return True
    key = alias_key(one)
    return key is not None and key == alias_key(other)


def another_form(one: str, other: str) -> bool:
    """Whether two words, as written, are forms of one: "president" and "presidential"."""
    left, right = fold(one), fold(other)
    alike = next(
        (n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b),
        min(len(left), len(right)),
    )
    return alike >= _STEM and left[alike:] in _ENDINGS and right[alike:] in _ENDINGS
