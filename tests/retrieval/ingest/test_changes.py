"""What a run says has changed, what it refuses to remove, and what it does not try again."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from retrieval.errors import TooManyRemovedError
from retrieval.ingest.loader import Loader
from retrieval.ingest.pipeline import RunOptions
from retrieval.ingest.report import Changes, Renamed
from tests.retrieval.ingest.home import Home

UNWATCHED = RunOptions()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path)
    for name in ("a", "b", "c", "d", "e"):
        made.write(f"{name}.md", f"# {name}\n\nThe document {name} counts ships.\n")
    made.index()
    return made


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that a loader was asked for."""
    asked: list[str] = []
    send = Loader.send

    def noted(self: Loader, path: Path, source: str) -> None:
        asked.append(source)
        send(self, path, source)

    monkeypatch.setattr(Loader, "send", noted)
    return asked


def failed(home: Home, options: RunOptions = UNWATCHED) -> dict[str, int]:
    """In how many runs in a row each file failed, as the report and the index say it."""
    report = home.index(options=options)
    with home.snapshot() as snapshot:
        assert snapshot.status().failed == report.failed
    return {file.source: file.runs for file in report.failed}


def test_a_preview_names_what_a_run_then_does(home: Home) -> None:
    home.write("a.md", "# a\n\nSomething else.\n")
    home.write("new.md", "# new\n\nIt counts boats.\n")
    (home.corpus / "b.md").rename(home.corpus / "z.md")
    (home.corpus / "c.md").unlink()
    changes = Changes(("new.md",), ("a.md",), (Renamed("b.md", "z.md"),), ("c.md",))
    home.embedder.texts = 0
    assert home.index(dry_run=True).changes == changes
    assert home.embedder.texts == 0
    assert home.index().changes == changes
    assert home.embedder.texts == 2
    assert home.index().changes == Changes()


def test_copies_are_renamed_one_by_one_and_a_copy_beside_its_original_is_new(home: Home) -> None:
    shutil.copy(home.corpus / "a.md", home.corpus / "a2.md")
    assert home.index().changes == Changes(added=("a2.md",))
    (home.corpus / "a.md").rename(home.corpus / "x.md")
    (home.corpus / "a2.md").rename(home.corpus / "y.md")
    shutil.copy(home.corpus / "x.md", home.corpus / "z.md")
    assert home.index().changes == Changes(
        added=("z.md",), renamed=(Renamed("a.md", "x.md"), Renamed("a2.md", "y.md"))
    )


def remove(home: Home, names: str) -> None:
    for name in names:
        (home.corpus / f"{name}.md").unlink()


def test_a_run_that_would_remove_most_documents_asks_first(home: Home) -> None:
    old = home.served()
    remove(home, "abc")
    preview = home.index(dry_run=True, options=UNWATCHED)
    assert (preview.removed, preview.removes_too_many) == (3, True)
    with pytest.raises(TooManyRemovedError, match=r"3 of the 5 .*--allow-removals 3"):
        home.index(options=UNWATCHED)
    assert home.served() == old
    allowed = RunOptions(allow_removals=3)
    assert not home.index(dry_run=True, options=allowed).removes_too_many
    assert home.index(options=allowed).removed == 3
    assert home.served().keys() == {"d.md", "e.md"}


def test_a_run_removes_no_more_than_was_agreed_to(home: Home) -> None:
    old = home.served()
    remove(home, "abc")
    agreed = RunOptions(allow_removals=home.index(dry_run=True, options=UNWATCHED).removed)
    remove(home, "d")  # meanwhile
    with pytest.raises(TooManyRemovedError, match=r"4 of the 5 .*--allow-removals 4"):
        home.index(options=agreed)
    assert home.served() == old


@pytest.mark.parametrize(("names", "most"), [("ab", 0.5), ("ab", 0.0), ("abc", 0.6), ("abcd", 1.0)])
def test_few_documents_are_removed_unasked(home: Home, names: str, most: float) -> None:
    remove(home, names)
    assert home.index(options=RunOptions(most_removed=most)).removed == len(names)


def test_renaming_a_folder_removes_nothing(home: Home) -> None:
    (home.corpus / "moved").mkdir()
    for name in "abcde":
        (home.corpus / f"{name}.md").rename(home.corpus / "moved" / f"{name}.md")
    assert len(home.index(options=UNWATCHED).changes.renamed) == 5


def test_documents_that_became_unreadable_are_as_good_as_gone(home: Home) -> None:
    for name in "abc":
        home.write(f"{name}.md", "")
    with pytest.raises(TooManyRemovedError):
        home.index(options=UNWATCHED)
    assert len(home.served()) == 5


def test_a_failed_file_is_counted_and_not_tried_until_it_changes(
    home: Home, loaded: list[str]
) -> None:
    home.write("bad.pdf", "no PDF at all")
    home.write("new.pdf", "no PDF either", age_s=0)  # its time stamp is not to be trusted yet
    assert failed(home) == {"bad.pdf": 1, "new.pdf": 1}
    assert failed(home) == {"bad.pdf": 2, "new.pdf": 2}
    os.utime(home.corpus / "bad.pdf", (1, 1))
    assert failed(home) == {"bad.pdf": 3, "new.pdf": 3}
    assert loaded == ["bad.pdf", "new.pdf"]
    home.write("bad.pdf", "still no PDF")
    assert failed(home) == {"bad.pdf": 4, "new.pdf": 4}
    assert loaded == ["bad.pdf", "new.pdf", "bad.pdf"]
    assert failed(home, RunOptions(retry_failed=True)) == {"bad.pdf": 5, "new.pdf": 5}
    assert loaded[3:] == ["bad.pdf", "new.pdf"]


def test_a_file_that_was_mended_or_removed_starts_from_one(home: Home) -> None:
    home.write("bad.txt", "")
    assert failed(home) == {"bad.txt": 1}
    assert failed(home) == {"bad.txt": 2}
    home.write("bad.txt", "It counts boats.")
    assert failed(home) == {}
    home.write("bad.txt", "")
    assert failed(home) == {"bad.txt": 1}


def test_a_preview_counts_as_the_run_would_and_leaves_no_trace(home: Home) -> None:
    home.write("bad.txt", "")
    assert failed(home) == {"bad.txt": 1}
    for _ in range(3):
        assert [file.runs for file in home.index(dry_run=True).failed] == [2]
    assert failed(home) == {"bad.txt": 2}


def test_a_newer_loader_and_a_longer_limit_are_tried(
    home: Home, loaded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home.write("bad.pdf", "no PDF at all")
    failed(home)
    assert failed(home, RunOptions(read_timeout_s=61)) == {"bad.pdf": 2}
    monkeypatch.setattr("retrieval.ingest.loader._PARSERS", ("pypdf",))
    assert failed(home, RunOptions(read_timeout_s=61)) == {"bad.pdf": 3}
    assert loaded == ["bad.pdf"] * 3


def test_what_the_system_does_not_hand_out_is_tried_every_time(
    home: Home, loaded: list[str]
) -> None:
    link = home.corpus / "link.md"
    link.symlink_to(home.corpus / "nowhere.md")
    assert failed(home) == {"link.md": 1}
    assert failed(home) == {"link.md": 2}
    home.write("nowhere.md", "# Now\n\nIt is there.\n")
    assert failed(home) == {}
    assert sorted(loaded) == ["link.md", "nowhere.md"]


def test_failures_outlive_a_publication_and_a_rollback(home: Home) -> None:
    home.write("bad.txt", "")
    assert failed(home) == {"bad.txt": 1}
    home.write("a.md", "# a\n\nSomething else.\n")
    assert failed(home) == {"bad.txt": 2}
    home.roll_back()
    assert failed(home) == {"bad.txt": 2}
