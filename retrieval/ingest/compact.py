"""Compacting: what is in use is written anew, small, and takes the place of the old at once.

Chroma's search structure never shrinks (measured: 36 kB for 30 vectors that came and went). A run
compacts by itself when much was deleted. Readers go on, and turn to the new at their next question.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from retrieval.errors import IndexDamagedError, OnrecordError
from retrieval.index.disk import disk_use
from retrieval.index.embeddings import Embedder
from retrieval.index.exact import is_small
from retrieval.index.fingerprint import Fingerprint, fingerprint
from retrieval.index.lock import writing
from retrieval.index.place import Place
from retrieval.index.published import check_published
from retrieval.index.run import Start
from retrieval.index.transaction import compact_catalog, writing_catalog
from retrieval.index.vectors import BATCH, Vectors
from retrieval.index.writer import CatalogWriter
from retrieval.ingest.probes import Probes

logger = logging.getLogger(__name__)

COMPACT_FROM = 2_000
"""Deleted vectors that are let lie, about 3 MB."""


@dataclass(frozen=True, slots=True)
class CompactReport:
    """What compacting has done."""

    vectors: int
    """How many are kept."""
    bytes_before: int
    """Of catalog and vectors on this machine's disk."""
    bytes_after: int


def compact_index(
    data_dir: Path,
    *,
    embedder: Embedder,
    chroma_url: str | None = None,
    by: str = "another process",
) -> CompactReport:
    """Write catalog and vectors anew, without what was deleted; nothing is embedded again.

    Needs as much room as the index itself. Whatever is raised, what is served stays as it was.
    """
    expected = fingerprint(embedder)
    check_published(data_dir, expected)  # before the lock, which needs the folder
    with writing(data_dir, Start(by, "Compacting")):
        check_published(data_dir, expected)
        before = disk_use(data_dir)
        vectors = compact_vectors(Place(data_dir, chroma_url), expected)
        compact_catalog(data_dir)
        return CompactReport(vectors, before, disk_use(data_dir))


def is_wasteful(catalog: CatalogWriter) -> bool:
    """Whether as many vectors were deleted as make compacting worth its cost."""
    return catalog.notes.deleted > max(COMPACT_FROM, 2 * catalog.count_vectors())


def compact_after_run(place: Place, expected: Fingerprint) -> None:
    """Compact the vectors; it is no part of what a run promises, so an error is only logged."""
    try:
        compact_vectors(place, expected)
    except OnrecordError as error:
        logger.warning("the vectors were not compacted: %s", error)


def compact_vectors(place: Place, expected: Fingerprint) -> int:
    """Write the vectors that a kept generation uses into a new edition; returns how many.

    Raises `IndexDamagedError` if one of them is lost; whatever is raised, the old stay in use.
    """
    with closing(Vectors.create(place, expected)) as old:
        old.drop_others()  # what a compacting run that was killed has left
    with writing_catalog(place.data_dir) as catalog:
        used = sorted(catalog.vectors())
        edition = place.edition_to_write()
        try:
            with (
                closing(Vectors.open(place, expected)) as old,
                closing(Vectors.create(place, expected, edition.following)) as new,
            ):
                _copy(old, new, used)
        except BaseException:
            place.discard(edition.following)
            raise
        place.use(edition.following)
        catalog.notes.deleted = 0
    with closing(Vectors.create(place, expected)) as new:
        new.drop_others()
    return len(used)


def _copy(old: Vectors, new: Vectors, ids: Sequence[str]) -> None:
    probes = Probes()
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        found = old.fetch(batch)
        if len(found) < len(batch):
            raise IndexDamagedError(
                f"{len(batch) - len(found)} vectors in use are lost in {old.place}.",
                "Run `onrecord verify --repair`.",
            )
        rows = np.stack([found[id_] for id_ in batch])
        new.add(batch, rows)
        probes.note(batch, rows)
    probes.check(new, searched_exactly=is_small(len(ids), new.dimension))
