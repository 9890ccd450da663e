"""Rarity: inverse document frequency, steadied by how common a term is in ordinary text.

A corpus of six passages cannot tell that "happen" is common and "corridor" is not. The counts of
the corpus are mixed with background counts as if `PRIOR` passages of ordinary text stood beside
it; in a large corpus its own counts decide.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

PRIOR = 2000
_COUNTS = Path(__file__).parents[1] / "weights" / "background.txt"


@cache
def _background() -> tuple[int, dict[str, int]]:
    first, *rows = _COUNTS.read_text(encoding="utf-8").splitlines()
    pairs = (row.split(" ") for row in rows)
    return int(first), {term: int(count) for term, count in pairs}


def rarity(term: str, frequencies: Mapping[str, int], passages: int) -> float:
    """Weight of a term, in nats: about 2 for everyday words, 8 for the rarest."""
    total, counts = _background()
    expected = PRIOR * counts.get(term, 1) / total
    return math.log((passages + PRIOR + 1) / (frequencies.get(term, 0) + expected + 0.5))


def is_everyday(term: str) -> bool:
    """Whether ordinary text has a term so often that it was counted."""
    return term in _background()[1]
