"""The catalog as the indexing run writes it: one transaction, published whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from retrieval.index.catalog import CatalogView
from retrieval.index.database import CATALOG, open_to_write, reporting
from retrieval.index.fingerprint import SCHEMA_VERSION, Fingerprint
from retrieval.index.published import Failure, FileState, Published, published
from retrieval.index.rows import PASSAGE_COLUMNS, pack_sentences, passage_from_row
from retrieval.model import Document, Passage
from retrieval.text.terms import terms

_SCHEMA = Path(__file__).with_name("schema.sql")
_FOLDING_TIMEOUT_MS = 500
_RESLICED = 200
"""New passages that are cut out of their texts again before they are published."""


class CatalogWriter:
    """Changes the catalog in one transaction that readers see when it is committed.

    Until then they read the generation before it, and a crash leaves nothing to clean up.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = self.connection = connection
        """Inside the transaction; for whoever looks at the whole of it."""
        self.published: Published = published(connection)
        """What is served until this publication."""
        self._next = self.published.generation + 1
        self._last_passage = _last_passage(connection)

    def vectors(self) -> set[str]:
        """The vectors that passages of this or a kept generation use."""
        return {row[0] for row in self._connection.execute("SELECT DISTINCT vector FROM passages")}

    def count_vectors(self) -> int:
        """How many vectors that are."""
        row = self._connection.execute("SELECT count(DISTINCT vector) FROM passages").fetchone()
        return int(row[0])

    @property
    def deleted_vectors(self) -> int:
        """How many vectors were deleted since they were last compacted."""
        find = "SELECT value FROM meta WHERE key = 'deleted_vectors'"
        row = self._connection.execute(find).fetchone()
        return int(row[0]) if row else 0

    def note_deleted(self, vectors: int) -> None:
        """Count vectors that are deleted next."""
        self._connection.execute(
            "INSERT OR REPLACE INTO meta VALUES ('deleted_vectors', ?)",
            (str(self.deleted_vectors + vectors),),
        )

    def forget_deleted(self) -> None:
        """Count from 0: the vectors were compacted."""
        self._connection.execute("DELETE FROM meta WHERE key = 'deleted_vectors'")

    def count_misplaced(self) -> int:
        """How many of some passages of the next generation are not what stands at their places."""
        (new,) = self._connection.execute(
            "SELECT coalesce(sum(passages), 0) FROM documents WHERE from_generation = ?",
            (self._next,),
        ).fetchone()
        rows = self._connection.execute(
            'SELECT d.text, p.start, p."end", p.text FROM documents d'
            " JOIN passages p ON p.document = d.id WHERE d.from_generation = ? AND p.id % ? = 0",
            (self._next, -(-new // _RESLICED) or 1),
        )
        return sum(whole[start:end] != text for whole, start, end, text in rows)

    def passages_with(self, vectors: Sequence[str]) -> dict[str, Passage]:
        """A passage for each of these vectors."""
        find = (
            f"SELECT {PASSAGE_COLUMNS} FROM passages p JOIN documents d ON d.id = p.document"
            " WHERE p.vector = ? LIMIT 1"
        )
        rows = ((id_, self._connection.execute(find, (id_,)).fetchone()) for id_ in vectors)
        return {id_: passage_from_row(row) for id_, row in rows if row}

    def add(
        self,
        document: Document,
        passages: Sequence[Passage],
        vectors: Sequence[str],
        file: FileState,
    ) -> None:
        """Add a document that the next generation holds, each passage with its vector's id."""
        d = document
        cursor = self._connection.execute(
            "INSERT INTO documents (source, sha256, size, mtime_ns, title, date, origin, named,"
            " collection, text, passages, arrived, from_generation)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(d.source, file.sha256, file.size, file.mtime_ns),
                *(d.title, d.date, d.origin, d.named, d.collection),
                *(d.text, len(passages), self._next, self._next),
            ),
        )
        numbered = list(enumerate(passages, self._last_passage + 1))
        self._last_passage += len(numbered)
        self._connection.executemany(
            'INSERT INTO passages (id, document, ordinal, start, "end", text, heading, page,'
            " sentences, vector) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    *(id_, cursor.lastrowid, p.ordinal, p.start, p.end, p.text, p.heading),
                    *(p.page, pack_sentences(p.sentences, p.start), vector),
                )
                for (id_, p), vector in zip(numbered, vectors, strict=True)
            ),
        )
        self._add_terms(d.title, ((id_, p.heading, p.text) for id_, p in numbered))

    def retire(self, source: str) -> None:
        """Leave a document out of the next generation."""
        row = self._connection.execute(
            "SELECT id FROM documents WHERE source = ? AND to_generation IS NULL", (source,)
        ).fetchone()
        self._retire(row[0])

    @property
    def kept(self) -> int | None:
        """The generation before the published one, if there is a way back to it."""
        row = self._connection.execute(
            "SELECT max(generation) FROM generations WHERE generation < ?",
            (self.published.generation,),
        ).fetchone()
        return None if row[0] is None else int(row[0])

    def kept_vectors(self) -> list[str]:
        """The vectors of the documents that only the kept generation holds."""
        rows = self._connection.execute(
            "SELECT DISTINCT p.vector FROM documents d JOIN passages p ON p.document = d.id"
            " WHERE d.to_generation = ? ORDER BY p.vector",
            (self.published.generation,),
        )
        return [row[0] for row in rows]

    def restore(self, kept: int) -> None:
        """Give the next generation what the kept one holds, and its failures."""
        published = (self.published.generation,)
        newer = self._connection.execute(
            "SELECT id FROM documents WHERE to_generation IS NULL AND from_generation = ?",
            published,
        ).fetchall()
        older = self._connection.execute(
            "SELECT id, title FROM documents WHERE to_generation = ?", published
        ).fetchall()
        for (document,) in newer:
            self._retire(document)
        for document, title in older:
            self._revive(document, title)
        self._connection.execute(
            "INSERT INTO failures"
            " SELECT ?, source, error, collection, runs, sha256, size, mtime_ns, loader"
            " FROM failures WHERE generation = ?",
            (self._next, kept),
        )

    def _retire(self, document: int) -> None:
        self._connection.execute(
            "DELETE FROM passage_terms WHERE rowid IN (SELECT id FROM passages WHERE document = ?)",
            (document,),
        )
        self._connection.execute(
            "UPDATE documents SET to_generation = ? WHERE id = ?", (self._next, document)
        )

    def _revive(self, document: int, title: str) -> None:
        # Moved, not copied: the generation in which it lived before is forgotten in this step, and
        # with the ids of its passages all that is sorted by them comes out as it did then.
        self._connection.execute(
            "UPDATE documents SET from_generation = ?, to_generation = NULL WHERE id = ?",
            (self._next, document),
        )
        self.add_terms(document, title)

    def add_terms(self, document: int, title: str) -> None:
        """Make the full-text index of a document that is stored."""
        passages = self._connection.execute(
            "SELECT id, heading, text FROM passages WHERE document = ? ORDER BY id", (document,)
        ).fetchall()
        self._add_terms(title, passages)

    def _add_terms(self, title: str, passages: Iterable[tuple[int, str | None, str]]) -> None:
        titled = " ".join(terms(title))
        self._connection.executemany(
            "INSERT INTO passage_terms (rowid, title, heading, text) VALUES (?, ?, ?, ?)",
            (
                (id_, titled, " ".join(terms(heading or "")), " ".join(terms(text)))
                for id_, heading, text in passages
            ),
        )

    def touch(self, source: str, file: FileState) -> None:
        """Remember that a file with a new time still has the same content."""
        self._connection.execute(
            "UPDATE documents SET size = ?, mtime_ns = ?"
            " WHERE source = ? AND to_generation IS NULL",
            (file.size, file.mtime_ns, source),
        )

    def set_failures(self, generation: int, failures: Mapping[str, Failure]) -> None:
        """Remember which files could not be read for a generation, and why."""
        self._connection.execute("DELETE FROM failures WHERE generation = ?", (generation,))
        self._connection.executemany(
            "INSERT INTO failures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    *(generation, source, f.error, f.collection, f.runs),
                    *(f.file.sha256, f.file.size, f.file.mtime_ns, f.loader),
                )
                for source, f in failures.items()
            ),
        )

    def view(self) -> CatalogView:
        """What a reader would see if all that has been written were committed now."""
        return CatalogView(self._connection)

    @property
    def checked(self) -> str:
        """Identity of the check that the published generation has passed last; empty if none."""
        row = self._connection.execute("SELECT value FROM meta WHERE key = 'checked'").fetchone()
        return str(row[0]) if row else ""

    def note_checked(self, identity: str) -> None:
        """Remember the check that the next generation has passed."""
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES ('checked', ?)", (identity,))

    def counts(self) -> tuple[int, int]:
        """Documents and passages of the next generation."""
        row: tuple[int, int] = self._connection.execute(
            "SELECT count(*), coalesce(sum(passages), 0) FROM documents WHERE to_generation IS NULL"
        ).fetchone()
        return row

    def publish(self, fingerprint: Fingerprint) -> int:
        """Make the next generation the published one, and forget all but the one before it.

        What was built with another fingerprint is forgotten too: there is no way back to it.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._connection.execute(
            "INSERT INTO generations VALUES (?, ?, ?, ?)", (self._next, now, *self.counts())
        )
        self._connection.execute(
            "INSERT INTO contents SELECT ?, collection, count(*), sum(passages) FROM documents"
            " WHERE to_generation IS NULL GROUP BY collection",
            (self._next,),
        )
        self._connection.execute("INSERT INTO arrivals VALUES (?, ?)", (self._next, now))
        self._connection.execute(
            "INSERT OR REPLACE INTO meta VALUES ('fingerprint', ?)", (fingerprint.text,)
        )
        same = self.published.fingerprint == fingerprint.text
        kept = self._next - 1 if same else self._next
        gone = "SELECT id FROM documents WHERE to_generation <= ?"
        self._connection.execute(f"DELETE FROM passages WHERE document IN ({gone})", (kept,))
        self._connection.execute("DELETE FROM documents WHERE to_generation <= ?", (kept,))
        self._connection.execute("DELETE FROM generations WHERE generation < ?", (kept,))
        self._connection.execute("DELETE FROM contents WHERE generation < ?", (kept,))
        self._connection.execute("DELETE FROM failures WHERE generation < ?", (kept,))
        self._connection.execute(
            "DELETE FROM arrivals WHERE generation NOT IN (SELECT arrived FROM documents)"
        )
        return self._next


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


def _last_passage(connection: sqlite3.Connection) -> int:
    """The highest id ever given; ids are not given again while old snapshots hold them."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'passages'").fetchone()
    return int(row[0]) if row else 0


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
