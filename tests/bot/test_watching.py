"""Noticing that documents change."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.watching import FolderWatch, _kind, tells_nothing


class Heard:
    """Counts calls, and lets a test wait for the next."""

    def __init__(self) -> None:
        self.calls = threading.Semaphore(0)

    def __call__(self) -> None:
        self.calls.release()

    def again(self, timeout_s: float = 20.0) -> bool:
        return self.calls.acquire(timeout=timeout_s)


Start = Callable[..., Heard]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "corpus" / "city").mkdir(parents=True)
    return tmp_path / "corpus"


@pytest.fixture
def start(folder: Path) -> Iterator[Start]:
    watches = []

    def begin(**options: object) -> Heard:
        heard = Heard()
        quick = {"poll_ms": 50, "quiet_ms": 50, "look_ms": 100, **options}
        watches.append(FolderWatch(folder, heard, **quick))  # type: ignore[arg-type]  # by name
        watches[-1].start()
        assert heard.again()  # what has changed while nobody watched
        return heard

    yield begin
    for watch in watches:
        watch.stop()


@pytest.mark.parametrize("polls", [False, True])
def test_documents_that_come_change_and_go_are_noticed(
    folder: Path, start: Start, polls: bool
) -> None:
    heard = start(polls=polls)
    document = folder / "city" / "bridges.md"
    for act in (
        lambda: document.write_text("One."),
        lambda: document.write_text("Two, and longer."),
        lambda: (folder / "city").rename(folder / "town"),
        lambda: shutil.rmtree(folder / "town"),
    ):
        act()
        assert heard.again()
        while heard.again(0.15):
            pass


def test_what_is_not_a_document_is_not_noticed(folder: Path, start: Start) -> None:
    (folder / "data").mkdir()
    heard = start(ignored=folder / "data")
    for name in (
        *(".bridges.md.swp", "bridges.md~", "~$bridges.docx", "#bridges.md#", "4913"),
        *("bridges.pdf.crdownload", "picture.png", "data/catalog.md"),
    ):
        (folder / name).write_text("not a document")
    assert not heard.again(0.4)
    (folder / "bridges.md").write_text("A document.")
    assert heard.again()


def test_a_folder_that_is_made_anew_is_watched_on(folder: Path, start: Start) -> None:
    heard = start()
    folder.rename(folder.with_name("old"))
    folder.mkdir()
    while heard.again(0.5):
        pass
    (folder / "bridges.md").write_text("A document.")
    assert heard.again()


def test_where_the_system_does_not_let_one_watch_the_folder_is_looked_through(
    folder: Path, start: Start, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    import watchfiles

    def limited(*paths: Path, **options: object) -> object:
        raise OSError("OS file watch limit reached.")

    monkeypatch.setattr(watchfiles, "watch", limited)
    with caplog.at_level("INFO", "bot.watching"):
        heard = start()
        (folder / "bridges.md").write_text("A document.")
        assert heard.again()
    assert "by=polling" in caplog.text


def test_network_folders_are_told_from_local_ones(folder: Path) -> None:
    mounts = [
        "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw",
        "40 22 0:35 / /srv/team\\040files rw shared:2 - nfs4 host:/files rw",
        "41 22 0:36 / /srv/team\\040files/local rw - xfs /dev/sdb rw",
        "42 22 0:37 / /mnt/drive rw - fuse.sshfs host: rw",
    ]
    assert _kind(Path("/srv/corpus"), mounts) == "ext4"
    assert _kind(Path("/srv/team files/a"), mounts) == "nfs4"
    assert _kind(Path("/srv/team files/local/a"), mounts) == "xfs"
    assert _kind(Path("/mnt/drive"), mounts) == "fuse.sshfs"
    assert not tells_nothing(folder)
