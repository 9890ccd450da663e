"""Index runs in a process of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.reindex import index_beside, preview_beside
from bot.settings import Settings, load_settings
from retrieval.errors import (
    IndexBusyError,
    OnrecordError,
    RunCancelledError,
    TooManyRemovedError,
)
from retrieval.index.lock import writing
from retrieval.index.run import CANCEL_FILE, Start, cancel, running
from retrieval.ingest.report import Changes, Progress

ROOT = Path(__file__).parents[2]


@pytest.fixture
def settings(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (empty_folder / "corpus").mkdir()
    (empty_folder / "corpus" / "bridge.md").write_text("# Bridge\n\nThe bridge opened in 1932.\n")
    return load_settings()


def nobody(progress: Progress) -> None:
    pass


def test_a_run_reports_as_if_it_were_here(settings: Settings) -> None:
    reached: list[Progress] = []

    report = index_beside(settings, reached.append, Start("the test"))

    assert (report.generation, report.sources, report.added) == (1, 1, 1)
    assert [progress.source for progress in reached] == ["bridge.md"]


def test_files_that_fail_are_named(settings: Settings) -> None:
    (settings.corpus_dir / "broken.pdf").write_bytes(b"%PDF-1.4 broken")

    report = index_beside(settings, nobody, Start("the test"))

    (failed,) = report.failed
    assert failed.source == "broken.pdf"
    assert failed.error


def test_what_goes_wrong_there_is_told_here(settings: Settings) -> None:
    (settings.corpus_dir / "bridge.md").unlink()

    with pytest.raises(OnrecordError, match="holds no document") as caught:
        index_beside(settings, nobody, Start("the test"))
    assert caught.value.remedy


def test_a_preview_names_what_a_run_would_change_and_changes_nothing(settings: Settings) -> None:
    assert preview_beside(settings).changes == Changes(added=("bridge.md",))
    assert not settings.data_dir.exists()


def test_most_documents_are_removed_only_when_that_is_allowed(settings: Settings) -> None:
    for n in range(3):
        (settings.corpus_dir / f"{n}.md").write_text(f"# Bridge {n}\n\nIt opened in 193{n}.\n")
    index_beside(settings, nobody, Start("the test"))
    for n in range(3):
        (settings.corpus_dir / f"{n}.md").unlink()

    assert preview_beside(settings).removes_too_many
    with pytest.raises(TooManyRemovedError, match="3 of the 4"):
        index_beside(settings, nobody, Start("the test"))
    with pytest.raises(TooManyRemovedError, match="3 of the 4"):
        index_beside(settings, nobody, Start("the test"), allow_removals=2)
    report = index_beside(settings, nobody, Start("the test"), allow_removals=3)
    assert report.changes == Changes(removed=("0.md", "1.md", "2.md"))


def test_a_run_that_dies_is_noticed(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(OnrecordError, match="ended before"):
        index_beside(settings, nobody, Start("the test"))


def test_a_run_whose_reader_gives_up_is_ended(settings: Settings) -> None:
    def give_up(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index_beside(settings, give_up, Start("the test"))


def test_a_run_beside_another_is_refused_as_such(settings: Settings) -> None:
    settings.data_dir.mkdir()
    with writing(settings.data_dir), pytest.raises(IndexBusyError):
        index_beside(settings, nobody, Start("the test"))


def test_a_run_can_be_ended_from_another_process(settings: Settings) -> None:
    for n in range(1_500):
        (settings.corpus_dir / f"{n}.md").write_text(f"# Bridge {n}\n\nIt opened in {n}.\n" * 9)
    seen = []

    def end(progress: Progress) -> None:
        run = running(settings.data_dir)
        if run is not None:
            seen.append(run)
            assert cancel(settings.data_dir, "U1 in Slack", run.start.id)

    with pytest.raises(RunCancelledError, match="cancelled by U1 in Slack") as caught:
        index_beside(settings, end, Start("the test"))

    assert "Nothing is published yet" in caught.value.remedy
    assert seen[0].start.by == "the test"
    assert running(settings.data_dir) is None
    assert not (settings.data_dir / CANCEL_FILE).exists()


def test_a_run_says_nothing_but_json(settings: Settings) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot.reindex", "the test", "1"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0
    kinds = [next(iter(json.loads(line))) for line in done.stdout.splitlines()]
    assert kinds == ["progress", "report"]
