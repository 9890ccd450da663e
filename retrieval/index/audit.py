"""Looks through a whole catalog for what cannot be right, and puts right what it can."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from retrieval.index.rows import PASSAGE_COLUMNS, embedded_text, passage_from_row, vector_id
from retrieval.index.writer import CatalogWriter
from retrieval.model import Passage
from retrieval.text.terms import terms


class CatalogAudit:
    """Checks a catalog inside the transaction of its writer."""

    def __init__(self, catalog: CatalogWriter) -> None:
        self._catalog = catalog
        self._connection: sqlite3.Connection = catalog.connection

    def unsound_parts(self) -> int:
        """How much SQLite itself finds wrong with its file and the full-text index."""
        found = self._connection.execute("PRAGMA integrity_check").fetchall()
        wrong = sum(tuple(row) != ("ok",) for row in found)
        try:
            self._connection.execute(
                "INSERT INTO passage_terms (passage_terms) VALUES ('integrity-check')"
            )
        except sqlite3.DatabaseError:
            wrong += 1
        return wrong

    def wrong_counts(self) -> int:
        """Documents, and the generation, that say a wrong number of passages or documents."""
        (documents,) = self._connection.execute(
            "SELECT count(*) FROM documents d WHERE passages !="
            " (SELECT count(*) FROM passages p WHERE p.document = d.id)"
        ).fetchone()
        said = self._connection.execute(
            "SELECT documents, passages FROM generations ORDER BY generation DESC LIMIT 1"
        ).fetchone()
        return int(documents) + int(said != self._catalog.counts())

    def mend_counts(self) -> None:
        """Count again."""
        self._connection.execute(
            "UPDATE documents SET passages ="
            " (SELECT count(*) FROM passages p WHERE p.document = documents.id)"
        )
        self._connection.execute(
            "UPDATE generations SET documents = ?, passages = ? WHERE generation = ?",
            (*self._catalog.counts(), self._catalog.published.generation),
        )

    def misplaced(self, embedder: str) -> tuple[list[int], list[int]]:
        """Documents, published and kept, with a passage that is not what stands at its place.

        The address of a passage's vector is a hash of its text, and so checks the text itself.
        """
        published: list[int] = []
        kept: list[int] = []
        documents = self._connection.execute(
            "SELECT d.id, t.text, d.collection, d.to_generation IS NULL FROM documents d"
            " JOIN texts t ON t.document = d.id"
        )
        for id_, text, label, lives in documents.fetchall():
            right = (
                _is_in_place(passage, text)
                and vector == vector_id(embedder, embedded_text(passage), label)
                for passage, vector in self._passages(id_)
            )
            if not all(right):
                (published if lives else kept).append(id_)
        return published, kept

    def distrust(self, documents: list[int]) -> None:
        """Have the next run read these documents again."""
        for id_ in documents:
            self._connection.execute(
                "UPDATE documents SET sha256 = '', size = -1, mtime_ns = 0 WHERE id = ?", (id_,)
            )

    def forget_kept(self) -> None:
        """Forget the kept generation: it cannot be restored as it was."""
        gone = "SELECT id FROM documents WHERE to_generation IS NOT NULL"
        for table in ("passages", "texts"):
            self._connection.execute(f"DELETE FROM {table} WHERE document IN ({gone})")
        self._connection.execute("DELETE FROM documents WHERE to_generation IS NOT NULL")
        for table in ("generations", "contents", "failures"):
            self._connection.execute(
                f"DELETE FROM {table} WHERE generation < ?", (self._catalog.published.generation,)
            )

    def wrong_terms(self) -> list[int]:
        """Passages whose terms in the full-text index are missing, of another text, or too many."""
        stored: dict[int, tuple[str, str, str]] = {
            row[0]: row[1:]
            for row in self._connection.execute(
                "SELECT rowid, title, heading, text FROM passage_terms"
            )
        }
        rows = self._connection.execute(
            "SELECT p.id, d.title, p.heading, p.text FROM passages p"
            " JOIN documents d ON d.id = p.document WHERE d.to_generation IS NULL"
        )
        wrong = []
        for id_, *texts in rows:
            if stored.pop(id_, None) != tuple(" ".join(terms(text or "")) for text in texts):
                wrong.append(id_)
        return [*wrong, *stored]

    def mend_terms(self) -> None:
        """Make the full-text index again."""
        self._connection.execute("INSERT INTO passage_terms (passage_terms) VALUES ('rebuild')")
        self._connection.execute("DELETE FROM passage_terms")
        documents = self._connection.execute(
            "SELECT id, title FROM documents WHERE to_generation IS NULL"
        )
        for id_, title in documents.fetchall():
            self._catalog.add_terms(id_, title)

    def _passages(self, document: int) -> Iterator[tuple[Passage, str]]:
        rows = self._connection.execute(
            f"SELECT p.vector, {PASSAGE_COLUMNS} FROM passages p"
            " JOIN documents d ON d.id = p.document WHERE p.document = ?",
            (document,),
        )
        for vector, *row in rows:
            yield passage_from_row(tuple(row)), vector


def _is_in_place(passage: Passage, text: str) -> bool:
    return text[passage.start : passage.end] == passage.text and all(
        passage.start <= sentence.start < sentence.end <= passage.end
        and text[sentence.start : sentence.end] == sentence.text
        for sentence in passage.sentences
    )
