from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from retrieval.answer.chain import Answerer
from retrieval.index.embeddings import StaticEmbedder
from retrieval.index.reader import Index
from retrieval.ingest.pipeline import index_corpus
from tests.retrieval.answer.corpora import ALL


class Library:
    """A corpus, its index, and an answerer over it."""

    def __init__(self, folder: Path, documents: Mapping[str, str]) -> None:
        self.corpus, self.data = folder / "corpus", folder / "data"
        self._embedder = StaticEmbedder()
        self.publish(documents)
        self.index = Index.open(self.data, self._embedder)
        self.answerer = Answerer(self.index)

    def publish(self, documents: Mapping[str, str]) -> None:
        """Write the documents into the corpus and index it."""
        for source, text in documents.items():
            path = self.corpus / source
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        index_corpus(self.corpus, self.data, embedder=self._embedder)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """All corpora in one index."""
    made = Library(tmp_path_factory.mktemp("library"), ALL)
    yield made
    made.index.close()


@pytest.fixture
def make_library(tmp_path: Path) -> Iterator[Callable[[Mapping[str, str]], Library]]:
    """A function that makes a library of the given documents."""
    made: list[Library] = []

    def make(documents: Mapping[str, str]) -> Library:
        made.append(Library(tmp_path / str(len(made)), documents))
        return made[-1]

    yield make
    for library in made:
        library.index.close()
