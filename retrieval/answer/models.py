"""The trained judges: does a sentence answer a question, does a quotation support a claim.

Two small encoders with weights of their own, int8 ONNX, read on the processor. Word vectors were
not trained, so both share one table. Pairs are read one at a time: the activations of a batch are
quantised together, so a score would depend on its neighbours.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from retrieval.answer.encoding import Encoded, PairEncoder, Reading, padded

WEIGHTS = Path(__file__).parents[1] / "weights" / "judge"
LONGEST_SPAN = 30
"""Tokens of an answer inside a sentence."""
_THREADS = max(1, min(2, os.cpu_count() or 1))

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class AnswerReading:
    """What the first judge makes of a question and a sentence."""

    logit: float
    """Log odds that the sentence, in its context, answers."""
    margin: float
    """Score of the best answer span over that of no answer."""
    span: tuple[int, int] | None
    """Where that span stands in the sentence; None where there is no room for one."""


@dataclass(frozen=True, slots=True)
class Support:
    """What the second judge makes of a claim and a quotation: three probabilities."""

    supports: float
    contradicts: float
    neither: float


class AnswersModel:
    """answers(question, window)."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def read(self, readings: Sequence[Reading]) -> list[AnswerReading]:
        """One reading for each pair, in order; a pair too long is read as far as it goes."""
        return [
            _answer(one, *outputs)
            for one, outputs in zip(*self._session.run(readings), strict=True)
        ]


class SupportsModel:
    """supports(claim, quotation)."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def weigh(self, readings: Sequence[Reading]) -> list[Support]:
        """One verdict for each pair, in order; of a pair too long to be read, neither."""
        return [
            _NOT_READ if one.cut else Support(*(float(p) for p in _softmax(outputs[0])))
            for one, outputs in zip(*self._session.run(readings), strict=True)
        ]


_NOT_READ = Support(0.0, 0.0, 1.0)


class Session:
    """One ONNX file with the word vectors and the tokenizer before it; safe to use from threads."""

    def __init__(self, file: Path, encoder: PairEncoder, words: Words) -> None:
        options = onnxruntime.SessionOptions()
        # One thread a pair and pairs side by side: pairs are too small to be cut up further.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(file), options, providers=["CPUExecutionProvider"]
        )
        self._encoder = encoder
        self._words = words

    def run(self, readings: Sequence[Reading]) -> tuple[list[Encoded], list[list[Floats]]]:
        """The pairs as encoded and, for each, the outputs without the batch dimension."""
        encoded = self._encoder.encode(readings)
        return encoded, list(_pool().map(self._one, encoded))

    def _one(self, encoded: Encoded) -> list[Floats]:
        ids, types, mask = padded([encoded])
        given = {"vectors": self._words.vectors(ids), "types": types, "mask": mask}
        return [output[0] for output in self._session.run(None, given)]


class Words:
    """The word vectors, int8 with one scale."""

    def __init__(self, file: Path) -> None:
        stored = np.load(file)
        self._table = stored["table"]
        self._scale, self._zero = np.float32(stored["scale"]), np.float32(stored["zero"])

    def vectors(self, ids: NDArray[np.int64]) -> Floats:
        """Vectors of shape (pairs, tokens, width)."""
        vectors: Floats = (self._table[ids].astype(np.float32) - self._zero) * self._scale
        return vectors


def _answer(encoded: Encoded, pair: Floats, start: Floats, end: Floats) -> AnswerReading:
    """The verdict, and the best span of the sentence against no answer, which points at [CLS]."""
    inside = [i for i, place in enumerate(encoded.offsets) if place]
    null = float(start[0] + end[0])
    if not inside:
        return AnswerReading(float(pair[0]), 0.0, None)
    first, last = inside[0], inside[-1] + 1
    scores = start[first:last, None] + end[None, first:last]
    length = np.arange(last - first)
    distance = length[None, :] - length[:, None]
    scores = np.where((distance >= 0) & (distance < LONGEST_SPAN), scores, -np.inf)
    a, b = np.unravel_index(int(scores.argmax()), scores.shape)
    begin, finish = encoded.offsets[first + int(a)], encoded.offsets[first + int(b)]
    span = (begin[0], finish[1]) if begin and finish else None
    return AnswerReading(float(pair[0]), float(scores[a, b]) - null, span)


def _softmax(logits: Floats) -> Floats:
    powers = np.exp(logits - logits.max())
    shares: Floats = powers / powers.sum()
    return shares


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_THREADS, thread_name_prefix="judge")


@cache
def _shared() -> tuple[PairEncoder, Words]:
    tokenizer = Tokenizer.from_file(str(WEIGHTS / "tokenizer.json"))
    return PairEncoder(tokenizer), Words(WEIGHTS / "words.npz")


@cache
def answers_model() -> AnswersModel:
    """The judge of answers that ships with Onrecord, loaded once."""
    return AnswersModel(Session(WEIGHTS / "answers.onnx", *_shared()))


@cache
def supports_model() -> SupportsModel:
    """The judge of claims that ships with Onrecord, loaded once."""
    return SupportsModel(Session(WEIGHTS / "supports.onnx", *_shared()))
