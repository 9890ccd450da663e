"""The catalog as a run writes it: what the next generation holds, and when it is published."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from retrieval.index.catalog import CatalogView
from retrieval.index.fingerprint import Fingerprint
from retrieval.index.notes import Notes
from retrieval.index.published import Failure, FileState, Published, published
from retrieval.index.rows import PASSAGE_COLUMNS, pack_sentences, passage_from_row
from retrieval.model import Document, Passage
from retrieval.text.terms import terms

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
        self.next = self.published.generation + 1
        """The generation that is written."""
        self.notes = Notes(connection)
        self.forgotten_vectors: list[str] = []
        """Those that nothing uses any more since the publication."""
        self._last_passage = _last_passage(connection)

    def vectors(self) -> set[str]:
        """The vectors that passages of this or a kept generation use."""
        return {row[0] for row in self._connection.execute("SELECT DISTINCT vector FROM passages")}

    def count_vectors(self) -> int:
        """How many vectors that are."""
        row = self._connection.execute("SELECT count(DISTINCT vector) FROM passages").fetchone()
        return int(row[0])

    def used_vectors(self, ids: Iterable[str]) -> set[str]:
        """Which of these vectors passages of this or a kept generation use."""
        find = "SELECT 1 FROM passages WHERE vector = ? LIMIT 1"
        return {id_ for id_ in ids if self._connection.execute(find, (id_,)).fetchone()}

    def count_misplaced(self) -> int:
        """How many of some passages of the next generation are not what stands at their places."""
        (new,) = self._connection.execute(
            "SELECT coalesce(sum(passages), 0) FROM documents WHERE from_generation = ?",
            (self.next,),
        ).fetchone()
        rows = self._connection.execute(
            'SELECT t.text, p.start, p."end", p.text FROM documents d'
            " JOIN texts t ON t.document = d.id JOIN passages p ON p.document = d.id"
            " WHERE d.from_generation = ? AND p.id % ? = 0",
            (self.next, -(-new // _RESLICED) or 1),
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
            " collection, passages, arrived, from_generation)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(d.source, file.sha256, file.size, file.mtime_ns),
                *(d.title, d.date, d.origin, d.named, d.collection),
                *(len(passages), self.next, self.next),
            ),
        )
        self._connection.execute("INSERT INTO texts VALUES (?, ?)", (cursor.lastrowid, d.text))
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
        self.retire_version(row[0])

    def retire_version(self, document: int) -> None:
        """Leave this version of a document out of the next generation."""
        self._connection.execute(
            "DELETE FROM passage_terms WHERE rowid IN (SELECT id FROM passages WHERE document = ?)",
            (document,),
        )
        self._connection.execute(
            "UPDATE documents SET to_generation = ? WHERE id = ?", (self.next, document)
        )

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
            "INSERT INTO contents SELECT ?, collection, count(*), sum(passages) FROM documents"
            " WHERE to_generation IS NULL GROUP BY collection",
            (self.next,),
        )
        self._connection.execute(
            "INSERT INTO generations SELECT ?, ?, coalesce(sum(documents), 0),"
            " coalesce(sum(passages), 0) FROM contents WHERE generation = ?",
            (self.next, now, self.next),
        )
        self._connection.execute("INSERT INTO arrivals VALUES (?, ?)", (self.next, now))
        self.notes.fingerprint = fingerprint.text
        same = self.published.fingerprint == fingerprint.text
        self._forget(self.next - 1 if same else self.next)
        return self.next

    def _forget(self, kept: int) -> None:
        """Forget the generations before the kept one, and what only they hold."""
        gone = "SELECT id FROM documents WHERE to_generation <= ?"
        rows = self._connection.execute(
            f"SELECT DISTINCT vector FROM passages WHERE document IN ({gone})", (kept,)
        ).fetchall()
        for table in ("passages", "texts"):
            self._connection.execute(f"DELETE FROM {table} WHERE document IN ({gone})", (kept,))
        self._connection.execute("DELETE FROM documents WHERE to_generation <= ?", (kept,))
        for table in ("generations", "contents", "failures"):
            self._connection.execute(f"DELETE FROM {table} WHERE generation < ?", (kept,))
        self._connection.execute(
            "DELETE FROM arrivals WHERE NOT EXISTS"
            " (SELECT 1 FROM documents WHERE arrived = arrivals.generation)"
        )
        vectors = {row[0] for row in rows}
        self.forgotten_vectors = sorted(vectors - self.used_vectors(vectors))


def _last_passage(connection: sqlite3.Connection) -> int:
    """The highest id ever given; ids are not given again while old snapshots hold them."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'passages'").fetchone()
    return int(row[0]) if row else 0
