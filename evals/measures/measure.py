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
    GROUNDED = "Grounded or not"
    RUNNING = "Running"
    ORDER = "Sentences of the right passage"
    ATTRIBUTION_TUNE = "Attribution, half to tune on"
    ATTRIBUTION_REPORT = "Attribution, half to report"
    PAIRS = "Pairs: accuracy"
    CHANGED_RULES = "Changed copies: rules alone"
    CHANGED_JUDGE = "Changed copies: judge"


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
    entailment: Figure | None = None
    """What plain entailment by the sentence that fits best gets, where it was measured."""
    majority: Figure | None = None
    """What always saying the most frequent label gets."""
    term_overlap: Figure | None = None
    """What the sentence that shares most terms with the question gets."""
