"""Which collections a file is in: by its folder, by where a link leads, by its front matter."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from retrieval.errors import UsageError
from retrieval.index.reader import Index
from retrieval.ingest.files import find_files
from retrieval.ingest.pipeline import IndexReport, index_corpus
from retrieval.labels import label
from tests.retrieval.ingest.home import Home

FOLDERS = {"hr": Path("hr"), "board": Path("hr/board"), "tagged": None}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def labels(corpus: Path, folders: Mapping[str, Path | None]) -> dict[str, str]:
    return {file.source: label(file.collections) for file in find_files(corpus, folders).files}


def run(home: Home, folders: Mapping[str, Path | None] | None = FOLDERS) -> IndexReport:
    for folder in filter(None, (folders or {}).values()):
        (home.corpus / folder).mkdir(parents=True, exist_ok=True)
    return index_corpus(home.corpus, home.data, embedder=home.embedder, collections=folders)


def sources(home: Home, *names: str) -> list[str]:
    with closing(Index.open(home.data, home.embedder)) as index:
        return [info.source for info in index.snapshot(frozenset(names)).sources()]


def test_the_innermost_named_folder_decides(home: Home) -> None:
    for source in ("a.md", "hr/b.md", "hr/deep/c.md", "hr/board/d.md", "hr-x/e.md"):
        home.write(source, "Text.")
    assert labels(home.corpus, FOLDERS) == {
        "a.md": "main",
        "hr/b.md": "hr",
        "hr/deep/c.md": "hr",
        "hr/board/d.md": "board",
        "hr-x/e.md": "main",
    }


def test_a_folder_elsewhere_is_listed_under_the_name_of_its_collection(home: Home) -> None:
    home.write("a.md", "Text.")
    elsewhere = home.corpus.parent / "elsewhere"
    (elsewhere / "deep").mkdir(parents=True)
    (elsewhere / "deep" / "x.md").write_text("Text.")
    folders = {"legal": elsewhere, "deep": elsewhere / "deep"}
    assert labels(home.corpus, folders) == {"a.md": "main", "legal/deep/x.md": "deep"}


def test_an_absolute_folder_inside_the_corpus_is_the_same_folder(home: Home) -> None:
    home.write("hr/b.md", "Text.")
    assert labels(home.corpus, {"hr": (home.corpus / "hr").resolve()}) == {"hr/b.md": "hr"}


def test_a_relative_corpus_folder_changes_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.write("hr/b.md", "Text.")
    monkeypatch.chdir(home.corpus.parent)
    folders = {"hr": home.corpus.resolve() / "hr"}
    assert labels(Path(home.corpus.name), folders) == {"hr/b.md": "hr"}


def test_a_link_from_an_open_folder_opens_nothing(home: Home) -> None:
    home.write("hr/deep/b.md", "Text.")
    (home.corpus / "open").mkdir()
    (home.corpus / "open" / "file.md").symlink_to(home.corpus / "hr" / "deep" / "b.md")
    (home.corpus / "open" / "folder").symlink_to(home.corpus / "hr" / "deep")
    found = labels(home.corpus, {"hr": Path("hr")})
    assert found["open/file.md"] == found["open/folder/b.md"] == "hr&main"


def test_a_collection_may_be_a_link_to_elsewhere(home: Home) -> None:
    elsewhere = home.corpus.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "x.md").write_text("Text.")
    (home.corpus / "hr").symlink_to(elsewhere)
    assert labels(home.corpus, {"hr": Path("hr")}) == {"hr/x.md": "hr"}


@pytest.mark.parametrize(
    ("folders", "message"),
    [
        ({"hr": Path("gone")}, "does not exist"),
        ({"hr": Path("one"), "board": Path("one/../one")}, "the same folder"),
    ],
)
def test_folders_that_cannot_be_told_apart_or_found_stop_the_run(
    home: Home, folders: dict[str, Path], message: str
) -> None:
    home.write("one/a.md", "Text.")
    with pytest.raises(UsageError, match=message):
        find_files(home.corpus, folders)


def test_names_that_would_clash_stop_the_run(home: Home) -> None:
    home.write("legal/a.md", "Text.")
    elsewhere = home.corpus.parent / "elsewhere"
    elsewhere.mkdir()
    with pytest.raises(UsageError, match="would be called as those in"):
        find_files(home.corpus, {"legal": elsewhere})


def test_front_matter_can_only_make_readers_fewer(home: Home) -> None:
    home.write("a.md", "---\ncollection: tagged\n---\nThe gate opens at nine.")
    home.write("hr/b.md", "---\ncollection: tagged\n---\nThe pay is low.")
    home.write("hr/c.md", "---\ncollection: main\n---\nThe pay is high.")
    assert run(home).failed == ()
    assert sources(home, "main") == sources(home, "tagged") == sources(home, "hr") == []
    assert sources(home, "main", "tagged") == ["a.md"]
    assert sources(home, "hr", "tagged") == ["hr/b.md"]
    assert sources(home, "hr", "main") == ["hr/c.md"]


def test_a_collection_that_cannot_be_told_fails_the_file(home: Home) -> None:
    fronts = [
        "collection: hrr",
        "collection:",
        "collection: [hr, board]",
        "collection:\n  - hr",
        "title: x\n  collection: hr",
        "collections: hr",
        "no entry at all\ncollection: hr",
    ]
    for number, front in enumerate(fronts):
        home.write(f"{number}.md", f"---\n{front}\n---\nThe gate opens at nine.")
    home.write("b.md", "The gate is green.")
    report = run(home)
    assert [failed.source for failed in report.failed] == [f"{n}.md" for n in range(len(fronts))]
    assert all("collection" in failed.error for failed in report.failed)
    assert "Did you mean hr?" in report.failed[0].error


def test_a_document_follows_its_folder_and_the_file_of_collections(home: Home) -> None:
    home.write("a.md", "The gate opens at nine.")
    home.write("x/b.md", "---\ncollection: tagged\n---\nThe pay is low.")
    assert run(home).added == 2
    moved = {"hr": Path("x"), "tagged": None}
    assert (run(home, moved).changed, run(home, moved).changed) == (1, 0)
    assert sources(home, "hr", "tagged") == ["x/b.md"]
    assert sources(home, "main", "tagged") == ["a.md"]
    report = run(home, {"hr": Path("x")})
    assert [(f.source, f.collection) for f in report.failed] == [("x/b.md", "hr")]
    assert sources(home, "main", "hr", "tagged") == ["a.md"]


def test_a_lost_setting_opens_nothing(home: Home) -> None:
    home.write("hr/b.md", "The pay is low.")
    home.write("a.md", "The gate opens at nine.")
    run(home)
    with pytest.raises(UsageError, match="no collections file is set"):
        run(home, None)
    assert sources(home, "main") == ["a.md"]
    assert run(home, {}).changed == 1
    assert sources(home, "main") == ["a.md", "hr/b.md"]
