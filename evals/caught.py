"""Caught: how many changed copies a check notices, and how many true ones it refuses."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from evals.changed import Copy, changed
from evals.rewritten import rewritten

_Z95 = 1.959964
ALL = "all"

Check = Callable[[str, str], bool]
"""Claim, quotation -> whether the quotation carries the claim."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with Wilson's 95% bounds."""

    hits: int
    n: int

    @property
    def value(self) -> float:
        """The share itself; 0 of none."""
        return self.hits / self.n if self.n else 0.0

    @property
    def bounds(self) -> tuple[float, float]:
        """Wilson's interval, which stays sensible at 0 and 1 and for few."""
        if not self.n:
            return 0.0, 1.0
        spread = _Z95 * _Z95 / self.n
        middle = self.value + spread / 2
        half = _Z95 * math.sqrt(self.value * (1 - self.value) / self.n + spread / (4 * self.n))
        return max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread))


@dataclass(frozen=True, slots=True)
class Caught:
    """Shares by kind of copy, and of all: changed copies caught, true copies refused."""

    caught: dict[str, Share]
    refused: dict[str, Share]


def measure(carried: Check, sentences: Iterable[str], seed: int = 7) -> Caught:
    """Let a check judge changed and true copies of sentences."""
    every = list(sentences)
    return Caught(
        caught=shares(carried, changed(every, seed)), refused=shares(carried, rewritten(every))
    )


def shares(carried: Check, copies: Iterable[Copy]) -> dict[str, Share]:
    """The share of copies that a check does not find carried, by kind and of all."""
    hits: dict[str, list[bool]] = {ALL: []}
    for copy in copies:
        stopped = not carried(copy.claim, copy.sentence)
        hits.setdefault(copy.kind, []).append(stopped)
        hits[ALL].append(stopped)
    return {kind: Share(sum(found), len(found)) for kind, found in hits.items()}
