"""What is published, and whether it is what this version and this embedder built."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from retrieval.errors import IndexMismatchError, NoIndexError
from retrieval.index.database import CATALOG, open_to_read, reporting
from retrieval.index.fingerprint import SCHEMA_VERSION, Fingerprint
from retrieval.index.notes import Notes
from retrieval.labels import MAIN


class FileState(NamedTuple):
    """A corpus file as it was when it was read."""

    sha256: str
    size: int
    mtime_ns: int
    passages: int
    named: str | None = None
    """The collection that the document itself names."""
    collection: str = MAIN
    """Label of the collections that it is in."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a corpus file could not be read, and all that would have to change for it to be."""

    error: str
    file: FileState
    loader: str
    """Identity of the code that tried."""
    collection: str = MAIN
    """Label of the collections whose folder it lies in."""
    runs: int = 1
    """In how many runs in a row, up to the last."""


@dataclass(frozen=True, slots=True)
class Published:
    """What an indexing run compares the corpus with."""

    generation: int
    """0 if nothing is published."""
    fingerprint: str | None
    files: Mapping[str, FileState]
    """The published documents' files, by source."""
    failures: Mapping[str, Failure] = field(default_factory=dict)
    """What the last run could not read, by source."""


def published(connection: sqlite3.Connection) -> Published:
    """Read what is published now."""
    generation = connection.execute("SELECT max(generation) FROM generations").fetchone()[0]
    rows = connection.execute(
        "SELECT source, sha256, size, mtime_ns, passages, named, collection FROM documents "
        "WHERE to_generation IS NULL"
    )
    files = {row[0]: FileState._make(row[1:]) for row in rows}
    return Published(
        generation or 0, Notes(connection).fingerprint, files, _failures(connection, generation)
    )


def labels(connection: sqlite3.Connection) -> list[str]:
    """The labels of the published documents."""
    rows = connection.execute(
        "SELECT collection FROM contents WHERE generation ="
        " (SELECT max(generation) FROM generations)"
    )
    return [label for (label,) in rows]


def _failures(connection: sqlite3.Connection, generation: int | None) -> dict[str, Failure]:
    rows = connection.execute(
        "SELECT source, error, collection, runs, sha256, size, mtime_ns, loader FROM failures"
        " WHERE generation = ?",
        (generation,),
    )
    return {
        source: Failure(error, FileState(sha256, size, mtime_ns, 0), loader, collection, runs)
        for source, error, collection, runs, sha256, size, mtime_ns, loader in rows
    }


def check_fingerprint(connection: sqlite3.Connection, expected: Fingerprint) -> None:
    """Compare what the catalog was built with; raises `IndexMismatchError`."""
    check_schema(connection)
    stored = Notes(connection).fingerprint
    if stored is None:
        raise NoIndexError("Nothing is published yet.", "Run `onrecord index`.")
    differences = expected.differences(stored)
    if differences:
        raise IndexMismatchError(
            f"The index was built with another {', '.join(differences)}.",
            "Run `onrecord index` to build it anew; until then it cannot be used.",
        )


def check_published(data_dir: Path, expected: Fingerprint) -> None:
    """Make sure that something is published, and by this version and embedder; raises if not."""
    path = data_dir / CATALOG
    with reporting(path), closing(open_to_read(path)) as connection:
        check_fingerprint(connection, expected)


def check_schema(connection: sqlite3.Connection) -> None:
    """Refuse a catalog whose tables this version does not know."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == 0:
        raise NoIndexError("Nothing is published yet.", "Run `onrecord index`.")
    if version != SCHEMA_VERSION:
        raise IndexMismatchError(
            f"The catalog has tables of version {version}, this is version {SCHEMA_VERSION}.",
            "Run `onrecord index` to build it anew.",
        )
