"""Collections by name: which parts of the corpus a document belongs to, and who may look there.

A document belongs to the collection of its folder and, where its front matter names one, to that as
well. Both together are its label, and it may be seen where both may be seen: what a document says
of itself can only make its readers fewer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

MAIN = "main"
"""What lies in no named collection's folder; without collections, everything."""
NAME = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,38}[a-z0-9])?")
"""How a collection may be called."""

Permitted = frozenset[str] | None
"""Names of the collections that may be seen; None: all there are."""

_BOTH = "&"


@dataclass(frozen=True, slots=True)
class Among:
    """Labels of the documents that may be seen, and of all others that there are."""

    seen: frozenset[str]
    hidden: frozenset[str]


def label(names: Iterable[str]) -> str:
    """The label of a document in all of these collections.

    >>> label(["main", "hr"])
    'hr&main'
    """
    return _joined(frozenset(names))


@cache
def _joined(names: frozenset[str]) -> str:
    return _BOTH.join(sorted(names))


def names_in(label: str) -> frozenset[str]:
    """The collections that a label names."""
    return frozenset(label.split(_BOTH))


def is_open(label: str, permitted: Permitted) -> bool:
    """Whether a document with this label may be seen by one who may see these collections."""
    return permitted is None or names_in(label) <= permitted
