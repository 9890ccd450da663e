"""Clearance: whether a result that was made for some may be shown to others, and what of it.

A result rests on its citations: where one of them may not be shown, none of it is. The nearest
passages, and the number of documents that were searched, only go with it.
"""

from __future__ import annotations

from dataclasses import replace

from retrieval.index.reader import Snapshot
from retrieval.model import Answer, Refusal


def cleared(snapshot: Snapshot, result: Answer | Refusal) -> Answer | Refusal | None:
    """What of a result may be shown to whoever the snapshot is for; None if none of it may."""
    if not snapshot.shows(result.citations):
        return None
    nearest = tuple(c for c in result.nearest if snapshot.shows([c]))
    if not isinstance(result, Refusal):
        return replace(result, nearest=nearest)
    counted = result.searched
    if snapshot.generation != result.generation or counted != snapshot.searched:
        counted = None
    return replace(result, nearest=nearest, searched=counted)
