from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from retrieval.errors import IndexDamagedError, NoIndexError
from retrieval.index import exact
from retrieval.index.disk import disk_use
from retrieval.index.fingerprint import fingerprint
from retrieval.index.place import Place
from retrieval.index.reader import Index
from retrieval.index.vectors import Vectors
from retrieval.ingest import compact
from retrieval.ingest.compact import CompactReport, compact_index
from retrieval.ingest.probes import Probes
from tests.retrieval.ingest.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path)
    made.write("a.txt", "Alpha opened the bridge.")
    made.write("b.txt", "Bravo closed the tunnel.")
    made.index()
    made.write("a.txt", "Alpha tore down the bridge.")
    made.index()
    made.embedder.texts = 0
    return made


def compacted(home: Home) -> CompactReport:
    return compact_index(home.data, embedder=home.embedder)


def editions(home: Home) -> list[str]:
    return sorted(path.name for path in (home.data / "chroma").iterdir())


def test_compacting_keeps_what_is_in_use_and_embeds_nothing(home: Home) -> None:
    before, served = home.vectors(), home.served()
    with closing(Vectors.create(Place(home.data), fingerprint(home.embedder))) as vectors:
        orphans = [f"orphan {n}" for n in range(3_000)]
        vectors.add(orphans, home.embedder.embed_documents(orphans))
    home.embedder.texts = 0
    report = compacted(home)
    assert report.vectors == 3  # of the kept generation, too
    assert report.bytes_after < report.bytes_before / 2
    assert report.bytes_after == disk_use(home.data)
    assert (home.vectors(), home.served()) == (before, served)
    assert home.embedder.texts == 0
    assert editions(home) == ["2"]
    assert home.roll_back().restored == 1
    assert home.served()["a.txt"] == "Alpha opened"


@pytest.mark.parametrize("searched_exactly_up_to", [exact.EXACT_NUMBERS, 0])
def test_readers_go_on_while_the_index_is_compacted(
    home: Home, monkeypatch: pytest.MonkeyPatch, searched_exactly_up_to: int
) -> None:
    monkeypatch.setattr(exact, "EXACT_NUMBERS", searched_exactly_up_to)
    asked: list[int] = []

    with closing(Index.open(home.data, home.embedder)) as index:
        begun = index.snapshot()

        def look(*_: object) -> None:
            asked.append(len(index.snapshot().dense("bridge", 9)))

        for owner, step in ((Vectors, "add"), (Probes, "check"), (Place, "use")):
            monkeypatch.setattr(owner, step, after(getattr(owner, step), look))
        compacted(home)
        assert len(begun.dense("bridge", 9)) == 2
        assert len(index.snapshot().dense("bridge", 9)) == 2
    assert asked == [2, 2, 2]


def after(original: object, look: object) -> object:
    def act(*arguments: object, **named: object) -> object:
        result = original(*arguments, **named)  # type: ignore[operator]
        look()  # type: ignore[operator]
        return result

    return act


@pytest.mark.parametrize(
    ("owner", "step"),
    [(Vectors, "add"), (Probes, "check"), (Place, "use"), (Vectors, "drop_others")],
    ids=["add", "check", "use", "drop_others"],
)
@pytest.mark.parametrize("when", ["before", "after"])
def test_compacting_that_dies_leaves_what_was_served_and_no_waste(
    home: Home, monkeypatch: pytest.MonkeyPatch, owner: type, step: str, when: str
) -> None:
    before, served = home.vectors(), home.served()
    original = getattr(owner, step)

    def dies(*arguments: object, **named: object) -> None:
        if when == "after":
            original(*arguments, **named)
        raise SystemError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(owner, step, dies)
        patch.setattr(Place, "discard", lambda *_: None)  # nobody cleans up after a power cut
        with pytest.raises((SystemError, IndexDamagedError)):
            compacted(home)
    assert (home.vectors(), home.served()) == (before, served)
    home.index()
    assert len(editions(home)) == 1
    assert (home.vectors(), home.served()) == (before, served)


def test_lost_vectors_are_not_compacted_away(home: Home) -> None:
    with closing(Vectors.create(Place(home.data), fingerprint(home.embedder))) as vectors:
        vectors.delete(sorted(vectors.ids())[:1])
    with pytest.raises(IndexDamagedError, match=r"1 vectors in use are lost.*verify --repair"):
        compacted(home)
    assert editions(home) == ["1"]


def test_nothing_is_compacted_where_nothing_is_published(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError):
        compact_index(tmp_path, embedder=Home(tmp_path).embedder)


def test_the_disk_does_not_fill_with_what_many_runs_have_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Short form of a measurement over hundreds of runs, in which all passages come and go."""
    monkeypatch.setattr(compact, "COMPACT_FROM", 40)
    home = Home(tmp_path)
    seen, used = [], []
    for run in range(8):
        for n in range(20):
            home.write(f"{n}.txt", f"Report {n} of run {run} counts {n * run} ships.")
        home.index()
        seen.append(editions(home))
        used.append(disk_use(home.data))
    assert len({*map(tuple, seen)}) > 1
    assert all(len(kept) == 1 for kept in seen)
    assert max(used[4:]) < 1.5 * max(used[:4])
    assert len(home.served()) == 20
