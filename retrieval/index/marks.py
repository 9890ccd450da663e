"""How vectors are marked with the collections they were made for, and a query keeps to some.

Marks are Chroma's metadata, and a condition is what it takes as `where`.
"""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.index.rows import collection_of
from retrieval.labels import MAIN, Among

_MARK = "collection"


def marks(ids: Sequence[str]) -> list[dict[str, str] | None] | None:
    """What the vectors of named collections are marked with; those of the main one are not.

    Most corpora have one collection, and shall not pay for marks.
    """
    labels = [collection_of(id_) for id_ in ids]
    if all(label == MAIN for label in labels):
        return None
    return [None if label == MAIN else {_MARK: label} for label in labels]


def condition(among: Among) -> dict[str, dict[str, list[str]]]:
    """The part of a query that lets only some collections through."""
    if MAIN in among.seen:
        return {_MARK: {"$nin": sorted(among.hidden)}}
    return {_MARK: {"$in": sorted(among.seen)}}
