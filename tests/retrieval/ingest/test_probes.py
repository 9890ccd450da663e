from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval.errors import IndexDamagedError
from retrieval.index.embeddings import StaticEmbedder
from retrieval.index.fingerprint import fingerprint
from retrieval.index.place import Place
from retrieval.index.vectors import Vectors
from retrieval.ingest.probes import Probes

PRINT = fingerprint(StaticEmbedder())

Rows = NDArray[np.float32]


def rows_around(centre: float, count: int) -> Rows:
    """Vectors that share `centre` of their direction."""
    rng = np.random.default_rng(11)
    rows = rng.normal(size=(count, 256)) + centre * rng.normal(size=256)
    unit: Rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


def names(rows: Rows) -> list[str]:
    return [str(number) for number in range(len(rows))]


class Blind(Vectors):
    """Stores everything and finds nothing that it has been told to hide."""

    hidden = 0
    """How many of the vectors of a search are not found."""

    def query_many(self, rows: Rows, limit: int) -> list[list[tuple[str, float]]]:
        found = super().query_many(rows, limit)
        return [[] if number < self.hidden else one for number, one in enumerate(found)]


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[Blind]:
    opened = Blind.create(Place(tmp_path), PRINT)
    assert isinstance(opened, Blind)
    yield opened
    opened.close()


def added(vectors: Vectors, rows: Rows) -> Probes:
    probes = Probes()
    probes.note(names(rows), rows)
    vectors.add(names(rows), rows)
    return probes


def test_vectors_that_are_there_pass_in_silence(
    vectors: Blind, caplog: pytest.LogCaptureFixture
) -> None:
    added(vectors, rows_around(0.0, 300)).check(vectors)
    Probes().check(vectors)
    assert not caplog.records


def test_a_vector_that_was_lost_is_named_also_outside_of_the_sample(vectors: Blind) -> None:
    probes = added(vectors, rows_around(0.0, 300))
    vectors.delete(["1", "2"])
    with pytest.raises(
        IndexDamagedError, match=r"2 of 300 new vectors are not stored.*verify --repair"
    ):
        probes.check(vectors)


def test_each_vector_of_a_small_run_is_compared_with_what_it_was_made_as(vectors: Blind) -> None:
    rows = rows_around(0.0, 300)
    probes = Probes()
    probes.note(names(rows), rows)
    others = rows.copy()
    others[[123, 124]] = others[[124, 123]]
    vectors.add(names(rows), others)
    with pytest.raises(IndexDamagedError, match="2 of 300 new vectors are not stored"):
        probes.check(vectors, searched_exactly=True)


def test_what_is_searched_exactly_is_not_looked_for_in_chroma(
    vectors: Blind, caplog: pytest.LogCaptureFixture
) -> None:
    vectors.hidden = 5
    added(vectors, rows_around(3.0, 20)).check(vectors, searched_exactly=True)
    assert not caplog.records


def test_a_vector_with_other_numbers_is_as_good_as_lost(vectors: Blind) -> None:
    rows = rows_around(0.0, 20)
    probes = Probes()
    probes.note(names(rows), rows)
    vectors.add(names(rows), np.roll(rows, 1, axis=0))
    with pytest.raises(IndexDamagedError, match="20 of 20 new vectors are not stored"):
        probes.check(vectors)


def test_vectors_cut_off_by_thousands_of_equal_ones_are_published(vectors: Blind) -> None:
    equal, others = np.repeat(rows_around(0.0, 1), 2000, axis=0), rows_around(0.0, 2000)[1:]
    rows = np.concatenate([equal, others])
    probes = Probes()
    for start in range(0, len(rows), 200):
        batch = slice(start, start + 200)
        probes.note(names(rows)[batch], rows[batch])
        vectors.add(names(rows)[batch], rows[batch])
    probes.check(vectors)
    assert vectors.count() == 3999


@pytest.mark.parametrize("centre", [0.0, 3.0])
def test_what_cannot_be_reached_is_stored_again_and_told(
    vectors: Blind, caplog: pytest.LogCaptureFixture, centre: float
) -> None:
    rows = rows_around(centre, 20)
    probes = added(vectors, rows)
    vectors.hidden = 5
    probes.check(vectors)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "tried=20 missed=5" in caplog.text
    assert vectors.count() == 20
    assert vectors.missing(names(rows)) == set()


def test_a_search_that_finds_hardly_anything_is_damage_unless_all_is_alike(
    vectors: Blind, caplog: pytest.LogCaptureFixture
) -> None:
    vectors.hidden = 15
    with pytest.raises(IndexDamagedError, match="15 of 20 new vectors that were tried"):
        added(vectors, rows_around(0.0, 20)).check(vectors)
    vectors.delete(names(rows_around(0.0, 20)))
    added(vectors, rows_around(3.0, 20)).check(vectors)
    assert "mean_cosine=0.9" in caplog.text
