"""Reading files: what every format shares, and the errors an operator can act on."""

import os
from contextlib import suppress
from pathlib import Path

import pytest

from retrieval.errors import LoadError
from retrieval.ingest.load import load_file


def load_bytes(tmp_path: Path, data: bytes, name: str = "a.txt", **limits: int) -> str:
    path = tmp_path / name
    path.write_bytes(data)
    return load_file(path, name, **limits).text


def test_line_ends_marks_and_accents_are_normalised_once(tmp_path: Path) -> None:
    data = "\ufeffCafe\u0301 one.\r\nTwo.\rThree.\n".encode()
    assert load_bytes(tmp_path, data) == "Café one.\nTwo.\nThree.\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_encodings_that_announce_themselves_are_read(tmp_path: Path, encoding: str) -> None:
    assert load_bytes(tmp_path, "Güler sprach.".encode(encoding)) == "Güler sprach."


def test_control_and_direction_characters_are_kept(tmp_path: Path) -> None:
    text = "a\u202eb\u0007c\u2028d word."
    assert load_bytes(tmp_path, text.encode()) == text


@pytest.mark.parametrize(
    ("data", "message", "remedy"),
    [
        (b"", "no text", "Add text"),
        (b" \r\n\t ", "no text", "Add text"),
        (b"\xef\xbb\xbf\n", "no text", "Add text"),
        (b"--- !!! ---", "no text", "Add text"),
        ("Gül".encode("latin-1"), "byte 0xfc at offset 1", "UTF-8"),
        (b"\xff\xfea\x00b", "not valid UTF-16", "UTF-8"),
        (b"\x7fELF\x02\x00\x00text", "NUL bytes", "real format"),
    ],
)
def test_what_is_not_text_is_named_with_a_remedy(
    tmp_path: Path, data: bytes, message: str, remedy: str
) -> None:
    with pytest.raises(LoadError) as caught:
        load_bytes(tmp_path, data)
    assert message in caught.value.message
    assert remedy in caught.value.remedy


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(LoadError, match="too large: 200 MB, at most 50 MB"):
        load_file(path, "large.txt")
    with pytest.raises(LoadError, match="too large"):
        load_bytes(tmp_path, b"12345", max_bytes=4)


def test_a_file_that_vanished_or_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="disappeared"):
        load_file(tmp_path / "gone.txt", "gone.txt")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(LoadError, match="Is a directory"):
        load_file(tmp_path / "folder.txt", "folder.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "locked.txt"
    path.write_text("secret")
    path.chmod(0)
    with pytest.raises(LoadError, match="Permission denied"):
        load_file(path, "locked.txt")


def test_other_formats_are_refused_with_the_ones_that_are_read(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=r"\.rtf are not read.*\.docx, \.htm, \.html, \.md"):
        load_bytes(tmp_path, b"{\\rtf1}", "a.rtf")


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_hostile_nesting_ends_in_a_document_or_an_error(tmp_path: Path, name: str) -> None:
    for data in (b">" * 20_000 + b" x", b"<div>" * 50_000 + b"x", b"[a](" * 20_000, b"- " * 9_000):
        with suppress(LoadError):
            assert load_bytes(tmp_path, data, name)
