"""Pairs as the judges read them: question or claim, then the sentence, then its context.

    [CLS] asked [SEP] sentence [SEP] title, heading, end of the sentence before [SEP]

The sentence comes before its context, so that where room ends only context is cut.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from retrieval.text.encodable import encodable

LONGEST = 128
"""Tokens of a pair."""
ASKED, SENTENCE, CONTEXT, BEFORE = 48, 88, 16, 24
"""Most tokens of each part; of the sentence before the last ones are kept."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read together: a question or claim, a sentence, and what a reader knows by then."""

    asked: str
    sentence: str
    context: str = ""
    """Title and heading."""
    before: str = ""
    """The sentence before."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Token ids of one pair; `offsets` has the place in the sentence of each token, or None."""

    ids: list[int]
    types: list[int]
    offsets: list[tuple[int, int] | None]
    cut: bool
    """Whether the end of the sentence or of what is asked did not fit."""


class PairEncoder:
    """Turns readings into token ids."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._cls, self._sep = (_special(tokenizer, name) for name in ("[CLS]", "[SEP]"))

    def encode(self, readings: Sequence[Reading]) -> list[Encoded]:
        """Encode each reading; every distinct text is tokenised once."""
        texts = dict.fromkeys(
            text for r in readings for text in (r.asked, r.sentence, r.context, r.before) if text
        )
        readable = [encodable(text) for text in texts]
        batch = self._tokenizer.encode_batch(readable, add_special_tokens=False)
        tokens = dict(zip(texts, batch, strict=True))
        return [self._encode(reading, tokens) for reading in readings]

    def _encode(self, reading: Reading, tokens: Mapping[str, Encoding]) -> Encoded:
        def ids(text: str) -> list[int]:
            return tokens[text].ids if text else []

        asked, sentence = ids(reading.asked), ids(reading.sentence)
        cut = len(asked) > ASKED or len(sentence) > SENTENCE
        asked, sentence = asked[:ASKED], sentence[:SENTENCE]
        room = max(0, LONGEST - len(asked) - len(sentence) - 4)
        context = [*ids(reading.context)[:CONTEXT], *ids(reading.before)[-BEFORE:]][:room]
        tail = [*context, self._sep] if context else []
        places = tokens[reading.sentence].offsets[: len(sentence)] if reading.sentence else []
        return Encoded(
            [self._cls, *asked, self._sep, *sentence, self._sep, *tail],
            [0] * (len(asked) + 2) + [1] * (len(sentence) + 1 + len(tail)),
            [*[None] * (len(asked) + 2), *places, *[None] * (len(tail) + 1)],
            cut,
        )


def _special(tokenizer: Tokenizer, name: str) -> int:
    found = tokenizer.token_to_id(name)
    if found is None:
        raise ValueError(f"the judges' tokenizer has no {name}")
    return found


def padded(batch: Sequence[Encoded]) -> tuple[Ints, Ints, Ints]:
    """Ids, types and attention mask of a batch, each of shape (pairs, longest pair)."""
    longest = max(len(one.ids) for one in batch)
    ids, types, mask = (np.zeros((len(batch), longest), dtype=np.int64) for _ in range(3))
    for row, one in enumerate(batch):
        n = len(one.ids)
        ids[row, :n], types[row, :n], mask[row, :n] = one.ids, one.types, 1
    return ids, types, mask
