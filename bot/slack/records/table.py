"""One SQLite connection that several threads share."""

from __future__ import annotations

import sqlite3
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
