from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from retrieval.index import exact
from retrieval.index.embeddings import StaticEmbedder
from retrieval.index.exact import ExactSearch
from retrieval.index.fingerprint import fingerprint
from retrieval.index.place import Place
from retrieval.index.reader import Index
from retrieval.index.rows import embedded_text
from retrieval.index.vectors import Vectors
from retrieval.ingest.pipeline import index_corpus

EMBEDDER = StaticEmbedder()


def indexed(folder: Path, count: int) -> Path:
    """Documents that differ by a number, indexed; the data folder."""
    (folder / "corpus").mkdir(exist_ok=True)
    for n in range(count):
        (folder / "corpus" / f"{n}.txt").write_text(f"Report {n} counts {n * 7919} ships.")
    index_corpus(folder / "corpus", folder / "data", embedder=EMBEDDER)
    return folder / "data"


@pytest.mark.parametrize("limit", [1, 7, 49, 50, 99])
def test_the_nearest_come_in_order_and_equal_ones_by_id(limit: int) -> None:
    rows = np.repeat(EMBEDDER.embed_documents([f"ship {n}" for n in range(25)]), 2, axis=0)
    search = ExactSearch([f"{n:02}" for n in range(50)], rows)
    question = EMBEDDER.embed_query("ship 7")
    found = search.query(question, limit)
    assert len(found) == min(limit, 50)
    assert found[0] in [("14", pytest.approx(1.0)), ("15", pytest.approx(1.0))]
    assert found == sorted(found, key=lambda one: (-one[1], one[0]))
    assert [cosine for _, cosine in found] == pytest.approx(sorted(rows @ question)[::-1][:limit])


def test_nothing_is_found_among_nothing() -> None:
    search = ExactSearch([], np.empty((0, 256), np.float32))
    assert search.query(EMBEDDER.embed_query("ship"), 3) == []


@pytest.mark.parametrize("numbers", [0, exact.EXACT_NUMBERS])
def test_small_and_large_indexes_are_searched_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, numbers: int
) -> None:
    data = indexed(tmp_path, 30)
    monkeypatch.setattr(exact, "EXACT_NUMBERS", numbers)
    with closing(Index.open(data, EMBEDDER)) as index:
        snapshot = index.snapshot()
        for info in snapshot.sources():
            document = snapshot.document(info.source)
            assert document
            (id_, cosine), *others = snapshot.dense(embedded_text(document.passages[0]), 9)
            assert snapshot.passages([id_])[0].source == info.source
            assert cosine == pytest.approx(1.0, abs=1e-5)
            assert len(others) == 8


def test_a_new_generation_reads_only_the_vectors_that_are_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    fetch = Vectors.fetch
    data = indexed(tmp_path, 3)
    with closing(Index.open(data, EMBEDDER)) as index:
        (tmp_path / "corpus" / "0.txt").unlink()
        indexed(tmp_path, 5)
        monkeypatch.setattr(
            Vectors, "fetch", lambda self, ids: read.append(len(ids)) or fetch(self, ids)
        )
        assert len(index.snapshot().dense("ships", 9)) == 5
    assert read == [2]


def test_lost_vectors_are_told_and_the_others_are_served(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data = indexed(tmp_path, 5)
    with closing(Vectors.create(Place(data), fingerprint(EMBEDDER))) as vectors:
        vectors.delete(sorted(vectors.ids())[:2])
    with closing(Index.open(data, EMBEDDER)) as index:
        assert len(index.snapshot().dense("ships", 9)) == 3
    assert "lost=2 of=5" in caplog.text
