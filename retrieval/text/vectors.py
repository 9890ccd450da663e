"""Word vectors: how near two words are in meaning, from the static model."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from retrieval.text.static import load_static_model

Vector = NDArray[np.float32]


@lru_cache(maxsize=20_000)
def word_vector(word: str) -> Vector:
    """The unit vector of one word as written; zeros for a word without known parts."""
    vector: Vector = np.asarray(load_static_model().encode([word])[0], dtype=np.float32)
    length = float(np.linalg.norm(vector))
    return vector / length if length > 0 else vector


def similarities(one: tuple[str, ...], other: tuple[str, ...]) -> NDArray[np.float32]:
    """Cosines of every word of `one` with every word of `other`, shape (len(one), len(other))."""
    left = np.stack([word_vector(word) for word in one])
    right = np.stack([word_vector(word) for word in other])
    result: NDArray[np.float32] = left @ right.T
    return result
