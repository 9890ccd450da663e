"""The indexing run: from a corpus folder to a published generation.

Find what changed, load, split, embed what is new, add vectors, check that they are found, publish.
A crash at any point leaves the old generation served and the next run clean.
"""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from retrieval.errors import IndexMismatchError, NoIndexError, UsageError
from retrieval.index.database import CATALOG, open_to_read, reporting
from retrieval.index.embeddings import Embedder
from retrieval.index.fingerprint import Fingerprint, fingerprint
from retrieval.index.lock import writing
from retrieval.index.place import Place
from retrieval.index.published import Published, check_schema, labels, published
from retrieval.index.run import RunRecord, Start
from retrieval.index.status import FailedFile as FailedFile
from retrieval.index.transaction import writing_catalog
from retrieval.index.unpublished import Unpublished
from retrieval.index.vectors import Vectors
from retrieval.index.writer import CatalogWriter
from retrieval.ingest.changes import Comparison, Finding
from retrieval.ingest.compact import compact_after_run, is_wasteful
from retrieval.ingest.files import CorpusListing, find_files
from retrieval.ingest.loader import Loader
from retrieval.ingest.options import RunOptions as RunOptions
from retrieval.ingest.places import NO_FOLDERS, Folders
from retrieval.ingest.removals import refuse, too_many
from retrieval.ingest.report import IndexReport as IndexReport
from retrieval.ingest.report import Progress as Progress
from retrieval.ingest.report import Tally
from retrieval.ingest.store import Store
from retrieval.labels import MAIN

_LARGE_BYTES = 2_000_000
"""From here on a second process pays for its start of a second or two."""

_UNWATCHED = RunOptions()

Read = TypeVar("Read")
OnProgress = Callable[[Progress], None]


def index_corpus(
    corpus_dir: Path,
    data_dir: Path,
    *,
    embedder: Embedder,
    chroma_url: str | None = None,
    dry_run: bool = False,
    progress: OnProgress | None = None,
    options: RunOptions = _UNWATCHED,
    collections: Folders | None = None,
    start: Start | None = None,
    check: Check | None = None,
) -> IndexReport:
    """Bring the index in `data_dir` up to date with the documents in `corpus_dir`.

    `collections` are the folders of the collections by name; None where none are defined. The
    vectors are kept in `data_dir`, too, or by the Chroma server at `chroma_url`. While it runs,
    `running` tells everybody of `start` and of the progress.

    A file that cannot be read, or not within limits of time and memory, is named in the report and
    not served. Whatever else goes wrong is raised, and what was published before stays published;
    `TooManyRemovedError` is raised by a run that would remove more than `options` let it, and
    whatever `check` raises by one whose generation does not pass it.
    """
    folders = NO_FOLDERS if collections is None else collections
    if collections is None:
        _refuse_to_open(_read(data_dir, labels) or ())
    listing = find_files(corpus_dir, folders)
    if not listing.files and not listing.failures:
        raise _empty(corpus_dir, "holds no document that can be indexed")
    expected = fingerprint(embedder)
    if dry_run:
        with Loader(options.read_timeout_s) as loader:
            before = _read(data_dir, published) or Published(0, None, {})
            run = _Run(listing, before, expected, loader, folders, options, progress)
            for _ in run.findings():
                pass
        return run.tally.report(before.generation, removes_too_many=run.removes_too_many)
    _make_folder(data_dir)
    place = Place(data_dir, chroma_url)
    with writing(data_dir, start) as record:
        with ExitStack() as opened:
            with writing_catalog(data_dir) as catalog:
                before = catalog.published
                noted = _noted(record, progress)
                with _seldom_collecting(), Loader(options.read_timeout_s) as loader:
                    run = _Run(listing, before, expected, loader, folders, options, noted)
                    if run.tally.bytes_to_read:
                        loader.start()  # its process begins while Chroma is opened
                    vectors = opened.enter_context(closing(Vectors.create(place, expected)))
                    store = Store(catalog, vectors, embedder)
                    large = run.tally.bytes_to_read > _LARGE_BYTES
                    with store.in_background(expected) if large else nullcontext():
                        _take_all(run, store)
                _refuse_to_publish(run, before, corpus_dir)
                generation = _publish(catalog, run.tally, expected)
                orphans = store.finish()
                if check is not None and _is_to_check(check, catalog, generation):
                    check.run(Unpublished(catalog, vectors, embedder, data_dir))
                    catalog.notes.checked = check.identity
                wasteful = is_wasteful(catalog)
            vectors.delete(orphans)
            vectors.drop_others()
            vectors.note_compared(generation)
        if wasteful:
            compact_after_run(place, expected)
    return run.tally.report(generation)


@dataclass(frozen=True, slots=True)
class Check:
    """Looks at a generation before anybody else can, and raises what keeps it from them."""

    run: Callable[[Unpublished], None]
    identity: str
    """Of what is looked for: a generation that has passed is not looked at again for the same."""


def _is_to_check(check: Check, catalog: CatalogWriter, generation: int) -> bool:
    is_new = generation != catalog.published.generation
    return is_new or catalog.notes.checked != check.identity


def _refuse_to_publish(run: _Run, before: Published, corpus_dir: Path) -> None:
    if not run.tally.sources:
        _, failure = min(run.tally.failures.items())
        raise _empty(corpus_dir, f"holds no readable document: {failure.error}")
    if run.removes_too_many:
        raise refuse(len(run.tally.changes().removed), len(before.files))


class _Run:
    """The comparison of a corpus with what is published, counted as it goes."""

    def __init__(
        self,
        listing: CorpusListing,
        before: Published,
        expected: Fingerprint,
        loader: Loader,
        folders: Folders,
        options: RunOptions,
        progress: OnProgress | None,
    ) -> None:
        self._before = before
        self._options = options
        self._comparison = Comparison(
            before,
            loader,
            collections=folders,
            rebuild=_differs(before, expected),
            retry_failed=options.retry_failed,
        )
        self.tally = Tally(listing, before, self._comparison, progress)

    def findings(self) -> Iterator[Finding]:
        """What each file is to the next generation that is not as it was published."""
        for finding in self._comparison.findings(self.tally.suspects):
            yield finding
            self.tally.count(finding)

    @property
    def removes_too_many(self) -> bool:
        """Whether more documents are gone, when all files were counted, than may be."""
        removed, published = len(self.tally.changes().removed), len(self._before.files)
        is_allowed = removed <= self._options.allow_removals
        return not is_allowed and too_many(removed, published, self._options.most_removed)


def _take_all(run: _Run, store: Store) -> None:
    for finding in run.findings():
        store.take(finding)
    store.flush()
    for source in run.tally.gone:
        store.remove(source)


def _noted(record: RunRecord, progress: OnProgress | None) -> OnProgress:
    def note(reached: Progress) -> None:
        record.note(reached)
        if progress is not None:
            progress(reached)

    return note


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Look for garbage less often: a run makes millions of objects, and hardly a cycle.

    Looking cost 14% of a run over 20,000 passages; it is put back as it was afterwards.
    """
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _publish(catalog: CatalogWriter, tally: Tally, expected: Fingerprint) -> int:
    differs = tally.differs or _differs(catalog.published, expected)
    generation = catalog.publish(expected) if differs else catalog.published.generation
    catalog.set_failures(generation, tally.failures)
    return generation


def _read(data_dir: Path, what: Callable[[sqlite3.Connection], Read]) -> Read | None:
    """Something of the published catalog; None where none can be read."""
    path = data_dir / CATALOG
    with reporting(path):
        try:
            connection = open_to_read(path)
        except NoIndexError:
            return None
        with closing(connection):
            try:
                check_schema(connection)
            except (NoIndexError, IndexMismatchError):
                return None
            return what(connection)


def _refuse_to_open(before: Iterable[str]) -> None:
    """A lost setting must not open to everybody what was for few."""
    closed = sorted({*before} - {MAIN})
    if closed:
        raise UsageError(
            f"The index holds the collections {', '.join(closed)}, and no collections file is set.",
            "Set ONRECORD_COLLECTIONS; to show every document to everybody from now on, name an "
            "empty file there.",
        )


def _differs(before: Published, expected: Fingerprint) -> bool:
    return before.fingerprint != expected.text


def _make_folder(data_dir: Path) -> None:
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"The data folder {data_dir} cannot be made: {error.strerror}.",
            "Set ONRECORD_DATA_DIR to a folder that can be written.",
        ) from error


def _empty(corpus_dir: Path, what: str) -> UsageError:
    return UsageError(
        f"The corpus folder {corpus_dir} {what}.",
        "Put documents there (.txt, .md, .html, .pdf or .docx), or set ONRECORD_CORPUS_DIR to "
        "the folder that holds yours. What was published before is still served.",
    )
