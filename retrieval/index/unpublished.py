"""The generation that a run is about to publish, read like a published one."""

from __future__ import annotations

from pathlib import Path

from retrieval.index.database import CATALOG
from retrieval.index.embeddings import Embedder
from retrieval.index.exact import Nearest, nearest_of
from retrieval.index.reader import Snapshot
from retrieval.index.vectors import Vectors
from retrieval.index.writer import CatalogWriter
from retrieval.labels import Permitted


class Unpublished:
    """Reads through the connection that is writing: nobody else can see this generation yet."""

    def __init__(
        self, catalog: CatalogWriter, vectors: Vectors, embedder: Embedder, data_dir: Path
    ) -> None:
        self._catalog = catalog
        self._vectors = vectors
        self._embedder = embedder
        self._path = data_dir / CATALOG
        self._nearest: Nearest | None = None

    def snapshot(self, permitted: Permitted = None) -> Snapshot:
        """The generation; with `permitted`, as one sees it who may see these collections only."""
        view = self._catalog.view()
        self._nearest = self._nearest or nearest_of(view, self._vectors, None)
        return Snapshot(view.within(permitted), self._nearest, self._embedder, self._path)
