"""Ask a system every question of a set and keep what it made of each."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from evals.outcomes import Asked
from evals.sets import Kind, SetQuestion
from retrieval.model import Answer, Refusal, Verdict


class System(Protocol):
    """Whatever answers, checks and ranks."""

    def ask(self, question: SetQuestion) -> tuple[Answer | Refusal, float | None]:
        """Answer or refuse, and how sure it is that the corpus answers."""

    def check(self, claim: SetQuestion) -> Verdict:
        """Say what the corpus says of a claim."""

    def rank(self, question: SetQuestion) -> tuple[str, ...]:
        """Sources in the order of search, best first, each once."""


@dataclass(frozen=True, slots=True)
class Run:
    """A whole set, asked, and the most memory the process held up to its end."""

    asked: tuple[Asked, ...]
    peak_memory_mb: float


def run(
    questions: Sequence[SetQuestion],
    system: System,
    progress: Callable[[int], None] = lambda _done: None,
) -> Run:
    """Ask one question after the other; `progress` hears how many are done."""
    asked = []
    for done, question in enumerate(questions, 1):
        asked.append(_ask(question, system))
        progress(done)
    return Run(tuple(asked), _peak_memory_mb())


def _ask(question: SetQuestion, system: System) -> Asked:
    started = time.perf_counter()
    result: Answer | Refusal | Verdict
    score = None
    if question.kind is Kind.CLAIM:
        result = system.check(question)
    else:
        result, score = system.ask(question)
    elapsed_ms = (time.perf_counter() - started) * 1000
    ranking = system.rank(question) if question.evidence else ()
    return Asked(question, result, score, ranking, elapsed_ms)


def _peak_memory_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)
