"""What is published, how much room it takes, and whether a run is in work."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from retrieval.index.catalog import CatalogView
from retrieval.index.database import CATALOG, open_to_read, reporting
from retrieval.index.disk import disk_use
from retrieval.index.published import check_schema
from retrieval.index.run import Run, running
from retrieval.index.status import CorpusStatus


@dataclass(frozen=True, slots=True)
class Overview:
    """An index as a whole."""

    corpus: CorpusStatus
    disk_bytes: int
    """Of catalog and vectors on this machine's disk."""
    run: Run | None
    """The run in work."""


def overview(data_dir: Path) -> Overview:
    """Look at an index; needs neither its embedder nor its vectors.

    Raises `NoIndexError` or `IndexDamagedError`.
    """
    path = data_dir / CATALOG
    with reporting(path), closing(open_to_read(path)) as connection:
        check_schema(connection)
        corpus = CatalogView(connection).status()
    return Overview(corpus, disk_use(data_dir), running(data_dir))
