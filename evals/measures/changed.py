"""How many changed copies of sentences are caught, and how many true ones are refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evals.caught import ALL, Caught, Share
from evals.measures.measure import Measure, Section
from evals.metrics import Figure

_KEYS = {Section.CHANGED_RULES: "rules", Section.CHANGED_JUDGE: "judge"}


def measure_changed(section: Section, found: Caught) -> Iterator[Measure]:
    """Measure both kinds of error, all copies first, then by kind."""
    yield from _shares(section, "caught", "changed: caught", found.caught)
    yield from _shares(section, "refused", "true: refused", found.refused)


def _shares(
    section: Section, key: str, label: str, shares: Mapping[str, Share]
) -> Iterator[Measure]:
    for kind in sorted(shares, key=lambda kind: (kind != ALL, kind)):
        share = shares[kind]
        if share.n:
            yield Measure(
                section,
                f"{_KEYS[section]}_{key}_{kind.replace(' ', '_')}",
                label if kind == ALL else f"{label}, {kind}",
                Figure(share.value, *share.bounds, share.n),
                always_refuse=1.0,
                never_refuse=0.0,
            )
