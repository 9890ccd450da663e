"""A corpus folder, its index, and runs over it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from retrieval.errors import EmbeddingError
from retrieval.index.embeddings import StaticEmbedder, Vectors
from retrieval.index.fingerprint import fingerprint
from retrieval.index.place import Place
from retrieval.index.reader import Index, Snapshot
from retrieval.index.run import Start
from retrieval.index.vectors import Vectors as Store
from retrieval.ingest.pipeline import IndexReport, RunOptions, index_corpus
from retrieval.ingest.rollback import RollbackReport, roll_back

ALLOWED = RunOptions(allow_removals=1_000_000)
"""What most tests are not about."""


class CountingEmbedder(StaticEmbedder):
    """Counts the texts that had to be embedded."""

    def __init__(self) -> None:
        super().__init__()
        self.texts = 0
        self.fails = False

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        if self.fails:
            raise EmbeddingError("The model failed.", "Try again.")
        self.texts += len(texts)
        return super().embed_documents(texts)


class Home:
    """A corpus, its index, and runs over them."""

    def __init__(self, folder: Path) -> None:
        self.corpus = folder / "corpus"
        self.data = folder / "data"
        self.embedder = CountingEmbedder()
        self.corpus.mkdir(parents=True, exist_ok=True)

    def write(self, source: str, text: str, *, age_s: float = 60) -> None:
        """Write a file that is old enough to be trusted by its time stamp."""
        path = self.corpus / source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        then = time.time() - age_s
        os.utime(path, (then, then))

    def index(
        self,
        *,
        dry_run: bool = False,
        options: RunOptions = ALLOWED,
        start: Start | None = None,
    ) -> IndexReport:
        return index_corpus(
            self.corpus,
            self.data,
            embedder=self.embedder,
            dry_run=dry_run,
            options=options,
            start=start,
        )

    def roll_back(self) -> RollbackReport:
        return roll_back(self.data, embedder=self.embedder)

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        with closing(Index.open(self.data, self.embedder)) as index:
            yield index.snapshot()

    def served(self, *, by_meaning: bool = True) -> dict[str, str]:
        """The first characters of every published document; every question finds all by meaning."""
        with self.snapshot() as snapshot:
            found = {}
            for info in snapshot.sources():
                found[info.source] = snapshot.quote(info.source, 0, 12)
                near = snapshot.dense(f"{info.title}\n{found[info.source]}", 999)
                if by_meaning or not snapshot.by_words_only:
                    assert len({id_ for id_, _ in near}) == snapshot.searched.passages
            return found

    def vectors(self) -> set[str]:
        with closing(Store.open(Place(self.data), fingerprint(self.embedder))) as vectors:
            return vectors.ids()
