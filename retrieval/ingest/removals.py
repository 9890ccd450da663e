"""How many documents a run may remove unasked: a folder that is not mounted is not a wish."""

from __future__ import annotations

from retrieval.errors import TooManyRemovedError

MOST_REMOVED = 0.5
"""Share of the published documents."""
_FEWEST = 3
"""Removing one or two is never asked about."""


def too_many(removed: int, published: int, most: float) -> bool:
    """Whether a run that removes so many has to be allowed to."""
    return removed >= _FEWEST and removed > most * published


def refuse(removed: int, published: int) -> TooManyRemovedError:
    """The error of a run that was not allowed to."""
    return TooManyRemovedError(
        f"This run would remove {removed:,} of the {published:,} published documents.",
        "See whether the corpus folder is complete: `onrecord index --dry-run` names them. To "
        f"remove them, run `onrecord index --allow-removals {removed}`; until then they are still "
        "served.",
    )
