"""Word vectors: how near words are in meaning, from the packaged static model."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from retrieval.text.static import static_vectors

_REMEMBERED = 20_000
_known: dict[str, NDArray[np.float32]] = {}


class WordTable:
    """Cosines of the words of a question with all words of its candidates, worked out at once."""

    def __init__(self, asked: Iterable[str], found: Iterable[str]) -> None:
        rows, columns = list(dict.fromkeys(asked)), list(dict.fromkeys(found))
        known = _learn([*rows, *columns])
        self._row = {word: n for n, word in enumerate(rows)}
        self._column = {word: n for n, word in enumerate(columns)}
        self._cosines: list[list[float]] = [[] for _ in rows]
        if rows and columns:
            left = np.stack([known[word] for word in rows])
            right = np.stack([known[word] for word in columns])
            self._cosines = (left @ right.T).tolist()

    def nearest(self, asked: str, found: Iterable[str]) -> float:
        """The highest cosine of a word with any of the others that are known; -1 without any."""
        cosines, column = self._cosines[self._row[asked]], self._column
        return max((cosines[column[word]] for word in found if word in column), default=-1.0)


def _learn(words: Iterable[str]) -> dict[str, NDArray[np.float32]]:
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
