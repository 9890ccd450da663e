"""A sample that is the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

from retrieval.errors import UsageError

_Item = TypeVar("_Item")


def draw(items: Sequence[_Item], limit: int | None, seed: int) -> tuple[_Item, ...]:
    """At most `limit` of the items, drawn with `seed`, in their order."""
    if limit is not None and limit < 1:
        raise UsageError(f"A sample of {limit} says nothing.", "Ask for 1 or more.")
    if limit is None or limit >= len(items):
        return tuple(items)
    kept = sorted(random.Random(seed).sample(range(len(items)), limit))
    return tuple(items[i] for i in kept)
