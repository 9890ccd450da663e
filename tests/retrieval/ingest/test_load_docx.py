"""Word documents: structure from styles, text as a reader accepts it."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from retrieval.errors import LoadError
from retrieval.ingest.load.docx import load_docx
from retrieval.ingest.split import split
from retrieval.model import Document


def save(word: Word) -> bytes:
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def load(word: Word) -> Document:
    return load_docx(save(word), "some_file.docx")


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, document.text[block.start : block.end]) for block in document.blocks]


def wrapped(tag: str, text: str, text_tag: str = "w:t") -> OxmlElement:
    """A run of text inside a wrapper such as a tracked insertion."""
    outer, run, inner = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
    inner.text = text
    inner.set(qn("xml:space"), "preserve")
    run.append(inner)
    outer.append(run)
    return outer


def test_paragraphs_items_and_tables_come_in_order() -> None:
    word = docx.Document()
    word.add_paragraph("Intro.")
    word.add_paragraph("One", style="List Bullet")
    word.add_paragraph("Two", style="List Number 2")
    table = word.add_table(2, 2)
    for cell, text in zip(table._cells, ["Year", "Days", "2025", "25\nor so"], strict=True):
        cell.text = text
    word.add_paragraph("Outro\tend.")
    assert blocks(load(word)) == [
        ("prose", "Intro."),
        ("item", "One"),
        ("item", "Two"),
        ("row", "Year | Days"),
        ("row", "2025 | 25 or so"),
        ("prose", "Outro\tend."),
    ]


def test_headings_are_paths_and_the_title_paragraph_is_the_title() -> None:
    word = docx.Document()
    word.core_properties.title = "Another title"
    word.add_heading("Leave policy", 0)
    word.add_paragraph("A.")
    word.add_heading("Days", 1)
    word.add_heading("Carry over", 2)
    word.add_paragraph("B.")
    own = word.styles.add_style("House heading", 1)
    own.base_style = word.styles["Heading 1"]
    word.add_paragraph("Sick days", style=own)
    word.add_paragraph("C.")
    document = load(word)
    assert document.title == "Leave policy"
    assert [(passage.heading, passage.text) for passage in split(document)] == [
        (None, "A."),
        ("Days › Carry over", "B."),
        ("Sick days", "C."),
    ]


def test_without_a_title_paragraph_properties_then_headings_then_the_name_decide() -> None:
    word = docx.Document()
    word.add_paragraph("A.")
    assert load(word).title == "some file"
    word.add_heading("First", 1)
    assert load(word).title == "First"
    word.core_properties.title = "Word Document"
    assert load(word).title == "First"
    word.core_properties.title = "Annual report"
    assert load(word).title == "Annual report"
    assert load(word).date is None


def test_tracked_changes_are_read_as_accepted() -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("The ministers did ")
    paragraph._p.append(wrapped("w:ins", "not "))
    paragraph._p.append(wrapped("w:del", "gladly ", "w:delText"))
    paragraph._p.append(wrapped("w:moveFrom", "elsewhere "))
    paragraph.add_run("sign.")
    assert blocks(load(word)) == [("prose", "The ministers did not sign.")]


def test_links_and_content_controls_are_part_of_the_text() -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("See ")
    paragraph._p.append(wrapped("w:hyperlink", "the pact"))
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    content.append(wrapped("w:p", "Inside a control."))
    control.append(content)
    word.element.body.insert(1, control)
    assert blocks(load(word)) == [("prose", "See the pact"), ("prose", "Inside a control.")]


def test_what_is_no_word_document_is_named() -> None:
    for data in (b"plain text", b"PK\x03\x04 broken", save(docx.Document())[:500]):
        with pytest.raises(LoadError, match=r"not a Word document, or it is damaged.*save it as"):
            load_docx(data, "a.docx")
    with pytest.raises(LoadError, match=r"encrypted or an old"):
        load_docx(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.docx")


def archive(entries: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as target:
        for name, data in entries.items():
            target.writestr(name, data)
    return file.getvalue()


def test_an_archive_without_a_document_is_damaged() -> None:
    with pytest.raises(LoadError, match="damaged"):
        load_docx(archive({"a.txt": b"x"}), "a.docx")


def test_an_archive_that_would_unpack_without_end_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("retrieval.ingest.load.docx._MAX_UNPACKED", 1_000_000)
    with pytest.raises(LoadError, match="unpacks to 2 MB"):
        load_docx(archive({"word/document.xml": b" " * 2_000_000}), "a.docx")


def test_xml_entities_are_not_expanded() -> None:
    word = ZipFile(BytesIO(save(docx.Document())))
    entries = {name: word.read(name) for name in word.namelist()}
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    body = entries["word/document.xml"].decode().split("?>", 1)[1]
    entries["word/document.xml"] = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "lol">{laughs}]>'
        + body.replace("<w:sectPr", "<w:p><w:r><w:t>Safe. &l8;</w:t></w:r></w:p><w:sectPr", 1)
    ).encode()
    try:
        document = load_docx(archive(entries), "a.docx")
    except LoadError as error:
        document = None
        refused = error.remedy
    assert document is not None or refused
    assert document is None or len(document.text) < 1_000
