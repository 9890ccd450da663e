from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval.errors import IndexDamagedError, IndexMismatchError
from retrieval.index.embeddings import StaticEmbedder
from retrieval.index.fingerprint import fingerprint
from retrieval.index.place import Place
from retrieval.index.vectors import Vectors

PRINT = fingerprint(StaticEmbedder())


def unit_rows(count: int, seed: int = 7) -> NDArray[np.float32]:
    """Vectors around a few centres, as those of texts about a few subjects."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(20, 256))
    rows = centres[rng.integers(20, size=count)] + 0.7 * rng.normal(size=(count, 256))
    unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit.astype(np.float32)


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[Vectors]:
    opened = Vectors.create(Place(tmp_path), PRINT)
    yield opened
    opened.close()


def test_search_finds_what_an_exact_scan_finds(vectors: Vectors) -> None:
    rows, questions = unit_rows(3000), unit_rows(50, seed=8)
    vectors.add([str(n) for n in range(3000)], rows)
    found = vectors.query_many(questions, 30)
    recalls = []
    for question, nearest in zip(questions, found, strict=True):
        cosines = rows @ question
        exact = {str(n) for n in np.argsort(-cosines)[:30]}
        recalls.append(len(exact & {id_ for id_, _ in nearest}) / 30)
        for id_, cosine in nearest:
            assert cosine == pytest.approx(float(cosines[int(id_)]), abs=1e-4)
        assert [c for _, c in nearest] == sorted((c for _, c in nearest), reverse=True)
    # Chroma draws the layers of its graph anew each time: .975 to .988 in 25 draws, .97 elsewhere.
    assert np.mean(recalls) > 0.94


def test_adding_twice_deleting_and_counting(vectors: Vectors) -> None:
    rows = unit_rows(4)
    vectors.add(["a", "b", "c"], rows[:3])
    vectors.add(["c", "d"], rows[[0, 3]])
    assert vectors.count() == 4
    assert vectors.query(rows[2], 1)[0][0] == "c"  # the first "c" stayed
    assert vectors.missing(["a", "x", "d"]) == {"x"}
    vectors.delete(["a", "unknown"])
    assert vectors.ids() == {"b", "c", "d"}
    assert len(vectors.query(rows[1], 50)) == 3


def test_nothing_is_found_among_no_vectors(vectors: Vectors) -> None:
    assert vectors.query(unit_rows(1)[0], 5) == []
    vectors.add([], unit_rows(0))
    vectors.delete([])
    assert vectors.missing([]) == set()


def test_a_stray_env_file_and_environment_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("CHROMA_SERVER_HOST=elsewhere\nIS_PERSISTENT=false\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IS_PERSISTENT", "false")
    vectors = Vectors.create(Place(tmp_path), PRINT)
    vectors.add(["a"], unit_rows(1))
    vectors.close()
    assert (tmp_path / "chroma" / "1" / "chroma.sqlite3").is_file()


def test_vectors_of_another_embedder_are_not_opened(vectors: Vectors) -> None:
    vectors.close()
    other = replace(PRINT, embedder="other:model")
    with pytest.raises(IndexMismatchError, match="another embedder"):
        Vectors.open(vectors.place, other)
    for wanted in (other, PRINT):
        fresh = Vectors.create(vectors.place, wanted)
        fresh.drop_others()
        fresh.close()
    with pytest.raises(IndexMismatchError):
        Vectors.open(vectors.place, other)


def test_a_reader_in_the_same_process_sees_new_vectors_when_it_reopens(vectors: Vectors) -> None:
    rows = unit_rows(2)
    vectors.add(["a"], rows[:1])
    readers = [Vectors.open(vectors.place, PRINT) for _ in range(2)]
    vectors.add(["b"], rows[1:])
    for reader in readers:
        reader.reopen()
        assert reader.query(rows[1], 1)[0][0] == "b"
        reader.close()


def test_the_second_writer_waits_for_the_first(vectors: Vectors) -> None:
    def wait_and_add() -> None:
        second = Vectors.create(vectors.place, PRINT)
        second.add(["b"], unit_rows(2)[1:])
        second.close()

    waiting = threading.Thread(target=wait_and_add)
    waiting.start()
    vectors.add(["a"], unit_rows(1))
    assert waiting.is_alive()
    vectors.close()
    waiting.join(timeout=20)
    assert Vectors.open(vectors.place, PRINT).ids() == {"a", "b"}


def test_vectors_that_are_gone_or_closed_say_so(tmp_path: Path, vectors: Vectors) -> None:
    with pytest.raises(IndexDamagedError, match=r"are gone.*Run `onrecord index`"):
        Vectors.open(Place(tmp_path / "elsewhere"), PRINT)
    vectors.close()
    with pytest.raises(IndexDamagedError, match="closed"):
        vectors.count()


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in (".bin", ".pickle"))


@pytest.mark.parametrize("count", [3, 1500])
def test_reading_does_not_look_like_damage(vectors: Vectors, count: int) -> None:
    rows = unit_rows(count)
    vectors.add([str(n) for n in range(count)], rows)
    vectors.close()
    for _ in range(2):
        reader = Vectors.open(vectors.place, PRINT)
        assert reader.query(rows[1], 1)[0][0] == "1"
        reader.close()
    vectors.reopen()
    assert vectors.count() == count


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("damage", ["garbage", "half", "gone"])
def test_damaged_search_files_are_noticed_before_they_crash_the_process(
    damaged: Place, number: int, damage: str
) -> None:
    file = files_of(damaged.folder)[number]
    content = file.read_bytes()
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(b"garbage" * 99 if damage == "garbage" else content[: len(content) // 2])
    try:
        for opening in (Vectors.open, Vectors.create):
            with pytest.raises(IndexDamagedError, match="are damaged"):
                opening(damaged, PRINT)
    finally:
        file.write_bytes(content)


def test_a_damaged_database_is_an_error_and_stays_one_only_while_it_is_damaged(
    damaged: Place,
) -> None:
    database = damaged.folder / "1" / "chroma.sqlite3"
    content = database.read_bytes()
    database.write_bytes(b"garbage" * 99)
    for opening in (Vectors.open, Vectors.create, Vectors.open):
        with pytest.raises(IndexDamagedError, match=r"cannot be used.*Delete"):
            opening(damaged, PRINT)
    database.write_bytes(content)
    for file in damaged.folder.glob("1/chroma.sqlite3-*"):
        file.unlink()
    mended = Vectors.open(damaged, PRINT)
    assert mended.count() == 1500
    mended.close()


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A folder with search files on the disk; each test puts back what it damaged."""
    place = Place(tmp_path_factory.mktemp("vectors"))
    written = Vectors.create(place, PRINT)
    written.add([str(n) for n in range(1500)], unit_rows(1500))
    written.close()
    assert len(files_of(place.folder)) == 5
    return place
