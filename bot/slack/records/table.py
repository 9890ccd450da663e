"""One SQLite connection that several threads share."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from threading import RLock

from retrieval.text.encodable import encodable

Row = tuple[object, ...]


class Connection:
    """Runs one statement at a time, under `lock`; each is its own transaction."""

    def __init__(
        self, database: sqlite3.Connection, lock: AbstractContextManager[object] | None = None
    ) -> None:
        self._database = database
        self._lock = lock or RLock()

    def change(self, statement: str, *values: object) -> int:
        """Run a statement that writes; returns how many rows it touched."""
        storable = [encodable(value) if isinstance(value, str) else value for value in values]
        with self._lock:
            return self._database.execute(statement, storable).rowcount

    def change_each(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement that writes for each row, in one transaction: one wait for the disk."""
        with self._lock:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                self._database.executemany(statement, rows)
                self._database.execute("COMMIT")
            except BaseException:
                self._database.execute("ROLLBACK")
                raise

    def rows(self, query: str, *values: object) -> list[Row]:
        """All rows of a query."""
        with self._lock:
            return self._database.execute(query, values).fetchall()

    def row(self, query: str, *values: object) -> Row | None:
        """The first row of a query."""
        with self._lock:
            found: Row | None = self._database.execute(query, values).fetchone()
            return found

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._database.close()
