"""Questions to begin with: few, and only such as the documents do answer.

They are made from headings, really asked, and kept if the answer quotes what stands under that
very heading.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Lock

from retrieval.answer.orders import addresses_a_machine
from retrieval.index.reader import Snapshot
from retrieval.index.rows import PlacedHeading
from retrieval.model import Answer, Question, Refusal
from retrieval.text.headings import asked

MOST_SUGGESTIONS = 3
MOST_TRIES = 12
"""Questions asked for one generation; each takes about a quarter of a second."""
MOST_HEADINGS = 2_000
BUDGET_S = 2.0
"""Seconds after which no further question is begun; the next call goes on from there."""

Ask = Callable[[Question], Answer | Refusal]


@dataclass(frozen=True, slots=True)
class _Candidate:
    question: str
    placed: PlacedHeading


class Suggestions:
    """Suggested questions, found once a generation; safe to use from several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._generation: int | None = None
        self._untried: Iterator[_Candidate] = iter(())
        self._tries = 0
        self._found: list[str] = []

    def of(self, snapshot: Snapshot, ask: Ask) -> tuple[str, ...]:
        """At most three questions that the documents answer."""
        with self._lock:
            if snapshot.generation != self._generation:
                self._generation = snapshot.generation
                self._untried, self._tries, self._found = _candidates(snapshot), 0, []
            until = self._clock() + BUDGET_S
            while self._goes_on(until) and (candidate := next(self._untried, None)):
                self._tries += 1
                if _is_answered(ask(Question(candidate.question)), candidate, snapshot):
                    self._found.append(candidate.question)
            return tuple(self._found)

    def _goes_on(self, until: float) -> bool:
        wanted = len(self._found) < MOST_SUGGESTIONS and self._tries < MOST_TRIES
        return wanted and self._clock() < until


def _candidates(snapshot: Snapshot) -> Iterator[_Candidate]:
    """Questions made from headings: of each document the best first, then the second best."""
    made = []
    for order, placed in enumerate(snapshot.headings(MOST_HEADINGS)):
        own = placed.heading.rsplit(" › ", 1)[-1] if placed.heading else None
        question = asked(placed.title, own)
        if question and not addresses_a_machine(question[1]):
            made.append((question[0], order, question[1], placed))
    before: Counter[str] = Counter()
    ranked = []
    for form, order, text, placed in sorted(made, key=lambda item: item[:2]):
        ranked.append((before[placed.source], form, order, _Candidate(text, placed)))
        before[placed.source] += 1
    distinct = {c.question: c for *_, c in sorted(ranked, key=lambda item: item[:3])}
    return iter(distinct.values())


def _is_answered(result: Answer | Refusal, candidate: _Candidate, snapshot: Snapshot) -> bool:
    """Whether an answer quotes what stands under the heading that the question was made from."""
    placed = candidate.placed
    return (
        isinstance(result, Answer)
        and result.generation == snapshot.generation
        and any((c.source, c.heading) == (placed.source, placed.heading) for c in result.citations)
    )
