"""Lists of values in a statement of SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

_BATCH = 500
"""Values in one IN (...) list."""

Value = TypeVar("Value", int, str)


def marks(values: Sequence[object]) -> str:
    """The question marks that stand for them."""
    return ", ".join("?" * len(values))


def batches(values: Sequence[Value]) -> Iterable[Sequence[Value]]:
    """As many at a time as a statement takes."""
    return (values[start : start + _BATCH] for start in range(0, len(values), _BATCH))
