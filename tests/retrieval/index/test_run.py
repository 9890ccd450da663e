from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from retrieval.errors import IndexBusyError
from retrieval.index.lock import writing
from retrieval.index.run import (
    CANCEL_FILE,
    RUN_FILE,
    Progress,
    Start,
    cancel,
    cancelled_by,
    published_generation,
    running,
)

START = Start("ann on the command line", id="run-1")


def test_a_run_in_work_is_seen_by_all_and_is_gone_when_it_ends(tmp_path: Path) -> None:
    with writing(tmp_path, START) as record:
        record.note(Progress(2, 9, 7, "a.md", passages_per_s=3.5, left_s=2.0))
        run = running(tmp_path)
        assert run is not None
        assert (run.start, run.pid) == (START, os.getpid())
        assert run.reached == Progress(2, 9, 7, "a.md")
        assert run.reached.left_s == 2.0
    assert running(tmp_path) is None
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("run")] == []


def test_what_a_dead_run_has_left_is_no_run_and_is_taken_away(tmp_path: Path) -> None:
    with writing(tmp_path, START):
        left = (tmp_path / RUN_FILE).read_text()
    (tmp_path / RUN_FILE).write_text(left)

    assert running(tmp_path) is None
    assert not (tmp_path / RUN_FILE).exists()
    with writing(tmp_path, START):
        assert running(tmp_path) is not None


@pytest.mark.parametrize("left", ["", "{", "[]", "null"])
def test_a_file_that_cannot_be_read_is_no_run(tmp_path: Path, left: str) -> None:
    with writing(tmp_path):
        (tmp_path / RUN_FILE).write_text(left)
        assert running(tmp_path) is None


def test_only_the_run_in_work_is_cancelled(tmp_path: Path) -> None:
    assert cancel(tmp_path, "bob") is None
    with writing(tmp_path, START):
        assert cancel(tmp_path, "bob", "another run") is None
        assert cancelled_by(tmp_path, "run-1") is None
        assert cancel(tmp_path, "bob", "run-1") is not None
        assert cancelled_by(tmp_path, "run-1") == "bob"
        assert cancelled_by(tmp_path, "another run") is None
    assert not (tmp_path / CANCEL_FILE).exists()


def test_progress_is_written_now_and_then_and_at_the_end(tmp_path: Path) -> None:
    def reached() -> object:
        return json.loads((tmp_path / RUN_FILE).read_text())["reached"]["done_files"]

    with writing(tmp_path) as record:
        for done in range(1, 100):
            record.note(Progress(done, 100, done, "a.md"))
        assert reached() == 1
        record.note(Progress(100, 100, 100, "a.md"))
        assert reached() == 100


def test_looking_does_not_get_into_a_writers_way(tmp_path: Path) -> None:
    with writing(tmp_path, START):
        left = (tmp_path / RUN_FILE).read_text()
        for _ in range(20):
            assert running(tmp_path) is not None
        with pytest.raises(IndexBusyError), writing(tmp_path):
            pass
    for _ in range(20):
        (tmp_path / RUN_FILE).write_text(left)
        assert running(tmp_path) is None
        with writing(tmp_path, START):
            pass


def test_without_an_index_nothing_is_published(tmp_path: Path) -> None:
    assert published_generation(tmp_path) == 0
    (tmp_path / "catalog.sqlite3").write_text("no database")
    assert published_generation(tmp_path) == 0
