"""Finding the files of a corpus folder."""

import os
from pathlib import Path

import pytest

from retrieval.errors import UsageError
from retrieval.ingest.files import find_files


def write(path: Path, text: str = "Some text.\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_files_are_listed_by_source_with_size_and_time(tmp_path: Path) -> None:
    b = write(tmp_path / "b.txt", "four")
    write(tmp_path / "a" / "deep" / "c.MD")
    listing = find_files(tmp_path)
    assert [file.source for file in listing.files] == ["a/deep/c.MD", "b.txt"]
    assert listing.files[1].size == 4
    assert listing.files[1].mtime_ns == b.stat().st_mtime_ns
    assert listing.files[1].path == b
    assert not listing.failures


def test_hidden_files_are_passed_over_and_unsupported_ones_named(tmp_path: Path) -> None:
    for name in (".hidden.txt", "~$open.docx", ".git/x.txt", "x.xlsx", "deep/y", "ok.txt"):
        write(tmp_path / name)
    listing = find_files(tmp_path)
    assert [file.source for file in listing.files] == ["ok.txt"]
    assert listing.unsupported == ("deep/y", "x.xlsx")


def test_a_folder_that_leads_back_to_itself_is_reported_and_left(tmp_path: Path) -> None:
    write(tmp_path / "a" / "x.txt")
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    listing = find_files(tmp_path)
    assert [file.source for file in listing.files] == ["a/x.txt"]
    assert [failure.source for failure in listing.failures] == ["a/loop"]
    assert "leads back" in listing.failures[0].error.message


def test_a_link_to_a_folder_elsewhere_is_followed(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere" / "x.txt")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert [file.source for file in find_files(corpus).files] == ["link/x.txt"]


def test_links_that_lead_nowhere_or_to_themselves_are_reported(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    listing = find_files(tmp_path)
    assert [failure.source for failure in listing.failures] == ["gone.txt", "self.txt"]
    assert all(failure.error.remedy for failure in listing.failures)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_folder_that_may_not_be_read_is_reported(tmp_path: Path) -> None:
    write(tmp_path / "ok.txt")
    locked = write(tmp_path / "locked" / "x.txt").parent
    locked.chmod(0)
    try:
        listing = find_files(tmp_path)
    finally:
        locked.chmod(0o700)
    assert [failure.source for failure in listing.failures] == ["locked"]
    assert "Permission denied" in listing.failures[0].error.message


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert find_files(tmp_path).unsupported == ("pipe.txt",)


def test_a_name_that_is_not_utf8_is_reported(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("x")
    listing = find_files(tmp_path)
    assert [failure.source for failure in listing.failures] == ["caf\\udce9.txt"]
    assert not listing.files


def test_a_missing_corpus_folder_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"does not exist.*ONRECORD_CORPUS_DIR"):
        find_files(tmp_path / "nothing")
    with pytest.raises(UsageError, match="is not a folder"):
        find_files(write(tmp_path / "file.txt"))
