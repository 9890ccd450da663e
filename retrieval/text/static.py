"""The packaged static model: a tokenizer and one vector a token, with numpy only and offline."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np
from model2vec import StaticModel
from numpy.typing import NDArray

from retrieval.text.encodable import encodable

WEIGHTS = Path(__file__).parents[1] / "weights" / "static"

_MAX_PIECES = 512
"""Of a text; what comes after them does not change its vector."""
_REMEMBERED_WORDS = 300_000
_LONGEST_PART = 100
"""The tokenizer does not cut longer ones."""
_ASCII_PARTS = re.compile(r"[A-Za-z0-9]+|[^A-Za-z0-9]")


@cache
def load_static_model() -> StaticModel:
    """Load the packaged token vectors (0.1 s, 8 MB), once a process.

    From several threads use `tokenize`, never `encode`: that one sets the tokenizer's limit anew
    for each call, which fails while another thread is tokenizing.
    """
    if not (WEIGHTS / "model.safetensors").is_file():
        # Given a folder that is not there, the library would try a download.
        raise FileNotFoundError(f"The packaged weights are missing: {WEIGHTS}")
    return StaticModel.from_pretrained(WEIGHTS)


class WordPieces:
    """The token ids of texts, remembered word by word.

    The tokenizer cuts at every space, so a word's pieces do not depend on its neighbours; looking
    words up gives the ids that the tokenizer gives, for less than half of its computing time.
    """

    def __init__(self, model: StaticModel) -> None:
        self._model = model
        self._vocabulary = model.tokenizer.get_vocab()
        self._remembered: dict[str, list[int]] = {}

    def of(self, texts: Sequence[str]) -> list[list[int]]:
        """The ids of each text, at most 512; none for a text without any known word."""
        split = [encodable(text).split() for text in texts]
        known = self._remembered  # replaced, never emptied: another thread may be reading it
        if len(known) > _REMEMBERED_WORDS:
            known = self._remembered = {}
        self._learn(set[str]().union(*split).difference(known), known)
        pieces = known.__getitem__
        return [
            list(chain.from_iterable(map(pieces, words[:_MAX_PIECES])))[:_MAX_PIECES]
            for words in split
        ]

    def _learn(self, words: Iterable[str], known: dict[str, list[int]]) -> None:
        """Put new words together from their parts ("word," is "word" and ","), most known."""
        parts = {word: _parts(word) for word in words}
        new = {part for of_word in parts.values() for part in of_word if part not in known}
        self._learn_parts(new, known)
        for word, of_word in parts.items():
            known[word] = [id_ for part in of_word for id_ in known[part]]

    def _learn_parts(self, parts: set[str], known: dict[str, list[int]]) -> None:
        uncut = []
        for part in parts:
            pieces = self._cut(part.lower()) if part.isascii() else None
            if pieces is None:
                uncut.append(part)
            else:
                known[part] = pieces
        if uncut:
            known.update(zip(uncut, self._model.tokenize(uncut), strict=True))

    def _cut(self, part: str) -> list[int] | None:
        """The longest listed piece first, as the tokenizer does; None if that is not to be had."""
        found: list[int] = []
        start, inside = 0, ""
        while start < len(part) <= _LONGEST_PART:
            for end in range(len(part), start, -1):
                id_ = self._vocabulary.get(inside + part[start:end])
                if id_ is not None:
                    found.append(id_)
                    start, inside = end, "##"
                    break
            else:
                return None
        return found or None


class StaticVectors:
    """Vectors of texts: the mean of their tokens' vectors, brought to unit length."""

    def __init__(self) -> None:
        model = load_static_model()
        self._tokens: NDArray[np.int8] = model.embedding
        self._pieces = WordPieces(model)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._tokens.shape[1])

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text; safe to call from several threads."""
        rows = np.empty((len(texts), self.dimension), dtype=np.float32)
        for row, text, pieces in zip(rows, texts, self._pieces.of(texts), strict=True):
            # Sums of int8 are exact; dividing by the number of pieces would not turn them.
            row[:] = self._tokens.take(pieces, axis=0).sum(axis=0, dtype=np.int32) if pieces else 0
            if not row.any():
                row[:] = self._own_direction(text)
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1.0)
        return rows

    def is_whole(self, word: str) -> bool:
        """Whether a word is one token: common enough that a tokenizer keeps it in one piece."""
        return len(self._pieces.of([word])[0]) == 1

    def _own_direction(self, text: str) -> NDArray[np.float32]:
        """A direction that no other text has, for one without any known word, as in Thai.

        With one direction for all of them, thousands of vectors would be equal, and these cut
        others off: Chroma's search follows links between near neighbours.
        """
        seed = hashlib.sha256(encodable(text).encode()).digest()
        random = np.random.default_rng(int.from_bytes(seed[:8], "big"))
        return random.standard_normal(self.dimension, dtype=np.float32)


@cache
def static_vectors() -> StaticVectors:
    """The vectors of the packaged model, once a process."""
    return StaticVectors()


def is_whole(word: str) -> bool:
    """Whether the packaged model knows a word as a whole, not only by its parts."""
    return static_vectors().is_whole(word)


def _parts(word: str) -> list[str]:
    """Cut a word as the tokenizer does; only for ASCII are its rules this simple."""
    if word.isalnum() or not word.isascii() or not word.isprintable():
        return [word]
    return _ASCII_PARTS.findall(word)
