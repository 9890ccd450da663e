"""Files are loaded in another process: none of them can stop, slow down or end a run."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest

from retrieval.errors import LoadError, OnrecordError
from retrieval.ingest import loader as loader_module
from retrieval.ingest.loader import Loader
from tests.retrieval.ingest.home import Home

HOSTILE_PROCESS = """
import os, signal, sys, time
from retrieval.ingest import load_process
load_file = load_process.load_file
def hostile(path, source):
    if source == "crash.txt": os.kill(os.getpid(), signal.SIGSEGV)
    if source == "loop.txt":
        while True: pass
    if source == "memory.txt": bytearray(10**12)
    if source == "deep.txt": raise RecursionError
    if source == "second.txt" and load_process.asked: os.kill(os.getpid(), signal.SIGSEGV)
    load_process.asked = True
    return load_file(path, source)
load_process.asked = False
load_process.load_file = hostile
sys.exit(load_process.main())
"""


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> None:
    """A parser that does the worst to files of certain names."""
    monkeypatch.setattr(
        loader_module,
        "module_command",
        lambda _, *arguments: [sys.executable, "-c", HOSTILE_PROCESS, *arguments],
    )


@pytest.fixture
def loader() -> Iterator[Loader]:
    with Loader(timeout_s=2, memory_bytes=300_000_000) as made:
        yield made


def load(loader: Loader, folder: Path, *names: str) -> list[str]:
    """What came of each file: its text, or what is said of it."""
    for name in names:
        if not (folder / name).exists():
            (folder / name).write_text(f"This is {name}.", encoding="utf-8")
        loader.send(folder / name, name)
    replies = [loader.receive() for _ in names]
    return [reply.message if isinstance(reply, LoadError) else reply[0].text for reply in replies]


def test_files_come_back_in_the_order_in_which_they_were_asked_for(
    loader: Loader, tmp_path: Path
) -> None:
    (tmp_path / "b.md").write_text("", encoding="utf-8")
    assert load(loader, tmp_path, "a.txt", "b.md", "c.md") == [
        "This is a.txt.",
        "There is no text in it.",
        "This is c.md.",
    ]


@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("crash.txt", "The program that reads such files crashed on it (SIGSEGV)."),
        ("loop.txt", "Reading it took longer than 2 seconds."),
        ("memory.txt", "Reading it needed more than 0.3 GB of memory."),
        ("deep.txt", "It cannot be read: RecursionError."),
    ],
)
def test_what_a_file_does_to_its_parser_is_its_own_misfortune(
    loader: Loader, tmp_path: Path, name: str, reason: str
) -> None:
    assert load(loader, tmp_path, "a.txt", name, "b.txt", "c.txt") == [
        "This is a.txt.",
        reason,
        "This is b.txt.",
        "This is c.txt.",
    ]


@pytest.mark.usefixtures("hostile")
def test_a_file_does_not_pay_for_what_was_loaded_before_it(loader: Loader, tmp_path: Path) -> None:
    assert load(loader, tmp_path, "first.txt", "second.txt")[1] == "This is second.txt."


@pytest.mark.usefixtures("hostile")
def test_a_run_goes_on_without_the_file_and_ends_every_process(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for name in ("a", "crash", "memory", "z"):
        home.write(f"{name}.txt", f"The file {name} is read.")
    report = home.index()
    assert [file.source for file in report.failed] == ["crash.txt", "memory.txt"]
    assert home.served().keys() == {"a.txt", "z.txt"}


def test_a_process_that_does_not_start_is_not_blamed_on_the_files(
    loader: Loader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loader_module, "module_command", lambda *_: [sys.executable, "-c", ""])
    with pytest.raises(OnrecordError, match="cannot be started"):
        load(loader, tmp_path, "a.txt")


def docx_with(document: bytes) -> bytes:
    """A Word document whose text part is this XML."""
    empty, made = io.BytesIO(), io.BytesIO()
    docx.Document().save(empty)
    with (
        zipfile.ZipFile(empty) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            new.writestr(name, document if name == "word/document.xml" else old.read(name))
    return made.getvalue()


WORD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'


def zip_bomb() -> bytes:
    paragraph = b"<w:p><w:r><w:t>x</w:t></w:r></w:p>"
    return docx_with(WORD + b"<w:body>" + paragraph * 2_000_000 + b"</w:body></w:document>")


def entity_bomb() -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE w:document [<!ENTITY l0 "lol">{levels}]>'.encode()
    body = b"<w:body><w:p><w:r><w:t>&l11;</w:t></w:r></w:p></w:body></w:document>"
    return docx_with(head + WORD + body)


def pdf_of(pages: int) -> bytes:
    """Pages that share one text."""
    text = b"BT /F1 12 Tf 72 700 Td " + b"(Many words on a page.) Tj " * 50 + b"ET"
    kids = b" ".join(b"%d 0 R" % (n + 4) for n in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]/MediaBox[0 0 612 792]>>" % (pages, kids),
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(text), text),
        *[
            b"<</Type/Page/Parent 2 0 R/Contents 3 0 R/Resources<</Font<</F1<</Type/Font"
            b"/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
        ]
        * pages,
    ]
    made, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    made += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return bytes(made) + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        size,
        made.index(b"xref\n0"),
    )


HOSTILE_FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.docx": (zip_bomb, "Reading it needed more than 0.3 GB of memory."),
    "entities.docx": (entity_bomb, "The Word document is damaged: XMLSyntaxError."),
    "long.pdf": (lambda: pdf_of(10_000), "Reading it took longer than 2 seconds."),
    "links.md": (lambda: b"[a](" * 60_000, "[a]([a]("),
    "stars.md": (lambda: b"*a **a " * 60_000, "*a **a"),
    "quotes.md": (lambda: b">" * 100_000 + b" x", ">>>"),
    "deep.html": (lambda: b"<b>" * 9_900 + b"x" + b"<p>" * 100_000, "x"),
    "brackets.txt": (lambda: b"(\"'" * 300_000, "There is no text in it."),
}


@pytest.mark.parametrize("name", HOSTILE_FILES)
def test_a_hostile_file_takes_no_more_than_it_may(tmp_path: Path, name: str) -> None:
    make, expected = HOSTILE_FILES[name]
    (tmp_path / name).write_bytes(make())
    patience_s = 2 if "took longer" in expected else 60  # a busy machine is not hostile
    with Loader(patience_s, memory_bytes=300_000_000) as loader:
        hostile, harmless = load(loader, tmp_path, name, "a.txt")
    assert hostile.startswith(expected)
    assert harmless == "This is a.txt."
