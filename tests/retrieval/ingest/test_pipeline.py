from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval.errors import (
    EmbeddingError,
    IndexBusyError,
    IndexDamagedError,
    OnrecordError,
    StorageFullError,
    UsageError,
)
from retrieval.index import background, exact
from retrieval.index.embeddings import StaticEmbedder
from retrieval.index.fingerprint import fingerprint
from retrieval.index.lock import writing
from retrieval.index.place import Place
from retrieval.index.reader import Index
from retrieval.index.vectors import Vectors as Store
from retrieval.index.writer import CatalogWriter
from retrieval.ingest import pipeline
from retrieval.ingest.pipeline import IndexReport, Progress, index_corpus
from retrieval.model import Document
from tests.retrieval.ingest.home import Home
from tests.retrieval.ingest.small_disk import SmallDisk, small_disk


class Renamed(StaticEmbedder):
    """The same vectors under another identity."""

    name = "other:model"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path)
    made.write("a.txt", "Alpha opened the bridge.")
    made.write("b.txt", "Bravo closed the tunnel.")
    made.write("c/c.md", "# Charlie\n\nCharlie paid 30 dollars.\n")
    return made


def numbers(report: IndexReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.removed, report.unchanged


def test_a_first_run_publishes_everything(home: Home) -> None:
    seen: list[Progress] = []
    report = index_corpus(home.corpus, home.data, embedder=home.embedder, progress=seen.append)
    assert numbers(report) == (3, 0, 0, 0)
    assert (report.generation, report.sources, report.passages, report.failed) == (1, 3, 3, ())
    assert [p.done_files for p in seen] == [1, 2, 3]
    assert seen[-1] == Progress(done_files=3, total_files=3, passages=3, source="c/c.md")
    assert home.served().keys() == {"a.txt", "b.txt", "c/c.md"}


def test_an_unchanged_corpus_embeds_and_publishes_nothing(home: Home) -> None:
    home.index()
    home.embedder.texts = 0
    report = home.index()
    assert numbers(report) == (0, 0, 0, 3)
    assert report.generation == 1
    assert home.embedder.texts == 0


def test_edits_removals_and_new_files_cost_what_changed(home: Home) -> None:
    home.index()
    home.embedder.texts = 0
    home.write("a.txt", "Alpha tore down the bridge.")
    (home.corpus / "b.txt").unlink()
    home.write("d.txt", "Delta counts ships.")
    report = home.index()
    assert numbers(report) == (1, 1, 1, 1)
    assert (report.generation, report.sources, report.passages) == (2, 3, 3)
    assert home.embedder.texts == 2
    assert home.served()["a.txt"] == "Alpha tore d"
    assert home.served().keys() == {"a.txt", "c/c.md", "d.txt"}


def test_a_renamed_document_with_its_own_title_is_not_embedded_again(home: Home) -> None:
    home.index()
    home.embedder.texts = 0
    (home.corpus / "c" / "c.md").rename(home.corpus / "moved.md")
    assert numbers(home.index()) == (1, 0, 1, 2)
    assert home.embedder.texts == 0
    assert home.served().keys() == {"a.txt", "b.txt", "moved.md"}


def test_a_new_time_stamp_alone_changes_nothing(home: Home) -> None:
    home.index()
    home.write("a.txt", "Alpha opened the bridge.", age_s=30)
    assert numbers(home.index()) == (0, 0, 0, 3)
    assert home.index().generation == 1


def test_an_edit_within_the_same_time_stamp_and_size_is_seen(home: Home) -> None:
    home.write("a.txt", "Alpha opened the bridge.", age_s=0)
    stamp = (home.corpus / "a.txt").stat().st_mtime_ns
    home.index()
    (home.corpus / "a.txt").write_text("Omega opened the bridge.", encoding="utf-8")
    os.utime(home.corpus / "a.txt", ns=(stamp, stamp))
    assert home.index().changed == 1


def test_a_dry_run_tells_the_same_and_writes_nothing(home: Home) -> None:
    first = home.index(dry_run=True)
    assert numbers(first) == (3, 0, 0, 0)
    assert first.generation == 0
    assert not home.data.exists()
    home.index()
    home.write("a.txt", "Alpha tore down the bridge.")
    (home.corpus / "b.txt").unlink()
    home.write("e.txt", "")
    told, done = home.index(dry_run=True), home.index()
    assert numbers(told) == numbers(done) == (0, 1, 1, 1)
    assert (told.sources, told.passages, told.failed) == (done.sources, done.passages, done.failed)
    assert told.generation == 1


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_indexed(home: Home) -> None:
    (home.corpus / "bad.txt").write_bytes(b"\xff\xfe\xfa")
    report = home.index()
    assert [file.source for file in report.failed] == ["bad.txt"]
    assert report.sources == 3
    assert "bad.txt" not in home.served()


def test_status_names_what_the_last_run_could_not_read_even_if_it_published_nothing(
    home: Home,
) -> None:
    home.index()
    (home.corpus / "bad.txt").write_bytes(b"\xff\xfe\xfa")
    report = home.index()
    assert report.generation == 1
    with home.snapshot() as snapshot:
        status = snapshot.status()
    assert status.failed == report.failed
    assert (status.generation, status.documents, status.previous) == (1, 3, None)
    (home.corpus / "bad.txt").unlink()
    home.index()
    with home.snapshot() as snapshot:
        assert snapshot.status().failed == ()


def test_each_version_of_a_document_is_dated_by_the_run_that_brought_it_in(home: Home) -> None:
    home.index()
    with home.snapshot() as snapshot:
        first = snapshot.status().published_at
        document = snapshot.document("b.txt")
    assert document is not None
    assert document.indexed_at == first
    assert (document.text, len(document.passages)) == ("Bravo closed the tunnel.", 1)
    home.write("a.txt", "Alpha tore down the bridge.")
    home.index()
    with home.snapshot() as snapshot:
        kept, changed = snapshot.document("b.txt"), snapshot.document("a.txt")
        second = snapshot.status().published_at
        assert snapshot.document("nowhere.txt") is None
    assert kept == document
    assert changed is not None
    assert changed.indexed_at == second


def test_a_document_that_became_unreadable_is_no_longer_quoted(home: Home) -> None:
    home.index()
    home.write("a.txt", "")
    report = home.index()
    assert (report.removed, [file.source for file in report.failed]) == (1, ["a.txt"])
    assert home.served().keys() == {"b.txt", "c/c.md"}


def test_the_generation_before_is_kept_and_older_ones_are_forgotten(home: Home) -> None:
    for n in range(4):
        home.write("a.txt", f"Alpha saw number {n}.")
        home.index()
    assert len(home.vectors()) == 4  # a twice, b, c


def test_an_empty_corpus_is_refused_and_the_old_one_still_served(home: Home) -> None:
    home.index()
    for source in ("a.txt", "b.txt", "c/c.md"):
        (home.corpus / source).unlink()
    for content in (None, ""):
        if content is not None:
            home.write("empty.txt", content)
        with pytest.raises(UsageError, match=str(home.corpus)):
            home.index()
    assert len(home.served()) == 3


def test_a_missing_corpus_folder_is_wrong_use(home: Home, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        index_corpus(tmp_path / "nowhere", home.data, embedder=home.embedder)


def test_a_data_folder_that_is_a_file_is_wrong_use(home: Home) -> None:
    home.data.write_text("not a folder")
    with pytest.raises(UsageError, match="ONRECORD_DATA_DIR"):
        home.index()


def test_another_embedder_builds_everything_anew(home: Home) -> None:
    home.index()
    before = home.vectors()
    with closing(Index.open(home.data, home.embedder)) as serving:
        assert serving.snapshot().generation == 1
        report = index_corpus(home.corpus, home.data, embedder=Renamed())
        with pytest.raises(OnrecordError, match="another embedder"):
            serving.snapshot()
    assert (report.generation, report.changed) == (2, 3)
    with closing(Index.open(home.data, Renamed())) as index:
        assert len(index.snapshot().dense("bridge", 9)) == 3
    home.index()
    assert home.vectors() == before


def test_lost_vectors_are_made_again(home: Home) -> None:
    home.index()
    with closing(Store.create(Place(home.data), fingerprint(home.embedder))) as vectors:
        vectors.delete(sorted(vectors.ids())[:2])
    home.embedder.texts = 0
    assert home.index().unchanged == 3
    assert home.embedder.texts == 2
    assert len(home.served()) == 3


def test_a_vector_is_made_again_also_where_an_orphan_makes_the_count_right(home: Home) -> None:
    home.index()
    with closing(Store.create(Place(home.data), fingerprint(home.embedder))) as vectors:
        vectors.delete(sorted(vectors.ids())[:1])
        vectors.add(["orphan"], home.embedder.embed_documents(["Delta"]))
    home.index()
    assert len(home.served()) == len(home.vectors()) == 3


def test_a_passage_that_is_not_what_stands_at_its_place_is_not_published(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.index()
    home.write("d.txt", "Delta counts ships.")
    added = CatalogWriter.add

    def add_shifted(self: CatalogWriter, document: Document, *rest: Any) -> None:
        added(self, replace(document, text=f" {document.text}"), *rest)

    with monkeypatch.context() as patch:
        patch.setattr(CatalogWriter, "add", add_shifted)
        with pytest.raises(IndexDamagedError, match="1 new passages are not what stands"):
            home.index()
    assert len(home.served()) == 3
    assert home.index().added == 1


LINE = "The meter in building {} was read by the technician on duty; the seal was intact."
CORPORA: dict[str, tuple[Callable[[int], str], int]] = {
    "forms": (lambda n: f"# Meter reading\n\n{LINE.format(n % 200)} It showed {n * 7919}.", 600),
    "copies": (lambda _: f"# Meter reading\n\n{LINE.format(7)}", 600),
    "same words in another order": (lambda n: f"# Reading\n\n{n // 30} and {n % 30}.", 600),
    "words": (lambda n: ("yes", "no", "42", str(n))[n % 4], 600),
    "an unknown script": (lambda n: "กขคงจฉชซ"[n % 8 :] + "ฌญฎฏฐฑฒณ"[n // 75 :], 600),
}


@pytest.mark.parametrize(("text", "count"), CORPORA.values(), ids=CORPORA)
def test_documents_that_are_nearly_the_same_are_all_published(
    home: Home, text: Callable[[int], str], count: int
) -> None:
    for n in range(count):
        home.write(f"forms/{n:04}.md", text(n))
    report = home.index()
    assert (report.added, report.failed) == (count + 3, ())
    with home.snapshot() as snapshot:
        assert len(snapshot.dense(text(3), 50)) == 50
        assert snapshot.dense("Bravo closed the tunnel.", 1)[0][1] > 0.8


def test_a_second_run_at_the_same_time_is_refused(home: Home) -> None:
    home.index()
    with writing(home.data), pytest.raises(IndexBusyError):
        home.index()


STEPS: list[tuple[type, str]] = [
    (Store, "add"),
    (CatalogWriter, "retire"),
    (CatalogWriter, "add"),
    (CatalogWriter, "set_failures"),
    (CatalogWriter, "publish"),
    (CatalogWriter, "count_vectors"),
    (CatalogWriter, "count_misplaced"),
    (Store, "fetch"),
]


@pytest.mark.parametrize(("owner", "step"), STEPS, ids=[step for _, step in STEPS])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_run_that_dies_leaves_the_old_generation_and_the_next_run_clean(
    home: Home, monkeypatch: pytest.MonkeyPatch, owner: type, step: str, when: str
) -> None:
    home.index()
    old = home.served()
    home.write("a.txt", "Alpha tore down the bridge.")
    home.write("d.txt", "Delta counts ships.")
    original: Callable[..., object] = getattr(owner, step)

    def dies(*arguments: object) -> None:
        if when == "after":
            original(*arguments)
        raise SystemError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(owner, step, dies)
        with pytest.raises(SystemError):
            home.index()
    assert home.served() == old
    assert numbers(home.index()) == (1, 1, 0, 2)
    assert home.served()["a.txt"] == "Alpha tore d"
    assert len(home.vectors()) == 5  # a twice, b, c, d: none of the dead run's is left over


def test_vectors_of_a_dead_run_are_not_paid_for_twice(home: Home) -> None:
    home.index()
    home.write("d.txt", "Delta counts ships.")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CatalogWriter, "publish", _die)
        with pytest.raises(SystemError):
            home.index()
    home.embedder.texts = 0
    home.index()
    assert home.embedder.texts == 0


def _die(*_: object) -> None:
    raise SystemError("the power went")


def test_a_failing_embedder_leaves_the_old_generation(home: Home) -> None:
    home.index()
    home.write("d.txt", "Delta counts ships.")
    home.embedder.fails = True
    with pytest.raises(EmbeddingError):
        home.index()
    home.embedder.fails = False
    assert len(home.served()) == 3


RUN = (
    "import sys; from pathlib import Path; from retrieval.ingest import pipeline;"
    "from retrieval.index.embeddings import StaticEmbedder; pipeline._LARGE_BYTES = 0;"
    "pipeline.index_corpus(Path(sys.argv[1]), Path(sys.argv[2]), embedder=StaticEmbedder(),"
    " progress=lambda p: print(p.done_files, flush=True))"
)


def many_files(home: Home, count: int) -> None:
    for n in range(count):
        text = "\n\n".join(f"Report {n} counts {n * i} ships in harbour {i}." for i in range(300))
        home.write(f"report-{n}.txt", text)


def test_vectors_are_added_by_a_second_process(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    many_files(home, 3)
    monkeypatch.setattr(pipeline, "_LARGE_BYTES", 0)
    assert home.index().sources == 6
    with closing(Index.open(home.data, home.embedder)) as serving:
        home.write("d.txt", "Delta counts ships.")
        assert home.index().added == 1
        assert serving.snapshot().searched.documents == 7
        assert serving.snapshot().dense("d\nDelta counts ships.", 1)[0][1] > 0.9
    assert len(home.served()) == 7


def test_an_error_in_the_second_process_arrives(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.index()
    home.write("d.txt", "Delta counts ships.")
    monkeypatch.setattr(pipeline, "_LARGE_BYTES", 0)
    monkeypatch.setattr(background, "module_command", lambda module: ["/bin/false", module])
    with pytest.raises(IndexDamagedError, match="process that adds vectors has ended"):
        home.index()
    monkeypatch.undo()
    assert len(home.served()) == 3
    assert home.index().added == 1


@pytest.mark.parametrize("after_files", [1, 8, 14])
def test_kill_9_in_the_middle_of_a_run(home: Home, after_files: int) -> None:
    home.index()
    old = home.served()
    many_files(home, 15)
    command = [sys.executable, "-c", RUN, str(home.corpus), str(home.data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout
        for line in run.stdout:
            if int(line) >= after_files:
                break
        run.send_signal(signal.SIGKILL)
    assert run.returncode == -signal.SIGKILL
    assert home.served() == old
    assert home.index().added == 15
    assert len(home.served()) == 18


@pytest.mark.parametrize("background", [False, True])
def test_a_full_disk_is_named_and_the_old_generation_served(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, background: bool
) -> None:
    with small_disk(tmp_path / "disk", 3_000_000) as disk:
        _fill(home, disk, monkeypatch, background)


def _fill(home: Home, disk: SmallDisk, monkeypatch: pytest.MonkeyPatch, background: bool) -> None:
    home.data = disk.folder / "data"
    home.index()
    old = home.served()
    many_files(home, 60)
    monkeypatch.setattr(pipeline, "_LARGE_BYTES", 0 if background else 1e9)
    with pytest.raises(StorageFullError, match=r"full.*Make room"):
        home.index()
    assert home.served() == old
    disk.resize()
    assert home.index().added == 60
    assert len(home.served()) == 63


@pytest.mark.parametrize("search_exactly_up_to", [exact.EXACT_NUMBERS, 0])
def test_orphans_in_any_number_put_no_published_passage_out_of_reach(
    home: Home, monkeypatch: pytest.MonkeyPatch, search_exactly_up_to: int
) -> None:
    monkeypatch.setattr(exact, "EXACT_NUMBERS", search_exactly_up_to)
    home.index()
    with closing(Store.create(Place(home.data), fingerprint(home.embedder))) as vectors:
        near_copies = home.embedder.embed_documents(["Delta"]) + 0.001 * noise(3_000)
        vectors.add([f"orphan {n}" for n in range(3_000)], near_copies)
    with closing(Store.open(Place(home.data), fingerprint(home.embedder))) as vectors:
        question = home.embedder.embed_query("Delta counts ships.")
        assert len(vectors.query(question, 3_003)) < 3_003  # Chroma's own search misses some
    assert len(home.served()) == 3


def noise(count: int) -> NDArray[np.float32]:
    rng = np.random.default_rng(7)
    return rng.normal(size=(count, StaticEmbedder().dimension)).astype(np.float32)
