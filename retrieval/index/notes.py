"""What a catalog notes beside the documents, in its table of keys and values."""

from __future__ import annotations

import sqlite3


class Notes:
    """Reads and writes notes; like all else, they count once the transaction is committed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @property
    def fingerprint(self) -> str | None:
        """What the published generation was built with; None if there is none."""
        return self._read("fingerprint")

    @fingerprint.setter
    def fingerprint(self, text: str) -> None:
        self._write("fingerprint", text)

    @property
    def checked(self) -> str | None:
        """Identity of the check that the published generation has passed last."""
        return self._read("checked")

    @checked.setter
    def checked(self, identity: str) -> None:
        self._write("checked", identity)

    @property
    def deleted(self) -> int:
        """How many vectors were deleted since they were last compacted."""
        return int(self._read("deleted_vectors") or 0)

    @deleted.setter
    def deleted(self, vectors: int) -> None:
        self._write("deleted_vectors", str(vectors))

    def _read(self, key: str) -> str | None:
        row = self._connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def _write(self, key: str, value: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
