"""Alignment features: how well a sentence, in its context, fits a question.

Each is a number between about 0 and 1, so that a logistic regression can weigh them
(`retrieval/weights/decision.json`, fitted by `training/decision`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter

from retrieval.answer.expectation import fit
from retrieval.answer.question import Expected, Query
from retrieval.answer.search import Hit
from retrieval.text.aliases import holds, keys
from retrieval.text.labelled import asked_for
from retrieval.text.polarity import is_negative
from retrieval.text.synonyms import synonyms
from retrieval.text.terms import sentence_terms
from retrieval.text.values import agrees, dates, numbers, same_value
from retrieval.text.vectors import WordTable


@dataclass(frozen=True, slots=True)
class Features:
    """One window's features; the order is the order of the weights."""

    coverage: float
    """Share of the question's term weight that the sentence repeats."""
    coverage_context: float
    """The same, with title, heading and the sentence before."""
    coverage_passage: float
    """The same, with the whole passage."""
    soft_coverage: float
    """As `coverage`, each missing term credited with its nearest word in the sentence."""
    soft_context: float
    """As `soft_coverage`, with most of the credit for terms of title, heading, sentence before."""
    weakest: float
    """Largest weight share of one term that neither sentence nor context comes near to."""
    missing: float
    """Largest weight share of one term that stands nowhere in passage, title or heading."""
    names: float
    """Share of the question's names in the sentence; 1 without names."""
    names_passage: float
    """Share of the question's names in passage, title and heading; 1 without names."""
    values: float
    """Share of the question's dates and numbers that the sentence agrees with; 1 without any."""
    clash: float
    """1 if the sentence states another date where the question states one."""
    expected: float
    """How well the sentence holds the kind of thing that is asked for."""
    lacking: float
    """1 if a definite kind (date, number, person, place, clock) is asked for and not there."""
    predicate: float
    """How near the sentence comes to the question's verb; 1 where that is not known."""
    adjacency: float
    """Share of neighbouring question terms that stand close together in the sentence."""
    spread: float
    """How close together the matched terms stand."""
    negation: float
    """1 if question and sentence differ in polarity."""
    retrieval: float
    """Fused score of the passage."""
    novelty: float
    """Share of the sentence's words that the question does not have."""
    length: float
    """Words of the sentence, on a logarithmic scale."""
    terms: float
    """Content terms of the question, on a logarithmic scale."""

    def row(self) -> tuple[float, ...]:
        """The features as a tuple, in order."""
        return _in_order(self)


FEATURE_NAMES = tuple(field.name for field in fields(Features))
_in_order: Callable[[Features], tuple[float, ...]] = attrgetter(*FEATURE_NAMES)
FROM_CONTEXT = 0.85
"""Credit for a term that the sentence leaves to title, heading or the sentence before."""
SYNONYM = 0.9
"""Credit for a term in whose place a synonym stands."""
_DEFINITE = frozenset(
    {Expected.PERSON, Expected.PLACE, Expected.DATE, Expected.CLOCK, Expected.NUMBER}
)


def alignment(
    query: Query,
    weights: dict[str, float],
    table: WordTable,
    sentence: str,
    *,
    before: str,
    context: str,
    passage: str,
    hit: Hit,
) -> Features:
    """Features of one sentence in its context. `table` holds the words of both."""
    spelled = sentence_terms(sentence)
    own = keys(sentence) | asked_for(sentence)
    around = own | keys(before) | keys(context)
    whole = around | keys(passage)
    total = sum(weights.values()) or 1.0
    shares = [weights[t] / total for t in query.terms]
    inside = [holds(own, t) for t in query.terms]
    nearness = _nearness(query, table, spelled, own, inside)
    nearness_context = [
        max(n, FROM_CONTEXT * holds(around, t)) for n, t in zip(nearness, query.terms, strict=True)
    ]
    places = _positions(query, spelled)
    expected = fit(query, sentence)
    agreement, clash = _values(query, sentence, context)
    return Features(
        coverage=_sum(shares, inside),
        coverage_context=_sum(shares, [holds(around, t) for t in query.terms]),
        coverage_passage=_sum(shares, [holds(whole, t) for t in query.terms]),
        soft_coverage=sum(s * n for s, n in zip(shares, nearness, strict=True)),
        soft_context=sum(s * n for s, n in zip(shares, nearness_context, strict=True)),
        weakest=max(
            (s * (1 - n) for s, n in zip(shares, nearness_context, strict=True)), default=1.0
        ),
        missing=max((s for s, t in zip(shares, query.terms, strict=True) if not holds(whole, t)),
                    default=0.0),
        names=_names(query, own),
        names_passage=_names(query, whole),
        values=agreement,
        clash=clash,
        expected=expected,
        lacking=float(query.expected in _DEFINITE and expected < 0.3),
        predicate=next(
            (n for t, n in zip(query.terms, nearness, strict=True) if t == query.predicate), 1.0
        ),
        adjacency=_adjacency(query, places),
        spread=_spread(places),
        negation=float(is_negative(query.text) != is_negative(sentence)),
        retrieval=hit.score,
        novelty=_novelty(query, spelled),
        length=math.log1p(len(spelled)) / 4,
        terms=math.log1p(len(query.terms)) / 3,
    )  # fmt: skip


def _sum(shares: list[float], flags: list[bool]) -> float:
    return sum(share for share, flag in zip(shares, flags, strict=True) if flag)


def _nearness(
    query: Query,
    table: WordTable,
    spelled: Sequence[tuple[str, str]],
    own: frozenset[str],
    inside: list[bool],
) -> list[float]:
    """1 for a term in the sentence, `SYNONYM` for a known one of it, else the nearest cosine."""
    others = [word for _, word in spelled]

    def nearness(term: str, word: str, there: bool) -> float:
        if there:
            return 1.0
        if not synonyms(term).isdisjoint(own):
            return SYNONYM
        return _scaled(table.nearest(word, others))

    return [nearness(*item) for item in zip(query.terms, query.words, inside, strict=True)]


def _scaled(cosine: float) -> float:
    return min(max((cosine - 0.2) / 0.6, 0.0), 0.9)


def _names(query: Query, found: frozenset[str]) -> float:
    if not query.names:
        return 1.0
    shares = [sum(holds(found, t) for t in name) / len(name) for name in query.names]
    return sum(shares) / len(shares)


def _values(query: Query, sentence: str, context: str) -> tuple[float, float]:
    """Share of the question's dates and numbers that agree, and whether a date clashes.

    A title may hold the date ("1994 championship") as well as the sentence.
    """
    if not query.dates and not query.numbers:
        return 1.0, 0.0
    stated = (*dates(sentence), *dates(context))
    counted = (*numbers(sentence), *numbers(context))
    checks: list[bool] = []
    clash = 0.0
    for asked in query.dates:
        if not (asked.year or asked.month):
            continue
        verdicts = [agrees(asked, other) for other in stated]
        checks.append(True in verdicts)
        clash = max(clash, float(False in verdicts and True not in verdicts))
    for number in query.numbers:
        checks.append(any(same_value(number.value, n.value) for n in counted))
    return (sum(checks) / len(checks) if checks else 1.0), clash


def _positions(query: Query, spelled: Sequence[tuple[str, str]]) -> dict[str, list[int]]:
    wanted = set(query.terms)
    found: dict[str, list[int]] = {}
    for position, (term, _) in enumerate(spelled):
        if term in wanted:
            found.setdefault(term, []).append(position)
    return found


def _adjacency(query: Query, places: dict[str, list[int]]) -> float:
    """Neighbouring terms of the question that stand at most two terms apart in the sentence."""
    pairs = list(zip(query.terms, query.terms[1:], strict=False))
    if not pairs:
        return 0.5
    close = sum(
        any(0 < abs(a - b) <= 2 for a in places.get(one, ()) for b in places.get(other, ()))
        for one, other in pairs
    )
    return close / len(pairs)


def _spread(places: dict[str, list[int]]) -> float:
    first = [found[0] for found in places.values()]
    if len(first) < 2:
        return 0.5
    return len(first) / (max(first) - min(first) + 1)


def _novelty(query: Query, spelled: Sequence[tuple[str, str]]) -> float:
    asked = set(query.terms)
    return sum(term not in asked for term, _ in spelled) / len(spelled) if spelled else 0.0
