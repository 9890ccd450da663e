"""Spans: places of a text that have been read already, none overlapping another."""

from __future__ import annotations

from bisect import bisect_left, insort


class Spans:
    """Places taken; adding and asking stay quick for any number of them."""

    def __init__(self) -> None:
        self._taken: list[tuple[int, int]] = []

    def take(self, start: int, end: int) -> bool:
        """Take a place if nothing of it is taken; say whether it was free."""
        if not self.is_free(start, end):
            return False
        insort(self._taken, (start, end))
        return True

    def is_free(self, start: int, end: int) -> bool:
        """Whether no part of a place is taken."""
        at = bisect_left(self._taken, (end, end))
        return at == 0 or self._taken[at - 1][1] <= start
