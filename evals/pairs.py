"""Pair sets: does a hypothesis follow from a premise? Judged directly, without an index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from pydantic import BaseModel

from evals.lines import FORMATS, read_lines
from retrieval.errors import UsageError
from retrieval.model import Label

_FILE = "pairs.jsonl"


class Relation(StrEnum):
    """How a hypothesis relates to its premise."""

    ENTAILMENT = "entailment"
    NEUTRAL = "neutral"
    CONTRADICTION = "contradiction"
    NOT_ENTAILMENT = "not_entailment"
    """Neutral or contradiction: some sources do not tell them apart."""


_RIGHT = {
    Relation.ENTAILMENT: {Label.SUPPORTED},
    Relation.NEUTRAL: {Label.NOT_IN_CORPUS},
    Relation.CONTRADICTION: {Label.CONTRADICTED},
    Relation.NOT_ENTAILMENT: {Label.CONTRADICTED, Label.NOT_IN_CORPUS},
}


class Pair(BaseModel, frozen=True):
    """A premise, a hypothesis, and how they relate."""

    id: str
    premise: str
    hypothesis: str
    label: Relation
    source: str
    """The collection that the pair was taken from."""


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """A pair and the verdict on it."""

    pair: Pair
    label: Label

    @property
    def right(self) -> bool:
        """Whether the verdict fits the relation."""
        return self.label in _RIGHT[self.pair.label]


class PairJudge(Protocol):
    """Whatever judges pairs of texts."""

    def labels(self, pairs: Sequence[tuple[str, str]]) -> list[Label]:
        """What each premise says of its hypothesis, for pairs of premise and hypothesis."""


def is_pair_set(folder: Path) -> bool:
    """Whether a folder holds pairs instead of documents and questions."""
    return (folder / _FILE).is_file()


def read_pairs(folder: Path) -> tuple[Pair, ...]:
    """Read the pairs in `folder`."""
    found = tuple(read_lines(folder / _FILE, Pair))
    if not found:
        raise UsageError(f"{folder} holds no pairs.", FORMATS)
    return found


def judge_all(pairs: Sequence[Pair], judge: PairJudge) -> tuple[JudgedPair, ...]:
    """Let a judge see each pair, without its label."""
    labels = judge.labels([(pair.premise, pair.hypothesis) for pair in pairs])
    return tuple(JudgedPair(pair, label) for pair, label in zip(pairs, labels, strict=True))
