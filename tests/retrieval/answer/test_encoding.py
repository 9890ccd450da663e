from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from retrieval.answer.encoding import LONGEST, SENTENCE, PairEncoder, Reading, padded
from retrieval.answer.models import WEIGHTS


@pytest.fixture(scope="module")
def encoder() -> PairEncoder:
    return PairEncoder(Tokenizer.from_file(str(WEIGHTS / "tokenizer.json")))


def test_the_sentence_stands_before_its_context(encoder: PairEncoder) -> None:
    reading = Reading("Who built it?", "Ada built it.", "The bridge", "It is old.")
    (one,) = encoder.encode([reading])
    assert [reading.sentence[a:b] for a, b in filter(None, one.offsets)] == [
        "Ada", "built", "it", "."
    ]  # fmt: skip
    assert one.types[:1] == [0]
    assert one.types[-1] == 1
    assert not one.cut


def test_a_context_is_cut_before_the_sentence_is(encoder: PairEncoder) -> None:
    (one,) = encoder.encode([Reading("why " * 60, "word " * 86, "title " * 40, "before " * 40)])
    assert len(one.ids) <= LONGEST + SENTENCE
    assert sum(place is not None for place in one.offsets) == 86
    assert one.cut


def test_a_cut_sentence_says_so(encoder: PairEncoder) -> None:
    (one,) = encoder.encode([Reading("Why?", "word " * (SENTENCE + 1))])
    assert one.cut


def test_a_batch_is_padded_to_its_longest(encoder: PairEncoder) -> None:
    encoded = encoder.encode([Reading("Why?", "So."), Reading("Why?", "Because of the rain.")])
    ids, types, mask = padded(encoded)
    assert ids.shape == types.shape == mask.shape
    assert mask.sum(axis=1).tolist() == [len(one.ids) for one in encoded]


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=60), st.text(max_size=200))
def test_any_text_can_be_encoded(
    encoder: PairEncoder, asked: str, sentence: str, context: str, before: str
) -> None:
    (one,) = encoder.encode([Reading(asked, sentence, context, before)])
    assert len(one.ids) == len(one.types) == len(one.offsets)
    assert all(0 <= a <= b <= len(sentence) for a, b in filter(None, one.offsets))
