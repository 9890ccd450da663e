"""The catalog as its readers see it: one published generation, whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from copy import copy

from retrieval.errors import NoIndexError
from retrieval.index.rows import (
    PASSAGE_COLUMNS,
    PlacedHeading,
    SourceInfo,
    StoredDocument,
    passage_from_row,
)
from retrieval.index.status import CorpusStatus, FailedFile
from retrieval.index.values import batches, marks
from retrieval.index.words import Words
from retrieval.labels import Among, Permitted, is_open
from retrieval.model import Passage, Searched
from retrieval.text.encodable import encodable


class CatalogView:
    """Reads one generation through a connection that is inside a read transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        row = connection.execute(
            "SELECT generation, published_at, documents, passages FROM generations "
            "ORDER BY generation DESC LIMIT 1"
        ).fetchone()
        if row is None:
            raise NoIndexError("Nothing is published yet.", "Run `onrecord index`.")
        self.generation: int = row[0]
        self.searched = Searched(documents=row[2], passages=row[3], indexed_at=row[1])
        self._whole = self.searched
        self.among: Among | None = None
        """Of which collections it shows the documents; None where of all."""
        self._permitted: Permitted = None
        self._only = ""
        self._labels: list[str] = []

    def within(self, permitted: Permitted) -> CatalogView:
        """The same generation as one sees it who may see these collections only.

        Everything that it tells, counts included, is as if there were no other documents; only the
        order in which lexical search finds passages weighs words by how common they are in all.
        """
        if permitted is None:
            return self
        rows = self._connection.execute(
            "SELECT collection, documents, passages FROM contents WHERE generation = ?",
            (self.generation,),
        ).fetchall()
        seen = frozenset(label for label, *_ in rows if is_open(label, permitted))
        hidden = frozenset(label for label, *_ in rows) - seen
        view = copy(self)
        view._permitted = permitted
        if not hidden:
            return view
        view.among = Among(seen, hidden)
        view._labels = sorted(seen)
        view._only = f" AND d.collection IN ({marks(view._labels)})"
        view.searched = Searched(
            documents=sum(documents for label, documents, _ in rows if label in seen),
            passages=sum(passages for label, _, passages in rows if label in seen),
            indexed_at=self.searched.indexed_at,
        )
        return view

    def shows(self, source: str, collection: str) -> bool:
        """Whether what was quoted from a document may be shown here.

        The collections count that the document was in when it was quoted, and those it is in now.
        """
        if self._permitted is None or not is_open(collection, self._permitted):
            return self._permitted is None
        row = self._connection.execute(
            "SELECT collection FROM documents WHERE source = ? AND to_generation IS NULL",
            (encodable(source),),
        ).fetchone()
        return row is None or is_open(row[0], self._permitted)

    @property
    def words(self) -> Words:
        """Lexical search in what it shows."""
        whole = self._whole.passages
        share = self.searched.passages / whole if whole else 0.0
        return Words(self._connection, self._only, self._labels, share)

    def vectors(self) -> list[str]:
        """The vectors of the published passages, by id."""
        rows = self._connection.execute(
            "SELECT DISTINCT p.vector FROM passages p JOIN documents d ON d.id = p.document "
            "WHERE d.to_generation IS NULL ORDER BY p.vector"
        )
        return [row[0] for row in rows]

    def with_vectors(self, vectors: Sequence[str]) -> dict[str, list[int]]:
        """The published passages of each vector; identical texts share one vector."""
        found: dict[str, list[int]] = {}
        for batch in batches(vectors):
            rows = self._connection.execute(
                "SELECT p.vector, p.id FROM passages p JOIN documents d ON d.id = p.document "
                f"WHERE p.vector IN ({marks(batch)}) AND d.to_generation IS NULL{self._only} "
                "ORDER BY p.id",
                (*batch, *self._labels),
            )
            for vector, id_ in rows:
                found.setdefault(vector, []).append(id_)
        return found

    def passages(self, ids: Sequence[int]) -> list[Passage]:
        """The passages with these ids, in the same order."""
        found: dict[int, Passage] = {}
        for batch in batches(ids):
            rows = self._connection.execute(
                f"SELECT p.id, {PASSAGE_COLUMNS} FROM passages p "
                "JOIN documents d ON d.id = p.document "
                f"WHERE p.id IN ({marks(batch)}){self._only}",
                (*batch, *self._labels),
            )
            found.update((id_, passage_from_row(tuple(row))) for id_, *row in rows)
        return [found[id_] for id_ in ids]

    def neighbours(self, passage_id: int, before: int, after: int) -> list[Passage]:
        """The passages around one, of the same document and in order, without itself."""
        rows = self._connection.execute(
            f"SELECT {PASSAGE_COLUMNS} FROM passages here "
            "JOIN passages p ON p.document = here.document "
            "AND p.ordinal BETWEEN here.ordinal - ? AND here.ordinal + ? "
            "AND p.ordinal != here.ordinal JOIN documents d ON d.id = p.document "
            f"WHERE here.id = ?{self._only} ORDER BY p.ordinal",
            (before, after, passage_id, *self._labels),
        )
        return [passage_from_row(row) for row in rows]

    def quote(self, source: str, start: int, end: int) -> str:
        """The document's text from `start` to `end`; `LookupError` if it has no such place."""
        row = self._connection.execute(
            "SELECT t.text FROM documents d JOIN texts t ON t.document = d.id "
            f"WHERE d.source = ? AND d.to_generation IS NULL{self._only}",
            (encodable(source), *self._labels),
        ).fetchone()
        if row is None:
            raise LookupError(f"{source} is not among the published documents")
        text: str = row[0]
        if not 0 <= start < end <= len(text):
            raise LookupError(f"{source} has no characters {start} to {end}: it has {len(text)}")
        return text[start:end]

    def sources(self) -> list[SourceInfo]:
        """The published documents, by source."""
        rows = self._connection.execute(
            "SELECT d.source, d.title, d.date, d.origin, d.passages FROM documents d "
            f"WHERE d.to_generation IS NULL{self._only} ORDER BY d.source",
            self._labels,
        )
        return [SourceInfo(*row) for row in rows]

    def titled(self, title: str, limit: int) -> list[str]:
        """Sources of the published documents with this title."""
        rows = self._connection.execute(
            "SELECT d.source FROM documents d "
            f"WHERE d.title = ? AND d.to_generation IS NULL{self._only} ORDER BY d.source LIMIT ?",
            (encodable(title), *self._labels, limit),
        )
        return [row[0] for row in rows]

    def lives_since(self, source: str) -> int | None:
        """The generation from which on a document stands as it is; None if it is not published."""
        row = self._connection.execute(
            "SELECT d.from_generation FROM documents d "
            f"WHERE d.source = ? AND d.to_generation IS NULL{self._only}",
            (encodable(source), *self._labels),
        ).fetchone()
        return None if row is None else int(row[0])

    def document(self, source: str) -> StoredDocument | None:
        """A published document with all its passages; None if there is none of that name."""
        row = self._connection.execute(
            "SELECT d.id, t.text, a.published_at FROM documents d "
            "JOIN texts t ON t.document = d.id JOIN arrivals a ON a.generation = d.arrived "
            f"WHERE d.source = ? AND d.to_generation IS NULL{self._only}",
            (encodable(source), *self._labels),
        ).fetchone()
        if row is None:
            return None
        passages = self._connection.execute(
            f"SELECT {PASSAGE_COLUMNS} FROM passages p JOIN documents d ON d.id = p.document "
            "WHERE p.document = ? ORDER BY p.ordinal",
            row[:1],
        )
        return StoredDocument(row[1], row[2], tuple(map(passage_from_row, passages)))

    def headings(self, limit: int) -> list[PlacedHeading]:
        """Headings in order of their documents, those that are questions first."""
        rows = self._connection.execute(
            "SELECT d.source, d.title, p.heading FROM documents d "
            f"JOIN passages p ON p.document = d.id WHERE d.to_generation IS NULL{self._only} "
            "GROUP BY d.id, p.heading "
            "ORDER BY coalesce(p.heading LIKE '%?', 0) DESC, d.source, min(p.ordinal) LIMIT ?",
            (*self._labels, limit),
        )
        return [PlacedHeading(*row) for row in rows]

    def status(self) -> CorpusStatus:
        """What is published, as a whole."""
        failed = self._connection.execute(
            "SELECT source, error, collection, runs FROM failures WHERE generation = ? "
            "ORDER BY source",
            (self.generation,),
        ).fetchall()
        previous = self._connection.execute(
            "SELECT max(generation) FROM generations WHERE generation < ?", (self.generation,)
        ).fetchone()[0]
        return CorpusStatus(
            generation=self.generation,
            published_at=self.searched.indexed_at,
            documents=self.searched.documents,
            passages=self.searched.passages,
            sources=tuple(self.sources()),
            failed=tuple(FailedFile(*row) for row in failed if is_open(row[2], self._permitted)),
            previous=previous,
        )
