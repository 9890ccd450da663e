from __future__ import annotations

import gc
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.errors import IndexDamagedError, IndexMismatchError, NoIndexError
from retrieval.index.embeddings import StaticEmbedder
from retrieval.index.reader import Index, Snapshot
from retrieval.ingest.pipeline import index_corpus
from retrieval.text.terms import terms

EMBEDDER = StaticEmbedder()
DOCUMENTS = {
    "bridge.txt": "The bridge over the Zarn opened in 1998. It carries 40,000 cars a day.",
    "copy/bridge.txt": "The bridge over the Zarn opened in 1998. It carries 40,000 cars a day.",
    "guide.md": "---\ntitle: Leave guide\ndate: 2026-05-01\n---\n# Leave guide\n\n"
    "Staff get 30 days.\n\n## Parents\n\nParents get ten more days.\n\n"
    "## Illness\n\nTell Mr. Erdoğan by 9 a.m.\n",
}


class Home:
    """A corpus and its index, and another process that brings it up to date."""

    def __init__(self, folder: Path) -> None:
        self.corpus = folder / "corpus"
        self.data = folder / "data"
        for source, text in DOCUMENTS.items():
            self.write(source, text)
        index_corpus(self.corpus, self.data, embedder=EMBEDDER)

    def write(self, source: str, text: str) -> None:
        path = self.corpus / source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def publish_elsewhere(self) -> None:
        code = (
            "import sys; from pathlib import Path; from retrieval.ingest.pipeline import *;"
            "from retrieval.index.embeddings import StaticEmbedder;"
            "index_corpus(Path(sys.argv[1]), Path(sys.argv[2]), embedder=StaticEmbedder())"
        )
        command = [sys.executable, "-c", code, str(self.corpus), str(self.data)]
        subprocess.run(command, check=True, timeout=60)

    def open(self) -> Index:
        return Index.open(self.data, EMBEDDER)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def index(home: Home) -> Iterator[Index]:
    with closing(home.open()) as opened:
        yield opened


def sources(snapshot: Snapshot, text: str, limit: int = 3) -> list[str]:
    ids = [id_ for id_, _ in snapshot.dense(text, limit)]
    return [passage.source for passage in snapshot.passages(ids)]


def test_passages_are_found_by_terms_and_by_meaning(index: Index) -> None:
    snapshot = index.snapshot()
    assert snapshot.generation == 1
    assert snapshot.searched.documents == 3
    assert snapshot.searched.passages == 5
    by_terms = snapshot.lexical(terms("Who is Erdogan?"), 10)
    assert [p.heading for p in snapshot.passages([id_ for id_, _ in by_terms])] == ["Illness"]
    assert sources(snapshot, "When may mothers stay at home?", 1) == ["guide.md"]
    scores = [cosine for _, cosine in snapshot.dense("bridge", 100)]
    assert len(scores) == 5
    assert scores == sorted(scores, reverse=True)


def test_the_same_text_in_two_documents_is_found_in_both(index: Index) -> None:
    found = sources(index.snapshot(), "The bridge over the Zarn opened in 1998.", 2)
    assert sorted(found) == ["bridge.txt", "copy/bridge.txt"]


def test_passages_keep_everything_and_slice_back(index: Index, home: Home) -> None:
    snapshot = index.snapshot()
    ids = [id_ for id_, _ in snapshot.dense("days for parents", 10)]
    passages = snapshot.passages(ids)
    assert snapshot.passages(list(reversed(ids))) == list(reversed(passages))
    parents = next(p for p in passages if p.heading == "Parents")
    assert (parents.title, parents.date, parents.ordinal) == ("Leave guide", "2026-05-01", 1)
    for passage in passages:
        assert snapshot.quote(passage.source, passage.start, passage.end) == passage.text
        for s in passage.sentences:
            assert snapshot.quote(passage.source, s.start, s.end) == s.text


def test_neighbours_are_of_the_same_document_and_in_order(index: Index) -> None:
    snapshot = index.snapshot()
    (middle, _), *_ = snapshot.lexical(["parent"], 1)
    around = snapshot.neighbours(middle, 5, 5)
    assert [p.ordinal for p in around] == [0, 2]
    assert {p.source for p in around} == {"guide.md"}
    assert [p.ordinal for p in snapshot.neighbours(middle, 0, 1)] == [2]


def test_document_frequencies_count_passages(index: Index) -> None:
    found = index.snapshot().document_frequencies(["leav", "bridg", "40000", "nowhere", "bridg"])
    assert found == {"leav": 3, "bridg": 2, "40000": 2, "nowhere": 0}


@pytest.mark.parametrize(
    "place",
    [("nowhere.txt", 0, 1), ("bridge.txt", 5, 5), ("bridge.txt", -1, 3), ("bridge.txt", 0, 9999)],
)
def test_a_place_that_does_not_exist_cannot_be_quoted(
    index: Index, place: tuple[str, int, int]
) -> None:
    with pytest.raises(LookupError, match=place[0]):
        index.snapshot().quote(*place)


def test_sources_are_listed(index: Index) -> None:
    listed = {info.source: (info.title, info.passages) for info in index.snapshot().sources()}
    assert listed["guide.md"] == ("Leave guide", 3)
    assert listed.keys() == DOCUMENTS.keys()


@settings(
    deadline=None,
    max_examples=200,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.text() | st.sampled_from(['"', "NEAR(", "a*", "AND", "\0", "\ud800", "^x"])))
def test_no_question_breaks_the_search(shared: Index, words: list[str]) -> None:
    snapshot = shared.snapshot()
    snapshot.lexical([*words, "bridg"], 5)
    snapshot.lexical(terms(" ".join(words)), 5)
    snapshot.document_frequencies(words)
    with_surrogates = " ".join(words)
    assert len(snapshot.dense(with_surrogates, 2)) == 2


def test_a_huge_question_is_searched_by_its_rarest_terms(index: Index) -> None:
    snapshot = index.snapshot()
    started = time.monotonic()
    many = [f"word{n}" for n in range(10_000)]
    assert len(snapshot.lexical([*many, "zarn"], 5)) == 2
    assert snapshot.dense("word " * 10_000, 1)
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("limit", [0, -1])
def test_no_places_no_results(index: Index, limit: int) -> None:
    assert index.snapshot().dense("bridge", limit) == []
    assert index.snapshot().lexical(["bridg"], limit) == []


def test_a_snapshot_stays_whole_while_another_process_publishes(home: Home, index: Index) -> None:
    before = index.snapshot()
    home.write("tunnel.txt", "The Marble Tunnel below the harbour is closed at night.")
    home.write("bridge.txt", "The bridge was torn down.")
    (home.corpus / "guide.md").unlink()
    home.publish_elsewhere()
    assert before.generation == 1
    assert "40,000" in before.quote("bridge.txt", 0, 70)
    assert "guide.md" in sources(before, "leave for parents")
    assert before.document_frequencies(["tunnel"]) == {"tunnel": 0}
    after = index.snapshot()
    assert after.generation == 2
    assert sources(after, "When is the tunnel under the port shut?", 1) == ["tunnel.txt"]
    assert "guide.md" not in sources(after, "leave for parents", 10)
    assert len(sources(after, "leave for parents", 10)) == after.searched.passages == 3
    assert after.lexical(["parent"], 5) == []
    assert "guide.md" in sources(before, "leave for parents")


def test_generations_come_and_go_while_threads_read(home: Home, index: Index) -> None:
    stop = threading.Event()
    problems: list[str] = []

    def read() -> None:
        while not stop.is_set():
            snapshot = index.snapshot()
            number = snapshot.generation - 1
            wanted = terms(f"round{number}") if number else ["zarn"]
            found = snapshot.lexical(wanted, 10)
            if not found or len(snapshot.dense("Zarn", 5)) != 5:
                problems.append(f"generation {snapshot.generation} is not whole")

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(1, 7):
        home.write("bridge.txt", f"The bridge over the Zarn saw round{number}.")
        index_corpus(home.corpus, home.data, embedder=EMBEDDER)
    stop.set()
    for reader in readers:
        reader.join(timeout=30)
    assert problems == []
    assert index.snapshot().generation == 7


def test_connections_are_given_back(index: Index) -> None:
    for _ in range(50):
        index.snapshot().lexical(["bridg"], 1)
    gc.collect()
    assert len(index._idle) == 1


def test_nothing_is_published_yet(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match="Run `onrecord index`"):
        Index.open(tmp_path, EMBEDDER)


class Renamed(StaticEmbedder):
    """The same vectors under another identity."""

    name = "other:model"


def test_an_index_of_another_embedder_is_refused(home: Home) -> None:
    with pytest.raises(IndexMismatchError, match="another embedder"):
        Index.open(home.data, Renamed())


def test_an_index_of_another_schema_is_refused_and_built_anew(home: Home) -> None:
    with closing(sqlite3.connect(home.data / "catalog.sqlite3")) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(IndexMismatchError, match="version 99"):
        home.open()
    assert index_corpus(home.corpus, home.data, embedder=EMBEDDER).added == 3
    home.open().close()


@pytest.mark.parametrize("content", [b"garbage" * 999, b""])
def test_a_damaged_catalog_says_which_files_to_delete(home: Home, content: bytes) -> None:
    catalog = home.data / "catalog.sqlite3"
    catalog.write_bytes(content)
    with pytest.raises((IndexDamagedError, NoIndexError), match="onrecord index"):
        home.open()
    for file in home.data.glob("catalog.sqlite3*"):
        file.unlink()
    assert index_corpus(home.corpus, home.data, embedder=EMBEDDER).added == 3
    home.open().close()


def test_a_catalog_deleted_while_serving_is_noticed(home: Home, index: Index) -> None:
    for file in home.data.glob("catalog.sqlite3*"):
        file.unlink()
    with pytest.raises(NoIndexError, match="deleted while it was in use"):
        index.snapshot()
    home.publish_elsewhere()
    assert sources(index.snapshot(), "bridge", 1)


def test_vectors_deleted_while_serving_are_noticed(home: Home, index: Index) -> None:
    shutil.rmtree(home.data / "chroma")
    with pytest.raises(IndexDamagedError, match="deleted while they were in use"):
        index.snapshot()
    home.publish_elsewhere()
    assert sources(index.snapshot(), "bridge", 1)


def test_the_whole_folder_deleted_while_serving_is_noticed(home: Home, index: Index) -> None:
    shutil.rmtree(home.data)
    with pytest.raises(NoIndexError, match="deleted"):
        index.snapshot()


def test_a_closed_index_says_so(home: Home) -> None:
    opened = home.open()
    snapshot = opened.snapshot()
    opened.close()
    opened.close()
    with pytest.raises(NoIndexError, match="closed"):
        opened.snapshot()
    del snapshot


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with closing(Home(tmp_path_factory.mktemp("shared")).open()) as opened:
        yield opened
