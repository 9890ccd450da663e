"""The same index with its vectors on a Chroma server: stopped, killed, hanging, and shared."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from retrieval.answer.chain import Answerer
from retrieval.errors import IndexMismatchError, VectorsAwayError
from retrieval.index import client, exact, vectors
from retrieval.index.embeddings import StaticEmbedder
from retrieval.index.fingerprint import fingerprint
from retrieval.index.place import Place
from retrieval.index.reader import Index
from retrieval.index.vectors import Vectors
from retrieval.ingest import pipeline
from retrieval.ingest.pipeline import IndexReport, index_corpus
from retrieval.ingest.rollback import roll_back
from retrieval.model import Answer, Question, Refusal
from tests.retrieval.index.chroma_server import ChromaServer

EMBEDDER = StaticEmbedder()


class Home:
    """A corpus whose vectors are kept by a server."""

    def __init__(self, folder: Path, url: str) -> None:
        self.corpus, self.data, self.url = folder / "corpus", folder / "data", url
        self.corpus.mkdir(parents=True)
        self.write("bridge.txt", "The bridge over the Zarn opened in 1998.")
        self.write("leave.txt", "Staff get 30 days of leave.")

    def write(self, source: str, text: str) -> None:
        (self.corpus / source).write_text(text, encoding="utf-8")

    def index(self) -> IndexReport:
        return index_corpus(self.corpus, self.data, embedder=EMBEDDER, chroma_url=self.url)

    def open(self) -> closing[Index]:
        return closing(Index.open(self.data, EMBEDDER, self.url))

    def found(self) -> int:
        """How many passages a new reader finds by meaning."""
        with self.open() as index:
            return len(index.snapshot().dense("bridge", 99))

    @property
    def place(self) -> Place:
        return Place(self.data, self.url)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    server = ChromaServer(tmp_path_factory.mktemp("server"))
    server.start()
    yield server
    server.kill()


@pytest.fixture
def server(running: ChromaServer, monkeypatch: pytest.MonkeyPatch) -> ChromaServer:
    """The server; started again if the test before has ended it."""
    monkeypatch.setattr(client, "CONNECT_S", 0.5)
    monkeypatch.setattr(client, "READ_S", 0.5)
    monkeypatch.setattr(vectors, "AWAY_S", 0.0)
    if not running.runs:
        running.start()
    return running


@pytest.fixture
def home(tmp_path: Path, server: ChromaServer) -> Home:
    return Home(tmp_path, server.url)


def test_what_is_indexed_is_found_also_after_the_server_was_killed(
    home: Home, server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exact, "EXACT_NUMBERS", 0)
    assert home.index().added == 2
    assert not home.place.folder.exists()
    home.write("tunnel.txt", "The tunnel closed in 2003.")
    with home.open() as index:
        home.index()
        assert len(index.snapshot().dense("bridge", 99)) == 3
        server.kill()
        server.start()
        assert len(index.snapshot().dense("bridge", 99)) == 3
    assert home.found() == 3


def test_two_bots_read_while_another_process_indexes(home: Home) -> None:
    home.index()
    code = (
        "import sys; from pathlib import Path; from retrieval.ingest.pipeline import *;"
        "from retrieval.index.embeddings import StaticEmbedder;"
        "[index_corpus(Path(sys.argv[1]), Path(sys.argv[2]), embedder=StaticEmbedder(),"
        " chroma_url=sys.argv[3]) for n in range(2)"
        " if Path(sys.argv[1], f'{n}.txt').write_text(f'Ship {n} sails.')]"
    )
    command = [sys.executable, "-c", code, str(home.corpus), str(home.data), home.url]
    with home.open() as first, home.open() as second:
        with subprocess.Popen(command) as indexer:
            while _runs(indexer):
                for bot in (first, second):
                    snapshot = bot.snapshot()
                    assert len(snapshot.dense("ship", 99)) == snapshot.searched.passages
        assert indexer.returncode == 0
        assert [bot.snapshot().searched.passages for bot in (first, second)] == [4, 4]


def _runs(process: subprocess.Popen[bytes]) -> bool:
    """Whether it still runs after a moment in which it may have the machine."""
    try:
        process.wait(timeout=0.1)
    except subprocess.TimeoutExpired:
        return True
    return False


def test_two_corpora_on_one_server_do_not_touch_each_other(
    home: Home, tmp_path: Path, server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Home(tmp_path / "other", server.url)
    home.index()
    other.write("tunnel.txt", "The tunnel closed in 2003.")
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "_LARGE_BYTES", 0)  # a second process adds
        other.index()
    (home.corpus / "leave.txt").unlink()
    for n in range(2):
        home.write("bridge.txt", f"The bridge over the Zarn opened in {n}.")
        home.index()
    assert (home.found(), other.found()) == (1, 3)


def test_without_the_server_a_run_says_so_and_a_rollback_needs_none(
    home: Home, server: ChromaServer
) -> None:
    home.index()
    home.write("tunnel.txt", "The tunnel closed in 2003.")
    home.index()
    server.kill()
    home.write("tunnel.txt", "The tunnel closed in 2004.")
    with pytest.raises(VectorsAwayError, match=r"cannot be reached.*Start it"):
        home.index()
    assert roll_back(home.data, embedder=EMBEDDER, chroma_url=home.url).documents == 2
    server.start()
    assert home.found() == 2
    assert home.index().added == 1
    assert home.found() == 3


def test_a_server_that_ends_in_the_middle_of_a_run_leaves_the_old_generation(
    home: Home, server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.index()
    home.write("tunnel.txt", "The tunnel closed in 2003.")
    added = Vectors.add

    def add_and_end(self: Vectors, *batch: object) -> None:
        added(self, *batch)  # type: ignore[arg-type]
        server.kill()

    with monkeypatch.context() as patch:
        patch.setattr(Vectors, "add", add_and_end)
        with pytest.raises(VectorsAwayError, match="stays published"):
            home.index()
    server.start()
    assert home.found() == 2
    assert home.index().added == 1
    assert home.found() == 3


@pytest.mark.parametrize(("how", "searched_exactly_up_to"), [("kill", 10_000), ("pause", 0)])
def test_without_the_server_words_still_find_and_refusals_say_what_is_missing(
    home: Home,
    server: ChromaServer,
    monkeypatch: pytest.MonkeyPatch,
    how: str,
    searched_exactly_up_to: int,
) -> None:
    monkeypatch.setattr(exact, "EXACT_NUMBERS", searched_exactly_up_to)
    home.index()
    with home.open() as index:
        answerer = Answerer(index)
        home.write("tunnel.txt", "The tunnel under the Zarn closed in 2003.")
        home.index()
        getattr(server, how)()
        told = "Search by meaning is not possible at the moment"
        assert isinstance(answerer.ask(Question("When did the bridge over the Zarn open?")), Answer)
        refused = answerer.ask(Question("When did the bridge over the Quonx open?"))
        assert isinstance(refused, Refusal)
        assert told in refused.message
        assert told in answerer.check("The bridge over the Quonx opened in 1902.").message
        server.kill()
        server.start()
        refused = answerer.ask(Question("When did the bridge over the Quonx open?"))
        assert isinstance(refused, Refusal)
        assert told not in refused.message


def test_a_server_that_lost_everything_is_filled_again(home: Home) -> None:
    home.index()
    with closing(Vectors.create(home.place, fingerprint(EMBEDDER))) as kept:
        kept.delete(sorted(kept.ids()))
    assert home.index().unchanged == 2
    assert home.found() == 2
    home.place.use(home.place.edition_to_write().following)
    with pytest.raises(IndexMismatchError, match=r"not in http.*Run `onrecord index`"):
        home.found()
    home.index()
    assert home.found() == 2


def test_what_is_no_chroma_server_is_told_without_the_password(tmp_path: Path) -> None:
    place = Place(tmp_path, "http://user:secret@127.0.0.1:9/")
    with pytest.raises(VectorsAwayError, match=r"http://127.0.0.1:9/ cannot be reached") as raised:
        Vectors.create(place, fingerprint(EMBEDDER))
    assert "secret" not in str(raised.value)
