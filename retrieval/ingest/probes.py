"""Whether new vectors are really there: looked at before anything that refers to them is published.

All are looked for, and those of small runs are compared with what they were made as; of very large
runs a sample is. In a small index, which is searched exactly, what is stored is found.

Stored and found are two things. A vector that is not stored was lost, and the run fails. One that
is stored may still be out of reach of Chroma's search, which follows links between neighbours
(HNSW): of 20,000 vectors that differ from one common vector by noise alone 5% are; of subjects
that really differ, one in tens of thousands. Search by words still finds those passages, so that
is no reason to publish nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np

from retrieval.errors import IndexDamagedError
from retrieval.index.embeddings import Vector
from retrieval.index.embeddings import Vectors as Rows
from retrieval.index.vectors import BATCH, Vectors

logger = logging.getLogger(__name__)

_WHOLE_UP_TO = 10_000
"""New vectors of which each is kept in memory (10 MB) and compared; of more, a sample is."""
_A_BATCH = 20
"""Vectors of each further batch that are."""
_ASKED = 2_000
"""Of those, how many are searched for at most: a search takes up to .8 ms."""
_ASKED_AT_ONCE = 500
_SAME_COSINE = 0.999
"""Asked for itself, a vector finds itself, or a text of the very same words."""
_TOO_MANY = 0.5
"""Share out of reach that no corpus explains: up to a fifth was seen, beside 3,000 equal vectors"""
_ALIKE_COSINE = 0.8
"""Unless the vectors are this close to one another on average, as those of filled-in forms are."""


class Probes:
    """Notes what is added, all ids and many of the vectors, and checks it afterwards."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._sample: dict[str, Vector] = {}

    def note(self, ids: Sequence[str], rows: Rows) -> None:
        """Note vectors that are being added."""
        self._ids.extend(ids)
        step = 1 if len(self._ids) <= _WHOLE_UP_TO else -(-len(ids) // _A_BATCH)
        self._sample.update(zip(ids[::step], rows[::step], strict=True))

    def check(self, vectors: Vectors, *, searched_exactly: bool = False) -> None:
        """Raise `IndexDamagedError` if vectors were lost; warn if some can only be found by words.

        What is out of reach is added once more: it gets other links, and mostly is found then.
        """
        self._check_stored(vectors)
        if searched_exactly:
            return
        step = -(-len(self._sample) // _ASKED) or 1
        asked = dict(list(self._sample.items())[::step])
        hidden = self._hidden(vectors, asked)
        if hidden:
            vectors.delete(list(hidden))
            vectors.add(list(hidden), np.stack(list(hidden.values())))
            still = self._hidden(vectors, hidden)
            self._tell(vectors, len(asked), len(hidden), len(still))

    def _check_stored(self, vectors: Vectors) -> None:
        lost = vectors.missing([id_ for id_ in self._ids if id_ not in self._sample])
        sampled = list(self._sample)
        for start in range(0, len(sampled), BATCH):
            batch = sampled[start : start + BATCH]
            found = vectors.fetch(batch)
            lost.update(
                id_
                for id_ in batch
                if id_ not in found or found[id_] @ self._sample[id_] < _SAME_COSINE
            )
        if lost:
            raise _damaged(vectors, f"{len(lost)} of {len(self._ids)} new vectors are not stored")

    def _hidden(self, vectors: Vectors, rows: dict[str, Vector]) -> dict[str, Vector]:
        """Those that a search for themselves does not find."""
        hidden, ids = {}, list(rows)
        for start in range(0, len(ids), _ASKED_AT_ONCE):
            batch = ids[start : start + _ASKED_AT_ONCE]
            found = vectors.query_many(np.stack([rows[id_] for id_ in batch]), 1)
            for id_, nearest in zip(batch, found, strict=True):
                if not nearest or nearest[0][1] < _SAME_COSINE:
                    hidden[id_] = rows[id_]
        return hidden

    def _tell(self, vectors: Vectors, asked: int, hidden: int, still: int) -> None:
        alike = self._alikeness()
        if hidden > asked * _TOO_MANY and alike < _ALIKE_COSINE:
            raise _damaged(
                vectors, f"{hidden} of {asked} new vectors that were tried are not found"
            )
        logger.warning(
            "Search by meaning misses some passages; search by words finds them: "
            "tried=%d missed=%d missed_after_repair=%d mean_cosine=%.2f",
            *(asked, hidden, still, alike),
        )

    def _alikeness(self) -> float:
        """The mean cosine of the sampled vectors with one another."""
        mean = np.mean(list(self._sample.values()), axis=0)
        return float(mean @ mean)


def _damaged(vectors: Vectors, what: str) -> IndexDamagedError:
    return IndexDamagedError(
        f"{what} in {vectors.place}.",
        "Run `onrecord index` again; if it stays so, run `onrecord verify --repair`.",
    )
