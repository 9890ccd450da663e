"""Whether summaries and replies that rest on a document are told from those that do not.

Many claims are edits of one summary of one document and stand or fall together: bounds are drawn
over documents, not over claims.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from evals import metrics
from evals.measures.measure import Measure, Section
from evals.metrics import Floats
from evals.outcomes import Asked
from retrieval.answer.claims import LONGEST_CLAIM
from retrieval.model import Label, Verdict


def measure_grounded(asked: Sequence[Asked]) -> Iterator[Measure]:
    """Measure balanced accuracy by the source of the claims, and both kinds of error."""
    claims = [one for one in asked if one.question.grounded is not None]
    origins = sorted({one.question.origin for one in claims})
    groups = {name: [one for one in claims if one.question.origin == name] for name in origins}
    both = {name: group for name, group in groups.items() if _has_both(group)}
    if len(both) > 1:
        label = f"mean of {len(both)} sources"
        yield _balanced("mean", label, list(both.values()))
    for name, group in both.items():
        yield _balanced(name or "unnamed", name or "source not named", [group])
    if claims:
        yield from _errors(claims)


def _errors(claims: Sequence[Asked]) -> Iterator[Measure]:
    section = Section.GROUNDED
    refused = [not _is_supported(one) for one in claims if one.question.grounded]
    believed = [_is_supported(one) for one in claims if not one.question.grounded]
    if refused:
        label, figure = "grounded: not supported", metrics.share(refused)
        yield Measure(section, "grounded_refused", label, figure, 1.0, 0.0)
    if believed:
        label, figure = "not grounded: supported", metrics.share(believed)
        yield Measure(section, "ungrounded_supported", label, figure, 0.0, 1.0)
    label = f"over {LONGEST_CLAIM:,} characters"
    long = metrics.share([len(one.question.text) > LONGEST_CLAIM for one in claims])
    yield Measure(section, "grounded_too_long", label, long)


def _balanced(key: str, label: str, groups: Sequence[Sequence[Asked]]) -> Measure:
    """The mean over the groups; a checker that always says the same gets half."""
    n = sum(map(len, groups))
    figure = metrics.mean_of_groups([_by_document(group) for group in groups], _accuracy, n=n)
    return Measure(Section.GROUNDED, f"grounded_{key}", label, figure, 0.5, 0.5)


def _by_document(claims: Sequence[Asked]) -> list[tuple[float, ...]]:
    """For each document: grounded claims supported, of how many; others rejected, of how many."""
    counts: dict[frozenset[str], Counter[int]] = {}
    for one in claims:
        found = counts.setdefault(one.question.evidence, Counter())
        side = 0 if one.question.grounded else 2
        found[side] += _is_supported(one) == one.question.grounded
        found[side + 1] += 1
    return [tuple(float(found[place]) for place in range(4)) for found in counts.values()]


def _accuracy(sums: Floats) -> float:
    """Balanced accuracy from sums; a draw without one of the sides is judged by the other."""
    sides = [right / n for right, n in (sums[:2], sums[2:]) if n]
    return float(np.mean(sides))


def _has_both(claims: Sequence[Asked]) -> bool:
    return len({one.question.grounded for one in claims}) == 2


def _is_supported(asked: Asked) -> bool:
    return isinstance(asked.result, Verdict) and asked.result.label is Label.SUPPORTED
