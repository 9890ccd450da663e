from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from retrieval.errors import IndexBusyError, NoIndexError
from retrieval.index import exact
from retrieval.index.fingerprint import fingerprint
from retrieval.index.lock import writing
from retrieval.index.place import Place
from retrieval.index.reader import Index
from retrieval.index.vectors import Vectors
from retrieval.ingest.verify import Verification, verify_index
from tests.retrieval.ingest.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path)
    for n in range(8):
        made.write(f"{n}.md", f"# Report {n}\n\nReport {n} counts {n * 7919} ships. All sail.")
    made.index()
    made.write("0.md", "# Report 0\n\nReport 0 counts no ships.")
    made.index()
    return made


def looked_at(home: Home, *, repair: bool = False) -> Verification:
    return verify_index(home.data, embedder=home.embedder, repair=repair)


def kinds(found: Verification) -> dict[str, int]:
    return {fault.kind: fault.count for fault in found.faults}


def in_catalog(home: Home, *statements: str) -> None:
    with closing(sqlite3.connect(home.data / "catalog.sqlite3")) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def vectors_of(home: Home) -> closing[Vectors]:
    return closing(Vectors.create(Place(home.data), fingerprint(home.embedder)))


def lose_vectors(home: Home) -> None:
    with vectors_of(home) as vectors:
        vectors.delete(sorted(vectors.ids())[:2])


def swap_vectors(home: Home) -> None:
    with vectors_of(home) as vectors:
        ids = sorted(vectors.ids())[:2]
        rows = vectors.fetch(ids)
        vectors.delete(ids)
        vectors.add(ids, np.stack([rows[id_] for id_ in reversed(ids)]))


def add_orphans(home: Home) -> None:
    with vectors_of(home) as vectors:
        orphans = ["orphan 1", "orphan 2", "orphan 3"]
        vectors.add(orphans, home.embedder.embed_documents(orphans))


def break_files(home: Home) -> None:
    (home.data / "chroma" / "1" / "chroma.sqlite3").write_bytes(b"garbage" * 99)


def delete_files(home: Home) -> None:
    shutil.rmtree(home.data / "chroma")


def lose_terms(home: Home) -> None:
    in_catalog(home, "DELETE FROM passage_terms WHERE rowid IN (3, 4)")


def change_terms(home: Home) -> None:
    in_catalog(home, "UPDATE passage_terms SET text = 'boat' WHERE rowid = 5")


def add_terms(home: Home) -> None:
    in_catalog(home, "INSERT INTO passage_terms (rowid, text) VALUES (999, 'ship')")


def miscount(home: Home) -> None:
    in_catalog(home, "UPDATE documents SET passages = 7 WHERE source = '1.md'")


def damage_kept(home: Home) -> None:
    in_catalog(
        home,
        "UPDATE texts SET text = replace(text, 's', 't') WHERE document ="
        " (SELECT id FROM documents WHERE to_generation NOT NULL)",
    )


MENDED: list[tuple[Callable[[Home], None], dict[str, int]]] = [
    (lose_vectors, {"lost_vectors": 2}),
    (swap_vectors, {"wrong_vectors": 2}),
    (add_orphans, {"orphans": 3}),
    (break_files, {"unreadable_vectors": 1}),
    (delete_files, {"unreadable_vectors": 1}),
    (lose_terms, {"wrong_terms": 2}),
    (change_terms, {"wrong_terms": 1}),
    (add_terms, {"wrong_terms": 1}),
    (miscount, {"wrong_counts": 2}),
    (damage_kept, {"wrong_kept_texts": 1}),
]


def test_an_index_in_order_is_sound(home: Home) -> None:
    found = looked_at(home)
    assert (found.is_sound, found.faults) == (True, ())
    assert (found.generation, found.documents, found.passages, found.vectors) == (2, 8, 8, 9)


@pytest.mark.parametrize(("damage", "expected"), MENDED, ids=[d.__name__ for d, _ in MENDED])
def test_damage_is_named_mended_and_gone(
    home: Home, damage: Callable[[Home], None], expected: dict[str, int]
) -> None:
    served = home.served()
    damage(home)
    found = looked_at(home)
    assert not found.is_sound
    assert kinds(found) == expected
    assert kinds(looked_at(home)) == expected  # looking alone changes nothing
    mended = looked_at(home, repair=True)
    assert mended.is_sound
    assert expected.items() <= kinds(mended).items()
    assert looked_at(home).faults == ()
    assert home.served() == served


def test_a_text_that_was_changed_is_left_to_the_next_run(home: Home) -> None:
    served = home.served()
    in_catalog(
        home,
        "UPDATE texts SET text = replace(text, 'counts', 'denies') WHERE document ="
        " (SELECT id FROM documents WHERE source = '1.md')",
        "UPDATE passages SET text = replace(text, 'counts', 'denies') WHERE document ="
        " (SELECT id FROM documents WHERE source = '1.md')",
    )
    found = looked_at(home, repair=True)
    assert not found.is_sound
    assert kinds(found)["wrong_texts"] == 1
    assert found.faults[0].remedy == "Run `onrecord index`: it reads them again."
    assert home.index().changed == 1
    assert looked_at(home, repair=True).is_sound
    assert home.served() == served


def test_what_chroma_cannot_reach_is_told_and_linked_anew(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exact, "EXACT_NUMBERS", 0)
    assert looked_at(home).faults == ()
    hidden = sorted(home.vectors())[:1]
    query_many, add = Vectors.query_many, Vectors.add

    def blind(self: Vectors, rows: np.ndarray, limit: int) -> list[list[tuple[str, float]]]:
        found = query_many(self, rows, limit)
        return [[hit for hit in hits if hit[0] not in hidden] for hits in found]

    def linked(self: Vectors, ids: list[str], rows: np.ndarray) -> None:
        add(self, ids, rows)
        hidden.clear()

    monkeypatch.setattr(Vectors, "query_many", blind)
    monkeypatch.setattr(Vectors, "add", linked)
    assert kinds(looked_at(home)) == {"unreachable_vectors": 1}
    assert looked_at(home, repair=True).is_sound
    assert looked_at(home).faults == ()


def test_readers_go_on_and_writers_wait(home: Home) -> None:
    with closing(Index.open(home.data, home.embedder)) as index:
        lose_vectors(home)
        begun = index.snapshot()
        looked_at(home, repair=True)
        assert len(begun.dense("ships", 99)) == len(index.snapshot().dense("ships", 99)) == 8
    with writing(home.data), pytest.raises(IndexBusyError):
        looked_at(home)


def test_nothing_is_verified_where_nothing_is_published(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError):
        looked_at(Home(tmp_path))
