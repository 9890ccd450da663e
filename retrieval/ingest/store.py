"""Where a run puts what it read: vectors first, then the rows that refer to them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain

from retrieval.errors import IndexDamagedError
from retrieval.index.background import VectorSink, adding_in_background
from retrieval.index.embeddings import Embedder
from retrieval.index.exact import is_small
from retrieval.index.fingerprint import Fingerprint
from retrieval.index.rows import embedded_text, vector_id
from retrieval.index.vectors import Vectors
from retrieval.index.writer import CatalogWriter
from retrieval.ingest.changes import Finding, Kind
from retrieval.ingest.probes import Probes
from retrieval.labels import MAIN

BATCH_PASSAGES = 2_000
"""Passages held in memory until they are embedded and written."""

_AT_ONCE = 5_000
"""Texts embedded and added at once: Chroma's best batch, and a bound for a very long document."""


class Store:
    """Takes findings and writes them in batches, inside one catalog transaction."""

    def __init__(self, catalog: CatalogWriter, vectors: Vectors, embedder: Embedder) -> None:
        self._catalog = catalog
        self._vectors = vectors
        self._embedder = embedder
        self._sink: VectorSink = vectors
        self._pending: list[Finding] = []
        self._pending_passages = 0
        self._probes = Probes()
        # If so, what is stored are the very vectors that are used: a run has compared them all.
        self._compared = vectors.compared_with == catalog.published.generation

    @contextmanager
    def in_background(self, fingerprint: Fingerprint) -> Iterator[None]:
        """Add vectors through another process until the end of the block."""
        with adding_in_background(self._vectors, fingerprint) as self._sink:
            yield
        self._sink = self._vectors

    def take(self, finding: Finding) -> None:
        """Note what the next generation holds of a file."""
        if finding.kind is Kind.TOUCHED and finding.state:
            self._catalog.touch(finding.source, finding.state)
        elif finding.document:
            self._pending.append(finding)
            self._pending_passages += len(finding.passages)
            if self._pending_passages >= BATCH_PASSAGES:
                self.flush()

    def remove(self, source: str) -> None:
        """Leave a published document out of the next generation."""
        self._catalog.retire(source)

    def flush(self) -> None:
        """Write what is held in memory: vectors first, so that no row is without its vector."""
        pending, self._pending, self._pending_passages = self._pending, [], 0
        texts = [[embedded_text(passage) for passage in f.passages] for f in pending]
        labels = [f.state.collection if f.state else MAIN for f in pending]
        ids = [
            [vector_id(self._embedder.name, text, label) for text in part]
            for part, label in zip(texts, labels, strict=True)
        ]
        self._add_vectors(dict(zip(chain(*ids), chain(*texts), strict=True)))
        for finding, vectors in zip(pending, ids, strict=True):
            if finding.was_published:
                self._catalog.retire(finding.source)
            if finding.document and finding.state:
                self._catalog.add(finding.document, finding.passages, vectors, finding.state)

    def make_again(self, lost: set[str]) -> None:
        """Embed passages once more and add their vectors."""
        for batch in _batches(sorted(lost)):
            passages = self._catalog.passages_with(batch)
            self._embed({id_: embedded_text(passage) for id_, passage in passages.items()})

    def verify(self) -> None:
        """Make sure that what is new is there, and where it belongs; raises if it is not."""
        _, passages = self._catalog.counts()
        exactly = is_small(passages, self._embedder.dimension)
        self._probes.check(self._vectors, searched_exactly=exactly)
        misplaced = self._catalog.count_misplaced()
        if misplaced:
            raise IndexDamagedError(
                f"{misplaced} new passages are not what stands at their places.",
                "Run `onrecord index` again; what was published is still served.",
            )

    def finish(self) -> list[str]:
        """Make sure of all vectors; returns those to delete once the generation is published.

        Those are of documents long gone, or of a run that died. What was lost is made again.
        """
        orphans, used = self._catalog.forgotten_vectors, self._catalog.count_vectors()
        if not self._compared or self._vectors.count() - len(orphans) != used:
            orphans = self._compare()
        self.verify()
        if orphans:
            self._catalog.notes.deleted += len(orphans)
        return orphans

    def _compare(self) -> list[str]:
        """Compare all vectors with those that are used; returns those that are not."""
        used, stored = self._catalog.vectors(), self._vectors.ids()
        self.make_again(used - stored)
        return sorted(stored - used)

    def _add_vectors(self, texts: dict[str, str]) -> None:
        """Embed the texts, by vector id, that were not embedded before."""
        absent = self._absent(list(texts))
        for batch in _batches([id_ for id_ in texts if id_ in absent]):
            self._embed({id_: texts[id_] for id_ in batch})

    def _absent(self, ids: list[str]) -> set[str]:
        """Which vectors have to be made: where all were compared, the catalog knows it."""
        if self._compared:
            return set(ids) - self._catalog.used_vectors(ids)
        return self._sink.missing(ids)

    def _embed(self, texts: dict[str, str]) -> None:
        rows = self._embedder.embed_documents(list(texts.values()))
        self._sink.add(list(texts), rows)
        self._probes.note(list(texts), rows)


def _batches(ids: list[str]) -> Iterator[list[str]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
