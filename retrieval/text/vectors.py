"""Word vectors: how near words are in meaning, from the packaged static model."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from retrieval.text.static import static_vectors

_REMEMBERED = 20_000
_known: dict[str, NDArray[np.float32]] = {}


def similarities(one: tuple[str, ...], other: tuple[str, ...]) -> NDArray[np.float32]:
    """Cosines of every word of `one` with every word of `other`, shape (len(one), len(other))."""
    known = learn((*one, *other))
    left = np.stack([known[word] for word in one])
    right = np.stack([known[word] for word in other])
    result: NDArray[np.float32] = left @ right.T
    return result


def learn(words: Iterable[str]) -> dict[str, NDArray[np.float32]]:
    """Vectors of at least these words, for later calls too; many at once cost little more than one.

    The dictionary is replaced when full, never emptied: another thread may be reading it.
    """
    global _known
    known = _known if len(_known) < _REMEMBERED else {}
    new = list({word for word in words if word not in known})
    if new:
        known.update(zip(new, static_vectors().of(new), strict=True))
    _known = known
    return known
