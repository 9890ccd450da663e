"""Opening the catalog to write: one transaction, published whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from retrieval.index.database import CATALOG, open_to_write, reporting
from retrieval.index.fingerprint import SCHEMA_VERSION
from retrieval.index.writer import CatalogWriter

_SCHEMA = Path(__file__).with_name("schema.sql")
_FOLDING_TIMEOUT_MS = 500


@contextmanager
def writing_catalog(data_dir: Path) -> Iterator[CatalogWriter]:
    """Open the catalog for one publication: committed at the end of the block, else undone."""
    path = data_dir / CATALOG
    with reporting(path):
        connection = _open(path)
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield CatalogWriter(connection)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:  # on a full disk SQLite has undone it already
                    connection.execute("ROLLBACK")
                raise
            # The log of a large run is folded in now, not by some reader later. One who is still
            # reading the generation before is not waited for long: what is left comes next time.
            connection.execute(f"PRAGMA busy_timeout = {_FOLDING_TIMEOUT_MS}")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()


def compact_catalog(data_dir: Path) -> None:
    """Write the catalog anew, without the room that deleted rows have left; readers go on."""
    path = data_dir / CATALOG
    with reporting(path), closing(open_to_write(path)) as connection:
        connection.execute("INSERT INTO passage_terms (passage_terms) VALUES ('optimize')")
        connection.execute("VACUUM")
        connection.execute(f"PRAGMA busy_timeout = {_FOLDING_TIMEOUT_MS}")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _open(path: Path) -> sqlite3.Connection:
    connection = open_to_write(path)
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version not in (0, SCHEMA_VERSION):
        # Tables of another version hold nothing that is not made again from the corpus.
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return _open(path)
    if version == 0:
        schema = _SCHEMA.read_text(encoding="utf-8")
        connection.executescript(f"BEGIN; {schema} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
    return connection
