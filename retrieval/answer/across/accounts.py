"""Accounts: where documents answer one question differently, each is shown, and none is picked.

Which is right, and whether both speak of the same person or thing, is for the reader, who sees each
with its document and its date.
"""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.answer.across.further import Admission
from retrieval.answer.across.shown import DIFFER, EACH
from retrieval.answer.compose import Placed, quotable
from retrieval.answer.evidence import surroundings
from retrieval.answer.judge import Judged
from retrieval.answer.question import Expected, Query
from retrieval.index.reader import Snapshot
from retrieval.text.dates import agrees, dates
from retrieval.text.names import names
from retrieval.text.terms import terms
from retrieval.text.values import numbers, same_value

MORE_OPEN = 0.1
"""Share of the question that another account may come less near to than the leader does."""
MOST_OTHERS = 3
MOST_SENTENCES = 6
_VALUES = frozenset({Expected.NUMBER, Expected.DATE, Expected.CLOCK})
_NAMED = frozenset({Expected.PERSON, Expected.PLACE})


def accounts(
    snapshot: Snapshot, admission: Admission, leader: Judged, chosen: Sequence[Placed]
) -> list[list[Placed]]:
    """What each document says: the leader's first; none where no other says otherwise."""
    query = admission.query
    source = leader.scored.window.passage.source
    own = quotable(snapshot, leader.scored.window)
    room = MOST_SENTENCES - len(own)
    found = [own]
    told = {source}
    shown = [leader]
    subject = frozenset().union(*query.names)
    if not subject and query.expected not in _VALUES:
        return []  # nothing tells that both speak of one thing
    for judged in admission.answering(leader):
        window = judged.scored.window
        if window.passage.source in told or not subject.issubset(
            terms(f"{window.sentence.text} {surroundings(window)}")
        ):
            continue
        if _leaves_open(judged) > _leaves_open(leader) + MORE_OPEN:
            continue
        if not all(_differ(query, judged, one) for one in shown):
            continue
        places = quotable(snapshot, window)
        if not places or len(places) > room or len(found) > MOST_OTHERS:
            continue
        found.append(places)
        shown.append(judged)
        told.add(window.passage.source)
        room -= len(places)
    if len(found) == 1:
        return []
    beside = [place for place in chosen if place[0].source == source and place not in own]
    return [[*own, *beside[:room]], *found[1:]]


def head(query: Query, told: Sequence[Sequence[Placed]]) -> str:
    """What stands above them. Of namesakes, which their titles tell apart, nothing differs."""
    subject = frozenset().union(*query.names)
    titles = [frozenset(terms(places[0][0].title)) for places in told]
    are_namesakes = subject and all(subject <= title for title in titles)
    return DIFFER if query.expected in _VALUES and not are_namesakes else EACH


def _leaves_open(judged: Judged) -> float:
    """The largest share of the question that neither sentence nor context comes near to."""
    return judged.scored.features.weakest


def _differ(query: Query, one: Judged, other: Judged) -> bool:
    """Whether two sentences give answers of one kind, and none in common."""
    left, right = _span(one), _span(other)
    if query.expected is Expected.DATE:
        mine, theirs = dates(left), dates(right)
        verdicts = [agrees(a, b) for a in mine for b in theirs]
        return bool(verdicts) and all(verdict is False for verdict in verdicts)
    if query.expected in _VALUES:
        counted, against = numbers(left), numbers(right)
        pairs = [(a, b) for a in counted for b in against if a.unit == b.unit]
        return bool(pairs) and not any(same_value(a.value, b.value) for a, b in pairs)
    if query.expected is Expected.YES_NO:
        return False
    named, against_ = _said(query, left), _said(query, right)
    return bool(named) and bool(against_) and named.isdisjoint(against_)


def _said(query: Query, span: str) -> frozenset[str]:
    """What an answer says beyond the question; of one that is a name, its names."""
    if query.expected in _NAMED:
        found = frozenset().union(*(name.terms for name in names(span)))
    else:
        found = frozenset(terms(span))
    return found - frozenset(query.terms)


def _span(judged: Judged) -> str:
    """The words that answer, as far as they were made out."""
    span, text = judged.reading.span, judged.scored.window.sentence.text
    return text[slice(*span)] if span else ""
