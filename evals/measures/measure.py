"""A line of the report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evals.metrics import Figure


class Section(StrEnum):
    """The part of the report that a measure stands in."""

    PASSED = "Passed"
    SEARCH = "Search"
    ANSWERING = "Answer or refuse"
    QUOTATIONS = "Quotations"
    CLAIMS = "Claims"
    RUNNING = "Running"


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure, and what the two simplest systems would get where that is known.

    One always refuses; the other never does and quotes the first passage that search finds.
    Without them a figure on a set that is half unanswerable says little.
    """

    section: Section
    key: str
    label: str
    figure: Figure
    always_refuse: float | None = None
    never_refuse: float | None = None
