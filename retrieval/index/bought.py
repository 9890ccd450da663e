"""Vectors that were paid for are kept: a text is never embedded twice by a provider.

Chroma forgets the vectors of a document once no kept generation holds it, and all of them when its
folder is deleted. The document that comes back, and the index that is built anew, take them from
here. What was bought longest ago is forgotten when there is too much of it.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from retrieval.index.database import reporting
from retrieval.index.embeddings import Embedder, Vector, Vectors, open_embedder

FILE = "embeddings.sqlite3"
_MOST_BYTES = 1_000_000_000
_AT_ONCE = 128
"""Texts bought before they are kept: what a crash loses at most."""
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS bought (number INTEGER PRIMARY KEY, text BLOB NOT NULL UNIQUE, "
    "vector BLOB NOT NULL) STRICT"
)


def open_to_embed(model: str | None, data_dir: Path) -> Embedder:
    """The embedder of a run; what a provider embeds is kept in `data_dir`."""
    embedder = open_embedder(model)
    return embedder if model is None else RememberingEmbedder(embedder, data_dir)


class RememberingEmbedder:
    """An embedder that asks another one only for what it has not been asked before."""

    def __init__(self, inner: Embedder, data_dir: Path, most_bytes: int = _MOST_BYTES) -> None:
        self._inner = inner
        self._path = data_dir / FILE
        self._most_bytes = most_bytes

    @property
    def name(self) -> str:
        """Identity: that of the other embedder."""
        return self._inner.name

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return self._inner.dimension

    def embed_query(self, text: str) -> Vector:
        """The vector of a question; questions are not kept."""
        return self._inner.embed_query(text)

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """The vectors of passages, one row a text."""
        keys = [self._key(text) for text in texts]
        with self._opened() as connection:
            known = self._find(connection, keys)
            wanted = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            new = list(wanted.items())
            for start in range(0, len(new), _AT_ONCE):
                batch = new[start : start + _AT_ONCE]
                rows = self._inner.embed_documents([text for _, text in batch])
                bought = dict(zip((key for key, _ in batch), rows, strict=True))
                known.update(bought)
                self._keep(connection, bought)
        if not texts:
            return self._inner.embed_documents(texts)
        return np.stack([known[key] for key in keys])

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(f"{self._inner.name}\0{text}".encode()).digest()

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with (
            reporting(self._path),
            closing(sqlite3.connect(self._path, timeout=10, isolation_level=None)) as connection,
        ):
            connection.execute(_SCHEMA)
            yield connection

    def _find(self, connection: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, Vector]:
        find = "SELECT vector FROM bought WHERE text = ?"
        rows = ((key, connection.execute(find, (key,)).fetchone()) for key in dict.fromkeys(keys))
        return {key: np.frombuffer(row[0], dtype="<f4") for key, row in rows if row}

    def _keep(self, connection: sqlite3.Connection, bought: dict[bytes, Vector]) -> None:
        values = [(key, row.astype("<f4").tobytes()) for key, row in bought.items()]
        most = self._most_bytes // len(values[0][1])
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT OR IGNORE INTO bought (text, vector) VALUES (?, ?)", values)
        connection.execute(
            "DELETE FROM bought WHERE number <= (SELECT max(number) FROM bought) - ?", (most,)
        )
        connection.execute("COMMIT")
