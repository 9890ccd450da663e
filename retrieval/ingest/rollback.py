"""Rolling back: publish the documents of the generation before once more.

Nothing is read from the corpus folder. The next indexing run reads it again and publishes what
stands there, so a document that was wrong must be corrected first.
"""

from __future__ import annotations

import logging
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from retrieval.errors import NothingKeptError, VectorsAwayError
from retrieval.index.embeddings import Embedder
from retrieval.index.fingerprint import Fingerprint, fingerprint
from retrieval.index.lock import writing
from retrieval.index.place import Place
from retrieval.index.published import check_published
from retrieval.index.restoring import kept_generation, kept_vectors, restore
from retrieval.index.run import Start
from retrieval.index.transaction import writing_catalog
from retrieval.index.vectors import Vectors
from retrieval.index.writer import CatalogWriter
from retrieval.ingest.store import Store

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RollbackReport:
    """What is published after a rollback."""

    generation: int
    """The new generation."""
    restored: int
    """The generation whose documents it holds."""
    documents: int
    passages: int


def roll_back(
    data_dir: Path,
    *,
    embedder: Embedder,
    chroma_url: str | None = None,
    by: str = "another process",
) -> RollbackReport:
    """Publish a new generation with the documents of the one before the published.

    One transaction: whatever goes wrong, what was published stays published. What was rolled back
    is kept in turn, so that rolling back twice changes nothing.
    """
    expected = fingerprint(embedder)
    check_published(data_dir, expected)  # before the lock, which needs the folder
    with writing(data_dir, Start(by, "Rolling back")):
        # Once more: opening to write would replace a catalog of another version.
        check_published(data_dir, expected)
        with writing_catalog(data_dir) as catalog:
            kept = kept_generation(catalog)
            if kept is None:
                raise _nothing_kept(catalog.published.generation)
            _make_sure_of_vectors(Place(data_dir, chroma_url), catalog, embedder, expected)
            restore(catalog, kept)
            documents, passages = catalog.counts()
            generation = catalog.publish(expected)
    return RollbackReport(generation, kept, documents, passages)


def _make_sure_of_vectors(
    place: Place, catalog: CatalogWriter, embedder: Embedder, expected: Fingerprint
) -> None:
    """Embed again what was lost since; a kept generation keeps its vectors."""
    try:
        with closing(Vectors.open(place, expected)) as vectors:
            lost = vectors.missing(kept_vectors(catalog))
    except VectorsAwayError:  # no reason to go on quoting a bad generation
        logger.warning("rolled back without a look at the vectors", exc_info=True)
        return
    if lost:
        with closing(Vectors.create(place, expected)) as vectors:
            store = Store(catalog, vectors, embedder)
            store.make_again(lost)
            store.verify()


def _nothing_kept(generation: int) -> NothingKeptError:
    return NothingKeptError(
        f"No generation before {generation} is kept: there is one after a second run that changed "
        "something, with the same embedding model.",
        "Correct the documents and run `onrecord index`.",
    )
