"""One who may see some collections reads an index as if there were no others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from retrieval.index import exact
from retrieval.index.reader import Index, Snapshot
from retrieval.ingest.pipeline import index_corpus
from tests.retrieval.ingest.home import Home

FOLDERS = {"hr": Path("hr"), "board": Path("board")}
OPEN = {
    "gate.md": "# Gate\n\nThe gate opens at nine. The gate is green.",
    "same.md": "# Rules\n\nEverybody wears a badge.",
}
HR = {
    "hr/pay.md": "# Pay\n\nThe pay rises in Zorvania. The gate is not for contractors.",
    "hr/same.md": "# Rules\n\nEverybody wears a badge.",
}
BOARD = {"board/sale.md": "# Sale\n\nThe gate is to be sold to Quillmark."}
WORDS = ("gate", "pay", "sold", "badg", "zorvania", "quillmark", "nine")


def made(folder: Path, documents: dict[str, str]) -> Home:
    folder.mkdir()
    home = Home(folder)
    for source, text in documents.items():
        home.write(source, text)
    there = {name: path for name, path in FOLDERS.items() if (home.corpus / path).is_dir()}
    index_corpus(home.corpus, home.data, embedder=home.embedder, collections=there)
    return home


@pytest.fixture(scope="module", params=["exact", "chroma"])
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Index, Index]]:
    """An index of everything, and one in which the board's documents never were.

    By both ways to search by meaning, whatever the size of the index.
    """
    folder = tmp_path_factory.mktemp("collections")
    with ExitStack() as opened:
        if request.param == "chroma":
            opened.enter_context(pytest.MonkeyPatch.context()).setattr(exact, "EXACT_NUMBERS", 0)
        everything = made(folder / "all", OPEN | HR | BOARD)
        some = made(folder / "some", OPEN | HR)
        yield (
            opened.enter_context(closing(Index.open(everything.data, everything.embedder))),
            opened.enter_context(closing(Index.open(some.data, some.embedder))),
        )


def told(snapshot: Snapshot) -> dict[str, object]:
    """All that a snapshot tells, by names instead of numbers of passages."""

    def named(ids: list[int]) -> list[tuple[str, str, str]]:
        return [(p.source, p.text, p.collection) for p in snapshot.passages(ids)]

    found = {word: [id_ for id_, _ in snapshot.lexical([word], 9)] for word in WORDS}
    near = snapshot.dense("Who buys the gate?", 9)
    status = snapshot.status()
    return {
        "sources": snapshot.sources(),
        "searched": (snapshot.searched.documents, snapshot.searched.passages),
        "status": (status.documents, status.passages, status.sources, status.failed),
        "headings": snapshot.headings(9),
        "frequencies": snapshot.document_frequencies(WORDS),
        "lexical": {word: sorted(named(ids)) for word, ids in found.items()},
        "dense": [round(cosine, 4) for _, cosine in near],
        "near": sorted(named([id_ for id_, _ in near])),
        "around": [snapshot.neighbours(id_, 2, 2) for id_, _ in near],
    }


def test_hidden_documents_leave_no_trace(both: tuple[Index, Index]) -> None:
    everything, some = both
    seen = told(everything.snapshot(frozenset({"main", "hr"})))
    assert seen == told(some.snapshot())
    assert "sold" not in str(seen["near"])
    assert told(everything.snapshot()) != seen


@pytest.mark.parametrize("names", [set(), {"hr"}, {"main"}, {"board", "main"}, {"nothing"}])
def test_search_finds_what_may_be_seen_and_nothing_else(
    both: tuple[Index, Index], names: set[str]
) -> None:
    snapshot = both[0].snapshot(frozenset(names))
    near = snapshot.passages([id_ for id_, _ in snapshot.dense("Everybody wears a badge.", 9)])
    assert {p.collection for p in near} == names - {"nothing"}
    assert {info.source for info in snapshot.sources()} == {p.source for p in near}


def test_what_is_hidden_cannot_be_read_by_its_name(both: tuple[Index, Index]) -> None:
    snapshot = both[0].snapshot(frozenset({"main"}))
    assert snapshot.document("board/sale.md") is None
    with pytest.raises(LookupError):
        snapshot.quote("hr/pay.md", 0, 4)


def test_the_same_text_in_two_collections_is_two_vectors(both: tuple[Index, Index]) -> None:
    for names in ({"main"}, {"hr"}):
        snapshot = both[0].snapshot(frozenset(names))
        best, *_ = snapshot.dense("Rules\nEverybody wears a badge.", 1)
        (passage,) = snapshot.passages([best[0]])
        assert passage.collection in names
        assert best[1] > 0.8


def test_all_collections_together_are_no_restriction(both: tuple[Index, Index]) -> None:
    everything = both[0]
    assert told(everything.snapshot(frozenset({"main", "hr", "board", "x"}))) == told(
        everything.snapshot()
    )
