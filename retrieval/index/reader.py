"""The published index: opened once, read through snapshots of one generation each."""

from __future__ import annotations

import logging
import sqlite3
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from retrieval.errors import IndexDamagedError, NoIndexError, StorageFullError, VectorsAwayError
from retrieval.index.catalog import CatalogView
from retrieval.index.database import CATALOG, open_to_read, reporting
from retrieval.index.embeddings import Embedder, Vector
from retrieval.index.exact import Nearest, nearest_of
from retrieval.index.fingerprint import Fingerprint, fingerprint
from retrieval.index.place import Place
from retrieval.index.published import check_fingerprint
from retrieval.index.rows import PlacedHeading, SourceInfo, StoredDocument
from retrieval.index.status import CorpusStatus
from retrieval.index.vectors import Vectors
from retrieval.labels import Permitted
from retrieval.model import Citation, Passage, Searched

logger = logging.getLogger(__name__)

_Identity = tuple[int, int]
"""Device and inode: a file that was deleted and made again is another one."""


class Index:
    """A published index, open for reading; safe to use from several threads.

    Another process may publish at any time: each snapshot is of the newest generation.
    """

    def __init__(
        self, data_dir: Path, embedder: Embedder, expected: Fingerprint, vectors: Vectors
    ) -> None:
        self._path = data_dir / CATALOG
        self._embedder = embedder
        self._expected = expected
        self._vectors = vectors
        self._vectors_generation: int | None = None
        self._nearest: Nearest | None = None
        self._is_away = False
        self._idle: list[sqlite3.Connection] = []
        self._catalog_file = _identity(self._path)
        self._closed = False
        self._lock = RLock()  # a snapshot may be dropped, by the collector, while it is held

    @classmethod
    def open(cls, data_dir: Path, embedder: Embedder, chroma_url: str | None = None) -> Index:
        """Open the published index of `data_dir`; its vectors may be kept by a Chroma server.

        Raises `NoIndexError`, `IndexMismatchError` or `IndexDamagedError`.
        """
        path = data_dir / CATALOG
        expected = fingerprint(embedder)
        with reporting(path):
            connection = open_to_read(path)
            try:
                check_fingerprint(connection, expected)
                CatalogView(connection)
            finally:
                connection.close()
        vectors = Vectors(Place(data_dir, chroma_url), expected, writes=False)
        index = cls(data_dir, embedder, expected, vectors)
        try:
            # Loads the vectors, and shows now rather than in the first question if they are bad.
            index.snapshot().dense("", 1)
        except BaseException:
            index.close()
            raise
        return index

    def snapshot(self, permitted: Permitted = None) -> Snapshot:
        """The newest generation, to be read as a whole; drop it when a question is answered.

        With `permitted`, as one sees it who may see these collections only.
        """
        with self._lock, reporting(self._path):
            self._check_files()
            connection = self._idle.pop() if self._idle else open_to_read(self._path)
            try:
                connection.execute("BEGIN")
                check_fingerprint(connection, self._expected)
                view = CatalogView(connection)
                nearest = self._nearest_of(view)
                view = view.within(permitted)
            except BaseException:
                connection.close()
                raise
        snapshot = Snapshot(view, nearest, self._embedder, self._path)
        weakref.finalize(snapshot, self._release, connection).atexit = False
        return snapshot

    @property
    def place(self) -> Place:
        """Where its vectors are kept."""
        return self._vectors.place

    def count_vectors(self) -> int:
        """How many vectors are kept, those of no published passage included; raises if none can
        be had at the moment."""
        with self._lock:
            self._vectors.reopen()
            return self._vectors.count()

    def close(self) -> None:
        """Let go of files and threads."""
        with self._lock:
            self._closed = True
            while self._idle:
                self._idle.pop().close()
            self._vectors.close()

    def _nearest_of(self, view: CatalogView) -> Nearest | None:
        """How to search a generation by meaning; None while its vectors cannot be opened.

        Their server may be away; or the disk be full, for Chroma writes to it when it is opened.
        """
        another = view.generation != self._vectors_generation or self._vectors.moved
        if self._nearest is None or another:
            try:
                self._vectors.reopen()
                self._nearest = nearest_of(view, self._vectors, self._nearest)
                self._vectors_generation = view.generation
                self._is_away = False
            except (VectorsAwayError, StorageFullError) as error:
                if not self._is_away:  # told once, not with each question
                    logger.warning("search by meaning is not possible: %s", error)
                self._is_away = True
                return None
        return self._nearest

    def _check_files(self) -> None:
        """Notice files that were deleted or replaced under us: open handles still read the old."""
        if self._closed:
            raise NoIndexError("The index is closed.", "Open it again.")
        found = _identity(self._path)
        if found != self._catalog_file:
            while self._idle:
                self._idle.pop().close()
            self._catalog_file = found
            self._nearest = None
        if found is None:
            raise NoIndexError(
                f"The catalog {self._path} was deleted while it was in use.",
                "Run `onrecord index`.",
            )
        if not self._vectors.place.is_there:
            self._nearest = None
            raise IndexDamagedError(
                f"The vectors in {self._vectors.place} were deleted while they were in use.",
                "Run `onrecord index` to make them again.",
            )

    def _release(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            if self._closed or _identity(self._path) != self._catalog_file:
                connection.close()
            else:
                connection.execute("ROLLBACK")
                self._idle.append(connection)


class Snapshot:
    """One generation, whole, whatever is published meanwhile; safe to use from several threads."""

    def __init__(
        self, view: CatalogView, nearest: Nearest | None, embedder: Embedder, path: Path
    ) -> None:
        self._view = view
        self._nearest = nearest
        self._embedder = embedder
        self._path = path
        self._lock = RLock()

    @property
    def generation(self) -> int:
        """Number of the generation."""
        return self._view.generation

    def shows(self, citations: Iterable[Citation]) -> bool:
        """Whether all that was quoted may be shown to whoever this snapshot is for."""
        with self._reading() as view:
            return all(view.shows(c.source, c.collection) for c in citations)

    @property
    def searched(self) -> Searched:
        """How much there is to search, and since when."""
        return self._view.searched

    def lexical(self, terms: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """Passage ids and bm25 scores of the passages that hold any of `terms`, best first."""
        with self._reading() as view:
            return view.words.lexical(terms, limit)

    def dense(self, text: str, limit: int) -> list[tuple[int, float]]:
        """Passage ids and cosines of the passages nearest to `text`, nearest first."""
        among = self._view.among
        nowhere = among is not None and not among.seen
        if limit < 1 or nowhere or self._nearest is None:
            return []
        vector = self._embedder.embed_query(text)
        try:
            return self._dense(self._nearest, vector, limit)
        except VectorsAwayError as error:
            logger.warning("search by meaning is not possible: %s", error)
            self._nearest = None
            return []

    @property
    def by_words_only(self) -> bool:
        """Whether search by meaning finds nothing, as the vectors are out of reach."""
        return self._nearest is None

    def _dense(self, vectors: Nearest, vector: Vector, limit: int) -> list[tuple[int, float]]:
        depth = limit
        while True:
            # Vectors of the generation before this one, or of none, take places and are dropped.
            nearest = vectors.query(vector, depth, self._view.among)
            with self._reading() as view:
                published = view.with_vectors([id_ for id_, _ in nearest])
            found = [(id_, cosine) for v, cosine in nearest for id_ in published.get(v, ())]
            if len(found) >= limit or len(nearest) < depth:
                return found[:limit]
            depth *= 2

    def passages(self, ids: Sequence[int]) -> list[Passage]:
        """The passages with these ids, in the same order."""
        with self._reading() as view:
            return view.passages(ids)

    def neighbours(self, passage_id: int, before: int, after: int) -> list[Passage]:
        """The passages around one, of the same document and in order, without itself."""
        with self._reading() as view:
            return view.neighbours(passage_id, before, after)

    def document_frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """In how many passages each term stands, in title, heading or text."""
        with self._reading() as view:
            return view.words.document_frequencies(terms)

    def quote(self, source: str, start: int, end: int) -> str:
        """The document's text from `start` to `end`; `LookupError` if it has no such place."""
        with self._reading() as view:
            return view.quote(source, start, end)

    def sources(self) -> list[SourceInfo]:
        """The published documents, by source."""
        with self._reading() as view:
            return view.sources()

    def titled(self, title: str, limit: int) -> list[str]:
        """Sources of the published documents with this title."""
        with self._reading() as view:
            return view.titled(title, limit)

    def lives_since(self, source: str) -> int | None:
        """The generation from which on a document stands as it is; None if it is not published."""
        with self._reading() as view:
            return view.lives_since(source)

    def document(self, source: str) -> StoredDocument | None:
        """A published document with all its passages; None if there is none of that name."""
        with self._reading() as view:
            return view.document(source)

    def headings(self, limit: int) -> list[PlacedHeading]:
        """Headings in order of their documents, those that are questions first."""
        with self._reading() as view:
            return view.headings(limit)

    def status(self) -> CorpusStatus:
        """What is published, as a whole."""
        with self._reading() as view:
            return view.status()

    @contextmanager
    def _reading(self) -> Iterator[CatalogView]:
        with self._lock, reporting(self._path):
            yield self._view


def _identity(path: Path) -> _Identity | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
