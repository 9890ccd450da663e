"""The judge: how likely a sentence answers, and whether the corpus answers at all.

The trained reader and the alignment features see different things: the reader knows what words
mean together, the features which name, date or kind of answer is missing. A logistic regression
over both ranks sentences, a second decides on the best of them; isotonic regression turns its
score into a probability. What is posted at which probability is a threshold chosen for a stated
risk (`retrieval/weights/decision.json`, fitted by `make calibrate`).
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Protocol

from retrieval.answer.carried import lacks
from retrieval.answer.encoding import Reading
from retrieval.answer.evidence import Scored, Window, context_text, surroundings
from retrieval.answer.features import FEATURE_NAMES
from retrieval.answer.models import AnswerReading, answers_model
from retrieval.answer.question import Query
from retrieval.model import BlockKind
from retrieval.text.labelled import read_for_questions
from retrieval.text.tables import spoken

_WEIGHTS = Path(__file__).parents[1] / "weights" / "decision.json"


class Strictness(StrEnum):
    """How much risk of a wrong answer is taken for fewer wrong refusals."""

    CAREFUL = "careful"
    BALANCED = "balanced"
    EAGER = "eager"


class Reader(Protocol):
    """Reads pairs of a question and a sentence."""

    def read(self, readings: Sequence[Reading]) -> list[AnswerReading]:
        """One reading for each pair, in order."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A window with its features, its reading and the probability that its sentence answers."""

    scored: Scored
    reading: AnswerReading
    probability: float


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression over named features; names it does not know weigh nothing."""

    bias: float
    weights: dict[str, float]

    def logit(self, values: dict[str, float]) -> float:
        """The linear score of one row."""
        return self.bias + sum(w * values.get(name, 0.0) for name, w in self.weights.items())


@dataclass(frozen=True, slots=True)
class Isotonic:
    """Probabilities by score: linear between knots, flat beyond them."""

    scores: tuple[float, ...]
    probabilities: tuple[float, ...]

    def __call__(self, score: float) -> float:
        """The probability at a score."""
        at = bisect_right(self.scores, score)
        if at in (0, len(self.scores)):
            return self.probabilities[at and at - 1]
        left, right = self.scores[at - 1], self.scores[at]
        share = (score - left) / (right - left)
        return (1 - share) * self.probabilities[at - 1] + share * self.probabilities[at]


class Judge:
    """Ranks sentences and says how sure it is that the best of them answers."""

    def __init__(
        self, reader: Reader, ranking: Logistic, decision: Logistic, calibration: Isotonic
    ) -> None:
        self._reader = reader
        self._ranking = ranking
        self._decision = decision
        self._calibration = calibration

    def rank(self, query: Query, candidates: Sequence[Scored]) -> list[Judged]:
        """The candidates by probability, best first; ties in the order they came."""
        readings = self._reader.read([reading(query, c) for c in candidates])
        judged = [
            Judged(c, _placed(c.window, r), sigmoid(self._ranking.logit(ranking_row(query, c, r))))
            for c, r in zip(candidates, readings, strict=True)
        ]
        return sorted(judged, key=lambda j: -j.probability)

    def answerable(self, query: Query, ranked: Sequence[Judged]) -> float:
        """Probability that the corpus answers, 0 without candidates."""
        if not ranked:
            return 0.0
        return self._calibration(self._decision.logit(decision_row(query, ranked)))


def reading(query: Query, candidate: Scored) -> Reading:
    """A question and a window as the trained judge reads them."""
    window = candidate.window
    before = window.before.text if window.before else ""
    return Reading(query.asked, _read_as(window), context_text(window), before)


def _read_as(window: Window) -> str:
    """The sentence; of a table a row with the names of its columns, or figures say nothing.

    A line behind a label is read as a sentence where the label alone says little.
    """
    head = window.before
    if window.sentence.kind is not BlockKind.ROW or head is None:
        return read_for_questions(window.sentence.text) or window.sentence.text
    return spoken(head.text, window.sentence.text) or window.sentence.text


def _placed(window: Window, read: AnswerReading) -> AnswerReading:
    """A reading whose span is a place in the sentence itself, not in what was read for it."""
    text, as_read = window.sentence.text, _read_as(window)
    if read.span is None or as_read == text:
        return read
    start = text.find(as_read[slice(*read.span)])
    length = read.span[1] - read.span[0]
    return replace(read, span=None if start < 0 else (start, start + length))


def ranking_row(query: Query, candidate: Scored, read: AnswerReading) -> dict[str, float]:
    """What the ranking looks at: the reading, the features, and each kind's own weight."""
    row = dict(zip(FEATURE_NAMES, candidate.features.row(), strict=True))
    row[f"expected:{query.expected}"] = row["expected"]
    row["logit"], row["margin"] = read.logit / 10, read.margin / 20
    return row


def decision_row(query: Query, ranked: Sequence[Judged]) -> dict[str, float]:
    """What the decision looks at: the best window, and how far the second one is behind it."""
    best = ranked[0]
    row = ranking_row(query, best.scored, best.reading)
    row["best"] = max(j.reading.logit for j in ranked) / 10
    row["behind"] = ranked[1].reading.logit / 10 if len(ranked) > 1 else -0.5
    row.update(_lacking(query, best.scored))
    return row


def _lacking(query: Query, candidate: Scored) -> dict[str, float]:
    """How many parts of the question's own wording the window lacks, and how many it contradicts.

    Counted over all kinds: of a single one no training set holds enough to weigh it.
    """
    window = candidate.window
    around = f"{surroundings(window)} {window.passage.text}"
    found = lacks(query.text, window.sentence.text, around, window.passage.date)
    clashes = sum(lack.clash for lack in found)
    return {"clashes": float(clashes), "lacks": float(len(found) - clashes)}


def order_sentences(question: str, title: str, sentences: Sequence[str]) -> list[int]:
    """Positions of one passage's sentences, best first, by what the reader alone makes of them."""
    befores = ["", *sentences[:-1]]
    pairs = [Reading(question, s, title, b) for s, b in zip(sentences, befores, strict=True)]
    logits = [read.logit for read in answers_model().read(pairs)]
    return sorted(range(len(sentences)), key=lambda i: -logits[i])


def sigmoid(x: float) -> float:
    """The logistic function."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, x))))


@dataclass(frozen=True, slots=True)
class Decision:
    """The fitted judge and the thresholds chosen with it."""

    judge: Judge
    answer_from: dict[Strictness, float]
    """Probability from which a question is answered."""
    join_from: float
    """Share of the best sentence's probability from which another sentence joins the answer."""


@cache
def load_decision() -> Decision:
    """The judge that ships with Onrecord."""
    stored = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    calibration = Isotonic(
        tuple(stored["calibration"]["scores"]), tuple(stored["calibration"]["probabilities"])
    )
    judge = Judge(
        answers_model(), Logistic(**stored["ranking"]), Logistic(**stored["decision"]), calibration
    )
    thresholds = {level: stored["answer_from"][level]["threshold"] for level in Strictness}
    return Decision(judge, thresholds, stored["join_from"])
