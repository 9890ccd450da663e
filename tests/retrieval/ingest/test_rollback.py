from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.answer.chain import Answerer
from retrieval.errors import (
    IndexBusyError,
    IndexMismatchError,
    NoIndexError,
    NothingKeptError,
    OnrecordError,
)
from retrieval.index import restoring
from retrieval.index.embeddings import StaticEmbedder
from retrieval.index.fingerprint import fingerprint
from retrieval.index.lock import writing
from retrieval.index.place import Place
from retrieval.index.reader import Index, Snapshot
from retrieval.index.vectors import Vectors
from retrieval.index.writer import CatalogWriter
from retrieval.ingest import rollback
from retrieval.ingest.pipeline import index_corpus
from retrieval.ingest.rollback import RollbackReport, roll_back
from retrieval.model import Question
from retrieval.text.terms import terms
from tests.retrieval.ingest.home import Home

ALPHA = "Alpha opened the bridge over the Zarn in 1998."
QUESTIONS = (
    "When did Alpha open the bridge over the Zarn?",
    "Who closed the tunnel?",
    "How many dollars did Charlie pay?",
    "Who counts ships?",
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path)
    made.write("a.txt", ALPHA)
    made.write("b.txt", "Bravo closed the tunnel.")
    made.write("c/c.md", "# Charlie\n\nCharlie paid 30 dollars.\n")
    return made


def change(home: Home) -> None:
    """One document edited, one deleted, one new."""
    home.write("a.txt", "Alpha tore down the bridge in 2003.")
    (home.corpus / "b.txt").unlink()
    home.write("d.txt", "Delta counts ships.")


def everything(home: Home, questions: Sequence[str] = QUESTIONS) -> dict[str, object]:
    """All that a reader can be told, without the number of the generation."""
    with closing(Index.open(home.data, home.embedder)) as index:
        answerer = Answerer(index)
        snapshot = index.snapshot()
        found: dict[str, object] = {
            question: _told(answerer.ask(Question(question)).text, snapshot, question)
            for question in questions
        }
        documents = {info.source: snapshot.document(info.source) for info in snapshot.sources()}
        found["documents"] = documents
        found["sources"] = snapshot.sources()
        found["failed"] = snapshot.status().failed
        words = {t for d in documents.values() if d for t in terms(d.text)}
        vocabulary = sorted(words | set(terms(" ".join(QUESTIONS))))
        found["frequencies"] = snapshot.document_frequencies(vocabulary)
        found["counts"] = (snapshot.searched.documents, snapshot.searched.passages)
        return found


def _told(text: str, snapshot: Snapshot, question: str) -> tuple[object, ...]:
    return text, snapshot.lexical(terms(question), 50), snapshot.dense(question, 50)


def test_a_rollback_publishes_what_stood_before(home: Home) -> None:
    home.index()
    before = everything(home)
    change(home)
    home.index()
    assert everything(home) != before
    assert home.roll_back() == RollbackReport(generation=3, restored=1, documents=3, passages=3)
    assert everything(home) == before


def test_rolling_back_twice_returns_to_where_one_was(home: Home) -> None:
    home.index()
    first = everything(home)
    change(home)
    home.index()
    second = everything(home)
    for generation in (3, 4, 5, 6):
        assert home.roll_back().generation == generation
        assert everything(home) == (first if generation % 2 else second)


def test_no_vector_is_made_again_and_none_is_lost(home: Home) -> None:
    home.index()
    change(home)
    home.index()
    home.embedder.texts = 0
    before = home.vectors()
    home.roll_back()
    assert (home.vectors(), home.embedder.texts) == (before, 0)
    assert len(home.served()) == 3


def test_vectors_that_were_lost_meanwhile_are_made_again(home: Home) -> None:
    home.index()
    first = home.vectors()
    change(home)
    home.index()
    with closing(Vectors.create(Place(home.data), fingerprint(home.embedder))) as vectors:
        vectors.delete(sorted(first))
    home.embedder.texts = 0
    home.roll_back()
    assert home.embedder.texts == 2  # of the edited and of the deleted document
    with home.snapshot() as snapshot:
        assert snapshot.dense(f"a\n{ALPHA}", 1)[0][1] > 0.99


def test_the_next_run_publishes_what_stands_in_the_folder(home: Home) -> None:
    home.index()
    change(home)
    home.index()
    there = home.served()
    home.roll_back()
    report = home.index()
    assert (report.generation, report.added, report.changed, report.removed) == (4, 1, 1, 1)
    assert home.served() == there
    assert home.roll_back().restored == 3


def test_a_version_keeps_the_time_at_which_it_came_in(home: Home) -> None:
    home.index()
    with home.snapshot() as snapshot:
        document = snapshot.document("a.txt")
    change(home)
    home.index()
    home.roll_back()
    with home.snapshot() as snapshot:
        assert document is not None
        assert snapshot.document("a.txt") == document
        assert document.indexed_at <= snapshot.searched.indexed_at


def test_failures_are_those_of_the_restored_generation(home: Home) -> None:
    home.index()
    home.write("a.txt", "")
    assert home.index().failed
    home.roll_back()
    with home.snapshot() as snapshot:
        assert snapshot.status().failed == ()
    home.roll_back()
    with home.snapshot() as snapshot:
        assert [file.source for file in snapshot.status().failed] == ["a.txt"]


def test_status_names_what_a_rollback_would_restore(home: Home) -> None:
    home.index()
    with home.snapshot() as snapshot:
        assert snapshot.status().previous is None
    change(home)
    home.index()
    with home.snapshot() as snapshot:
        status = snapshot.status()
    assert (status.generation, status.previous) == (2, 1)
    assert (status.documents, status.passages) == (3, 3)
    assert [info.source for info in status.sources] == ["a.txt", "c/c.md", "d.txt"]


def test_an_open_index_answers_from_what_was_restored(home: Home) -> None:
    home.index()
    change(home)
    home.index()
    with closing(Index.open(home.data, home.embedder)) as serving:
        held = serving.snapshot()
        home.roll_back()
        assert held.quote("a.txt", 0, 10) == "Alpha tore"
        assert serving.snapshot().quote("a.txt", 0, 12) == "Alpha opened"


def test_without_an_earlier_generation_nothing_is_rolled_back(home: Home) -> None:
    with pytest.raises(NoIndexError):
        home.roll_back()
    assert not home.data.exists()
    home.index()
    with pytest.raises(NothingKeptError, match="onrecord index"):
        home.roll_back()
    assert home.index().unchanged == 3


class Renamed(StaticEmbedder):
    """The same vectors under another identity."""

    name = "other:model"


def test_there_is_no_way_back_across_a_change_of_embedder(home: Home) -> None:
    home.index()
    change(home)
    home.index()
    with pytest.raises(IndexMismatchError):
        roll_back(home.data, embedder=Renamed())
    index_corpus(home.corpus, home.data, embedder=Renamed())
    with pytest.raises(NothingKeptError):
        roll_back(home.data, embedder=Renamed())


def test_a_run_at_the_same_time_is_refused(home: Home) -> None:
    home.index()
    change(home)
    home.index()
    with writing(home.data), pytest.raises(IndexBusyError):
        home.roll_back()


@pytest.mark.parametrize(
    ("owner", "step"),
    [
        (CatalogWriter, "retire_version"),
        (restoring, "_revive"),
        (rollback, "restore"),
        (CatalogWriter, "publish"),
    ],
    ids=["retire", "revive", "restore", "publish"],
)
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_rollback_that_fails_changes_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch, owner: object, step: str, when: str
) -> None:
    home.index()
    change(home)
    home.index()
    before = everything(home)
    original: Callable[..., object] = getattr(owner, step)

    def dies(*arguments: object) -> None:
        if when == "after":
            original(*arguments)
        raise SystemError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(owner, step, dies)
        with pytest.raises(SystemError):
            home.roll_back()
    assert everything(home) == before
    assert home.roll_back().restored == 1


KILLED = """
import os, signal, sys
from pathlib import Path
from retrieval.index.embeddings import StaticEmbedder
from retrieval.index.writer import CatalogWriter
from retrieval.ingest.rollback import roll_back
publish = CatalogWriter.publish
def killed(*arguments):
    publish(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
CatalogWriter.publish = killed
roll_back(Path(sys.argv[1]), embedder=StaticEmbedder())
"""


def test_kill_9_before_the_commit(home: Home) -> None:
    home.index()
    change(home)
    home.index()
    before = everything(home)
    done = subprocess.run([sys.executable, "-c", KILLED, str(home.data)], timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL
    assert everything(home) == before
    assert home.roll_back().generation == 3


SENTENCE = st.sampled_from(
    (
        ALPHA,
        "Alpha tore down the bridge over the Zarn in 2003.",
        "Bravo closed the tunnel.",
        "The tunnel was closed by Delta.",
        "Charlie paid 30 dollars.",
        "Delta counts ships, and Bravo counts bridges.",
    )
)
TEXT = st.lists(SENTENCE, min_size=1, max_size=4).map("\n\n".join)
CORPUS = st.dictionaries(
    st.sampled_from(("a.txt", "b.txt", "c.txt", "d.txt")), TEXT, min_size=1, max_size=4
)


@pytest.mark.slow
@settings(max_examples=8)
@given(first=CORPUS, second=CORPUS)
def test_every_answer_quote_and_frequency_is_as_it_was(
    first: dict[str, str], second: dict[str, str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        fill(home, first)
        home.index()
        before = everything(home, QUESTIONS[:2])
        fill(home, second)
        if home.index().generation == 1:
            with pytest.raises(OnrecordError):
                home.roll_back()
        else:
            home.roll_back()
        assert everything(home, QUESTIONS[:2]) == before


def fill(home: Home, corpus: dict[str, str]) -> None:
    for path in home.corpus.iterdir():
        path.unlink()
    for source, text in corpus.items():
        home.write(source, text, age_s=0)
