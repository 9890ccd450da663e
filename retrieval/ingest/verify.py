"""Verifying: everything that is published is looked at, and mended on request.

The catalog is checked against itself, the vectors against the catalog. Readers go on meanwhile;
nobody writes.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from retrieval.errors import IndexDamagedError, IndexMismatchError
from retrieval.index.audit import CatalogAudit
from retrieval.index.embeddings import Embedder, StaticEmbedder, Vector
from retrieval.index.exact import is_small
from retrieval.index.fingerprint import Fingerprint, fingerprint
from retrieval.index.lock import writing
from retrieval.index.place import Place
from retrieval.index.published import check_published
from retrieval.index.rows import embedded_text
from retrieval.index.run import Start
from retrieval.index.transaction import writing_catalog
from retrieval.index.vectors import BATCH, Vectors
from retrieval.index.writer import CatalogWriter
from retrieval.ingest.store import Store

_SAME_COSINE = 0.999
_ASKED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it must be."""

    kind: str
    """A name for programs, such as `lost_vectors`."""
    what: str
    """In words, after a number."""
    count: int
    mended: bool
    remedy: str = ""
    """What is left to do."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at, and what was found."""

    generation: int
    documents: int
    passages: int
    vectors: int
    """Those that the published and the kept generation use."""
    faults: tuple[Fault, ...]
    elapsed_s: float

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong any more."""
        return all(fault.mended for fault in self.faults)


def verify_index(
    data_dir: Path,
    *,
    embedder: Embedder,
    chroma_url: str | None = None,
    repair: bool = False,
    by: str = "another process",
) -> Verification:
    """Look at every document, passage and vector that is published or kept for a rollback.

    With `repair` what can be made right is made right; lost vectors are embedded again, which a
    provider charges for. Without it nothing is written, and no provider is asked.
    """
    started = time.monotonic()
    expected = fingerprint(embedder)
    check_published(data_dir, expected)  # before the lock, which needs the folder
    with writing(data_dir, Start(by, "Verifying")):
        check_published(data_dir, expected)
        with writing_catalog(data_dir) as catalog:
            faults = [
                *_catalog_faults(CatalogAudit(catalog), embedder.name, repair),
                *_vector_faults(Place(data_dir, chroma_url), catalog, embedder, expected, repair),
            ]
            documents, passages = catalog.counts()
            return Verification(
                catalog.published.generation,
                documents,
                passages,
                catalog.count_vectors(),
                tuple(fault for fault in faults if fault.count),
                time.monotonic() - started,
            )


def _catalog_faults(audit: CatalogAudit, embedder: str, repair: bool) -> Iterator[Fault]:
    unsound = audit.unsound_parts()
    if unsound and repair:
        audit.mend_terms()
    left = audit.unsound_parts() if unsound else 0
    yield Fault(
        "unsound_catalog",
        "faults in the catalog's file",
        unsound,
        mended=not left,
        remedy="Delete the files catalog.sqlite3* in the data folder, then run `onrecord index`.",
    )
    counts = audit.wrong_counts()
    if counts and repair:
        audit.mend_counts()
    yield Fault("wrong_counts", "wrong numbers of passages", counts, mended=repair)
    published, kept = audit.misplaced(embedder)
    if repair:
        audit.distrust(published)
    yield Fault(
        "wrong_texts",
        "documents with a passage that is not what stands at its place",
        len(published),
        mended=False,
        remedy="Run `onrecord index`: it reads them again." if repair else "",
    )
    if kept and repair:
        audit.forget_kept()
    yield Fault(
        "wrong_kept_texts",
        "such documents in the kept generation, to which there is then no way back",
        len(kept),
        mended=repair,
    )
    wrong = audit.wrong_terms()
    if wrong and repair:
        audit.mend_terms()
    yield Fault(
        "wrong_terms", "passages with wrong terms in the full-text index", len(wrong), mended=repair
    )


def _vector_faults(
    place: Place, catalog: CatalogWriter, embedder: Embedder, expected: Fingerprint, repair: bool
) -> Iterator[Fault]:
    try:
        vectors = Vectors.open(place, expected)
    except (IndexDamagedError, IndexMismatchError) as error:
        yield Fault("unreadable_vectors", f"place of vectors: {error.message}", 1, mended=repair)
        if not repair:
            return
        place.begin_anew()
    else:
        if repair:
            vectors.close()
    if repair:
        vectors = Vectors.create(place, expected)
    with closing(vectors):
        yield from _VectorAudit(catalog, vectors, embedder, repair).faults()


class _VectorAudit:
    """Compares the vectors with the catalog."""

    def __init__(
        self, catalog: CatalogWriter, vectors: Vectors, embedder: Embedder, repair: bool
    ) -> None:
        self._catalog = catalog
        self._vectors = vectors
        self._embedder = embedder
        self._repair = repair

    def faults(self) -> Iterator[Fault]:
        used, stored = self._catalog.vectors(), self._vectors.ids()
        rows = dict(self._readable(sorted(used & stored)))
        lost = used - rows.keys()
        wrong = {id_ for id_, row in self._expected(rows) if not row @ rows[id_] > _SAME_COSINE}
        orphans = stored - used
        if self._repair:
            self._vectors.delete(sorted(orphans | wrong | (lost & stored)))
            Store(self._catalog, self._vectors, self._embedder).make_again(lost | wrong)
            self._catalog.notes.deleted += len(orphans | wrong)
        yield self._fault("lost_vectors", "vectors in use are lost", lost)
        yield self._fault("wrong_vectors", "vectors in use are not those of their texts", wrong)
        yield self._fault("orphans", "vectors that nothing uses", orphans)
        yield from self._unreachable({id_: row for id_, row in rows.items() if id_ not in wrong})

    def _fault(self, kind: str, what: str, found: set[str]) -> Fault:
        return Fault(kind, what, len(found), mended=self._repair)

    def _readable(self, ids: Sequence[str]) -> Iterator[tuple[str, Vector]]:
        """Those that can be had: Chroma gives none of a batch if one of them is lost."""
        for batch in _batches(ids, BATCH):
            try:
                yield from self._vectors.fetch(batch).items()
            except IndexDamagedError:
                if len(batch) > 1:
                    middle = len(batch) // 2
                    yield from self._readable(batch[:middle])
                    yield from self._readable(batch[middle:])

    def _expected(self, rows: dict[str, Vector]) -> Iterator[tuple[str, Vector]]:
        """What the vectors must be: the embedded model makes them again, a provider costs money."""
        for batch in _batches(sorted(rows), BATCH):
            if isinstance(self._embedder, StaticEmbedder):
                passages = self._catalog.passages_with(batch)
                texts = [embedded_text(passage) for passage in passages.values()]
                yield from zip(passages, self._embedder.embed_documents(texts), strict=True)
            else:
                yield from ((id_, rows[id_]) for id_ in batch)

    def _unreachable(self, rows: dict[str, Vector]) -> Iterator[Fault]:
        """Only Chroma's own search can miss what is stored; small indexes are searched exactly."""
        if is_small(len(rows), self._embedder.dimension):
            return
        missed = self._missed(rows)
        left = missed
        if missed and self._repair:
            self._vectors.delete(sorted(missed))
            self._vectors.add(list(missed), np.stack(list(missed.values())))
            left = self._missed(missed)
        what = "vectors that a search for themselves does not find; search by words does"
        yield Fault("unreachable_vectors", what, len(missed), mended=self._repair and not left)

    def _missed(self, rows: dict[str, Vector]) -> dict[str, Vector]:
        missed = {}
        for batch in _batches(sorted(rows), _ASKED_AT_ONCE):
            found = self._vectors.query_many(np.stack([rows[id_] for id_ in batch]), 1)
            for id_, nearest in zip(batch, found, strict=True):
                if not nearest or nearest[0][1] < _SAME_COSINE:
                    missed[id_] = rows[id_]
        return missed


def _batches(ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
