"""The collections file: what it says, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.audiences import Collections, read_collections
from retrieval.errors import UsageError


def read(tmp_path: Path, text: str) -> Collections:
    path = tmp_path / "collections.toml"
    path.write_text(text)
    return read_collections(path)


def test_without_a_file_every_member_may_see_everything() -> None:
    found = read_collections(None)
    assert found.folders is None
    assert list(found.audiences) == ["main"]
    assert found.audiences["main"].everyone
    assert not found.audiences["main"].guests


def test_a_file_names_folders_and_audiences(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        '[hr]\nfolder = "hr"\ngroups = ["S012AB3CD"]\npeople = ["U012AB3CD"]\n'
        '[open]\nfolder = "~/open"\neveryone = true\nguests = true\n[draft]\n'
        '[main]\nchannels = ["C012AB3CD"]\n',
    )
    assert found.folders == {"hr": Path("hr"), "open": Path.home() / "open", "draft": None}
    assert found.audiences["hr"].groups == ("S012AB3CD",)
    assert not found.audiences["main"].everyone
    assert found.unseen == ["draft"]


def test_an_empty_file_defines_no_collection_and_says_so(tmp_path: Path) -> None:
    assert read(tmp_path, "").folders == {}


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        ("[hr]\nchanels = []", r"\[hr\] has the unknown key chanels", "Did you mean channels?"),
        ("[hr]\nxyz = 1", "unknown key xyz", "folder, channels, groups, people, everyone, guests"),
        ('[hr]\npeople = ["anna"]', "not a Slack user id", "Correct it"),
        ('[hr]\nchannels = ["#general"]', "not a Slack channel id", "Correct it"),
        ('[hr]\ngroups = ["hr"]', "not the id of a user group", "Correct it"),
        ('[hr]\nfolder = "../hr"', "without ..", "Correct it"),
        ('folder = "hr"', "folder stands outside of a collection", r"Write \[name\]"),
        ("[HR]", "cannot be called 'HR'", "small letters"),
        ('["a&b"]', "cannot be called 'a&b'", "small letters"),
        ('[main]\nfolder = "x"', r"\[main\] has a folder", "Remove the line"),
        ("[hr", "cannot be read", "nobody sees anything"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_write(
    tmp_path: Path, text: str, message: str, remedy: str
) -> None:
    with pytest.raises(UsageError, match=message) as raised:
        read(tmp_path, text)
    assert raised.match(remedy)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_collections(tmp_path / "gone.toml")
