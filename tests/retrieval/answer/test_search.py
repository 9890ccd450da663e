from __future__ import annotations

from collections.abc import Sequence

import pytest

from retrieval.answer.search import DEPTH, Hit, search
from tests.retrieval.answer.conftest import Library


class Found:
    """A snapshot that finds what it is told to, and remembers the terms it was asked for."""

    def __init__(
        self, lexical: Sequence[tuple[int, float]], dense: Sequence[tuple[int, float]]
    ) -> None:
        self._lexical, self._dense = list(lexical), list(dense)
        self.terms: list[str] = []

    def lexical(self, terms: Sequence[str], limit: int) -> list[tuple[int, float]]:
        self.terms = list(terms)
        return self._lexical[:limit]

    def dense(self, text: str, limit: int) -> list[tuple[int, float]]:
        return self._dense[:limit]


def ranked(found: Found, text: str = "bridge", limit: int = 10) -> list[tuple[int, object]]:
    hits: list[Hit] = search(found, text, limit)  # type: ignore[arg-type]
    return [(hit.passage_id, pytest.approx(hit.score)) for hit in hits]


def test_both_sides_are_weighed_by_half() -> None:
    found = Found([(1, 8.0), (2, 4.0)], [(2, 0.9), (3, 0.7), (4, 0.5)])
    # Lexical counts from 0 where all is found: 1.0, 0.5; dense from its lowest: 1.0, 0.5, 0.0.
    assert ranked(found) == [(2, 0.75), (1, 0.5), (3, 0.25), (4, 0.0)]


def test_a_full_lexical_list_counts_from_its_lowest() -> None:
    lexical = [(n, 100.0 - n) for n in range(DEPTH)]
    scores = dict(ranked(Found(lexical, []), limit=DEPTH))
    assert scores[0] == 0.5
    assert scores[DEPTH - 1] == 0.0
    assert scores[13] == 0.5 * (1 - 13 / (DEPTH - 1))


def test_ties_are_in_the_order_of_passages() -> None:
    assert [id_ for id_, _ in ranked(Found([(9, 2.0), (3, 2.0)], [(5, 0.5), (4, 0.5)]))] == [
        3,
        4,
        5,
        9,
    ]


def test_equal_scores_count_in_full() -> None:
    assert ranked(Found([], [(1, 0.4)])) == [(1, 0.5)]


def test_no_more_than_asked_for() -> None:
    assert len(ranked(Found([(n, 1.0) for n in range(30)], []), limit=7)) == 7


def test_nothing_found_is_no_hit() -> None:
    assert ranked(Found([], [])) == []


def test_countries_are_looked_for_under_their_other_names() -> None:
    found = Found([], [])
    ranked(found, "What did Turkey sign?")
    assert found.terms[:2] == ["turkey", "sign"]
    assert "ankara" in found.terms
    assert found.terms == list(dict.fromkeys(found.terms))


def test_the_same_question_finds_the_same(library: Library) -> None:
    snapshot = library.index.snapshot()
    first = search(snapshot, "How long does the warranty of the Aquila 300 last?", 20)
    assert first == search(snapshot, "How long does the warranty of the Aquila 300 last?", 20)
    found = snapshot.passages([hit.passage_id for hit in first[:3]])
    assert any("36 months" in passage.text for passage in found)


def test_an_empty_question_does_not_fail(library: Library) -> None:
    for hit in search(library.index.snapshot(), "", 5):
        assert 0.0 <= hit.score <= 1.0
