"""Vectors, kept in Chroma: the only module that speaks to it.

Vectors are content-addressed (an id is a hash of what was embedded and by what), added and later
deleted, never overwritten. What is published is for the catalog to say: a vector that the catalog
does not know can be found here, but never cited.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from time import monotonic
from typing import TYPE_CHECKING, cast

import numpy as np
from chromadb.errors import NotFoundError
from filelock import FileLock

from retrieval.errors import (
    IndexDamagedError,
    IndexMismatchError,
    OnrecordError,
    StorageFullError,
    VectorsAwayError,
)
from retrieval.index.client import close_client, open_client, translated
from retrieval.index.fingerprint import Fingerprint
from retrieval.index.marks import condition, marks
from retrieval.index.place import Edition, Place
from retrieval.index.seal import Seal
from retrieval.labels import Among

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection
    from chromadb.api.types import Metadata, PyEmbeddings, QueryResult, Where

    from retrieval.index.embeddings import Vector
    from retrieval.index.embeddings import Vectors as Rows

logger = logging.getLogger(__name__)

_PATIENCE_S = 30.0
"""How long to wait for the writer of a run that was killed: it ends with its last batch."""

AWAY_S = 10.0
"""How long a server that failed, or a full disk, is not tried again by those who read: questions
are not to wait for it one by one."""

BATCH = 5_000
"""Vectors an insertion; Chroma takes at most 5,461, and small batches cost up to half the rate."""


class Vectors:
    """The vectors of one embedder; safe to use from several threads."""

    def __init__(self, place: Place, fingerprint: Fingerprint, *, writes: bool) -> None:
        self.place = place
        self._writes = writes
        self._fingerprint = fingerprint
        self._lock = RLock()
        # Held as long as the files are open for writing, by whichever process of a run has them:
        # two writers at once lose vectors, and the second process may outlive a killed first one.
        self._file_lock = FileLock(place.lock_file, thread_local=False)
        self._client: Client | None = None
        self._collection: Collection | None = None
        self._edition: Edition | None = None
        self._seal: Seal | None = None
        self.compared_with: int | None = None
        """When they were opened to write, they were the vectors of this generation and no others:
        it was noted then, and nobody has opened them to write since."""
        self._noted: int | None = None
        self._away: tuple[OnrecordError, float] | None = None

    @classmethod
    def open(cls, place: Place, fingerprint: Fingerprint) -> Vectors:
        """Open existing vectors to read them; raises if they are not there or are others."""
        vectors = cls(place, fingerprint, writes=False)
        vectors.reopen()
        return vectors

    @classmethod
    def create(
        cls, place: Place, fingerprint: Fingerprint, edition: Edition | None = None
    ) -> Vectors:
        """Open vectors to write them; begins an empty collection where there is none.

        `edition` is one that is not in use yet; None means the one that is.
        """
        vectors = cls(place, fingerprint, writes=True)
        try:
            with vectors._lock, vectors._reporting():
                vectors._edition = edition or place.edition_to_write()
                client = vectors._connect()
                vectors.compared_with = place.take_compared(vectors._name)
                vectors._collection = vectors._begun(client)
                vectors._compare()
        except BaseException:
            vectors.close()
            raise
        return vectors

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return self._fingerprint.dimension

    def reopen(self) -> None:
        """See what another process has written since; an open client never does by itself."""
        with self._lock, self._reporting():
            self._disconnect()
            self._edition = self.place.edition()
            if not self.place.is_there:
                raise IndexDamagedError(
                    f"The vectors in {self.place} are gone.",
                    "Run `onrecord index` to make them again.",
                )
            client = self._connect()
            try:
                self._collection = client.get_collection(self._name, embedding_function=None)
                self._compare()
                return
            except NotFoundError as error:
                if not self.moved:
                    raise IndexMismatchError(
                        f"The vectors of the index are not in {self.place}, or were made by "
                        "another embedder.",
                        "Run `onrecord index` to build the index anew.",
                    ) from error
        self.reopen()  # they were compacted meanwhile

    def add(self, ids: Sequence[str], rows: Rows) -> None:
        """Add vectors; one that is there already stays as it is."""
        self._noted = None
        with self._lock, self._reporting():
            for start in range(0, len(ids), BATCH):
                end = start + BATCH
                batch: PyEmbeddings = list(rows[start:end])
                self._open.add(
                    ids=list(ids[start:end]),
                    embeddings=batch,
                    # Chroma takes None for a vector without a mark.
                    metadatas=cast("list[Metadata] | None", marks(ids[start:end])),
                )

    def query(
        self, vector: Vector, limit: int, among: Among | None = None
    ) -> list[tuple[str, float]]:
        """The nearest vectors, of all or of some collections, with cosines, nearest first."""
        return self.query_many(vector[np.newaxis, :], limit, among)[0]

    def query_many(
        self, rows: Rows, limit: int, among: Among | None = None
    ) -> list[list[tuple[str, float]]]:
        """As `query`, for several vectors at once."""
        try:
            found = self._asked(rows, limit, among)
        except OnrecordError:
            if not self.moved:
                raise
            self.reopen()  # they were compacted meanwhile
            found = self._asked(rows, limit, among)
        distances = found["distances"] or []
        return [
            [(id_, 1.0 - distance) for id_, distance in zip(ids, row, strict=True)]
            for ids, row in zip(found["ids"], distances, strict=True)
        ]

    def _asked(self, rows: Rows, limit: int, among: Among | None) -> QueryResult:
        with self._lock, self._reporting():
            return self._open.query(
                query_embeddings=list(rows),
                n_results=limit,
                include=["distances"],
                where=cast("Where", condition(among)) if among else None,
            )

    def delete(self, ids: Sequence[str]) -> None:
        """Delete vectors; unknown ids are passed over."""
        self._noted = None
        with self._lock, self._reporting():
            for start in range(0, len(ids), BATCH):
                self._open.delete(ids=list(ids[start : start + BATCH]))

    def missing(self, ids: Sequence[str]) -> set[str]:
        """Which of `ids` have no vector."""
        absent = set(ids)
        with self._lock, self._reporting():
            for start in range(0, len(ids), BATCH):
                found = self._open.get(ids=list(ids[start : start + BATCH]), include=[])
                absent.difference_update(found["ids"])
        return absent

    def fetch(self, ids: Sequence[str]) -> dict[str, Vector]:
        """The vectors with these ids, as they are stored for searching; raises if one is lost."""
        if not ids:
            return {}
        with self._lock, self._reporting():
            found = self._open.get(ids=list(ids), include=["embeddings"])
        rows = np.asarray(found["embeddings"], dtype=np.float32)
        return dict(zip(found["ids"], rows, strict=True))

    def ids(self) -> set[str]:
        """Every id there is."""
        with self._lock, self._reporting():
            return set(self._open.get(include=[])["ids"])

    def count(self) -> int:
        """How many vectors there are."""
        with self._lock, self._reporting():
            return self._open.count()

    def drop_others(self) -> None:
        """Delete the vectors of embedders, and the editions, that are no longer used."""
        with self._lock, self._reporting():
            client, prefix = self._connect(), self._in_use.prefix
            for collection in client.list_collections():
                if collection.name != self._name and collection.name.startswith(prefix):
                    client.delete_collection(collection.name)
            if self.place.url is None:
                for path in self.place.folder.iterdir():
                    if path != self._files and path.is_dir():
                        shutil.rmtree(path)

    def note_compared(self, generation: int) -> None:
        """Note, once they are closed, that they are the vectors of this generation, one by one."""
        self._noted = generation

    def close(self) -> None:
        """Let go of files and threads."""
        with self._lock:
            self._disconnect()

    @property
    def moved(self) -> bool:
        """Whether another edition has come into use since these were opened."""
        return self.place.edition() != self._edition

    @property
    def _files(self) -> Path:
        return self.place.files(self._in_use)

    @property
    def _in_use(self) -> Edition:
        assert self._edition  # since they were opened
        return self._edition

    @property
    def _name(self) -> str:
        return self._in_use.collection(self._fingerprint.vectors)

    @property
    def _stored_fingerprint(self) -> str:
        fingerprint = self._fingerprint
        return f"{fingerprint.embedder} {fingerprint.dimension} {fingerprint.space}"

    @property
    def _open(self) -> Collection:
        if self._collection is None:
            raise IndexDamagedError("The vectors are closed.", "Open the index again.")
        return self._collection

    def _compare(self) -> None:
        """Compare what was found: Chroma silently keeps an existing collection's settings."""
        collection = self._open
        stored = (collection.metadata or {}).get("fingerprint")
        hnsw = collection.configuration.get("hnsw") or {}
        if stored != self._stored_fingerprint or hnsw.get("space") != self._fingerprint.space:
            raise IndexMismatchError(
                f"The vectors in {self.place} are not what their name says.",
                "Run `onrecord verify --repair`: they are made again.",
            )

    def _connect(self) -> Client:
        if self._client is None:
            if self._writes:
                self._file_lock.acquire(timeout=_PATIENCE_S)
            if self.place.url is None:
                self._seal = Seal(self._files)
                self._seal.check()
                if self._writes:
                    self._seal.break_()
            self._client = open_client(self.place, self._in_use, writes=self._writes)
        return self._client

    def _begun(self, client: Client) -> Collection:
        return client.get_or_create_collection(
            self._name,
            embedding_function=None,
            # The recall of an approximate search is bought at query time: on 18,510 passages
            # .94 of the exact first 30 are found at 100 (Chroma's default) and .98 at 300, for
            # half a millisecond. Building more carefully would slow down every insertion.
            configuration={"hnsw": {"space": "cosine", "ef_search": 300, "num_threads": 1}},
            metadata={"fingerprint": self._stored_fingerprint},
        )

    def _disconnect(self) -> None:
        client, self._client, self._collection = self._client, None, None
        if client is not None:
            close_client(client)
            if self._writes and self._seal:
                self._seal.make()
            if self._noted is not None:
                self.place.note_compared(self._name, self._noted)
        self._file_lock.release()

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        """Turn whatever Chroma raises into what happened and what to do."""
        if self._away and not self._writes and monotonic() < self._away[1] + AWAY_S:
            raise self._away[0]
        try:
            yield
            self._away = None
        except (OnrecordError, KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:  # a panic in its Rust part is no Exception
            logger.debug("chroma failed", exc_info=True)
            meant = translated(error, self.place)
            if isinstance(meant, VectorsAwayError | StorageFullError):
                self._away = meant, monotonic()
            raise meant from error
