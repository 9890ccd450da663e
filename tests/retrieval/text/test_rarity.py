from __future__ import annotations

import pytest

from retrieval.text.rarity import rarity
from retrieval.text.terms import term


def test_ordinary_words_weigh_less_even_in_a_tiny_corpus() -> None:
    assert rarity(term("year"), {}, 6) < rarity("corridor", {"corridor": 1}, 6)


@pytest.mark.parametrize("passages", [1, 1000, 100_000])
def test_more_frequent_words_weigh_less(passages: int) -> None:
    assert rarity("qandil", {"qandil": passages}, passages) < rarity("qandil", {}, passages)


def test_a_large_corpus_decides_by_itself() -> None:
    everywhere = rarity("qandil", {"qandil": 100_000}, 100_000)
    assert everywhere == pytest.approx(0.0, abs=0.1)
