"""Whether new vectors are really there: looked at before anything that refers to them is published.

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
from retrieval.index.vectors import Vectors

logger = logging.getLogger(__name__)

_A_BATCH = 20
"""Vectors of each batch that are fetched and looked for."""
_SAME_COSINE = 0.999
"""Asked for itself, a vector finds itself, or a text of the very same words."""
_TOO_MANY = 0.5
"""Share out of reach that no corpus explains: up to a fifth was seen, beside 3,000 equal vectors"""
_ALIKE_COSINE = 0.8
"""Unless the vectors are this close to one another on average, as those of filled-in forms are."""


class Probes:
    """Notes what is added, all ids and a sample of the vectors, and checks it afterwards."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._sample: dict[str, Vector] = {}

    def note(self, ids: Sequence[str], rows: Rows) -> None:
        """Note vectors that are being added."""
        self._ids.extend(ids)
        step = -(-len(ids) // _A_BATCH)
        self._sample.update(zip(ids[::step], rows[::step], strict=True))

    def check(self, vectors: Vectors) -> None:
        """Raise `IndexDamagedError` if vectors were lost; warn if some can only be found by words.

        What is out of reach is added once more: it gets other links, and mostly is found then.
        """
        self._check_stored(vectors)
        hidden = self._hidden(vectors, self._sample)
        if hidden:
            vectors.delete(list(hidden))
            vectors.add(list(hidden), np.stack(list(hidden.values())))
            still = self._hidden(vectors, hidden)
            self._tell(vectors, len(hidden), len(still))

    def _check_stored(self, vectors: Vectors) -> None:
        lost = vectors.missing(self._ids)
        stored = vectors.fetch([id_ for id_ in self._sample if id_ not in lost])
        lost.update(id_ for id_, row in stored.items() if row @ self._sample[id_] < _SAME_COSINE)
        if lost:
            raise _damaged(vectors, f"{len(lost)} of {len(self._ids)} new vectors are not stored")

    def _hidden(self, vectors: Vectors, rows: dict[str, Vector]) -> dict[str, Vector]:
        """Those that a search for themselves does not find."""
        if not rows:
            return {}
        found = vectors.query_many(np.stack(list(rows.values())), 1)
        return {
            id_: row
            for (id_, row), nearest in zip(rows.items(), found, strict=True)
            if not nearest or nearest[0][1] < _SAME_COSINE
        }

    def _tell(self, vectors: Vectors, hidden: int, still: int) -> None:
        asked, alike = len(self._sample), self._alikeness()
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
        f"{what} in {vectors.place}.", f"Delete {vectors.place}, then run `onrecord index`."
    )
