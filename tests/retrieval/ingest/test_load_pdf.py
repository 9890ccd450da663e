"""PDF: pages, paragraphs, and the files that cannot be read."""

from collections.abc import Callable

import pytest
from fpdf import FPDF

from retrieval.errors import LoadError
from retrieval.ingest.load.pdf import load_pdf
from retrieval.ingest.split import split
from retrieval.model import Document

LONG = (
    "The Joint Security Coordination Center will be established in the capital and chaired by two "
    "generals. It has a second sentence, too, about the U.S. Army and what it does in the region."
)


def pdf(*pages: list[str], change: Callable[[FPDF], object] | None = None) -> bytes:
    """A PDF with a line or wrapped paragraph for each text."""
    writer = FPDF()
    if change is not None:
        change(writer)
    for page in pages:
        writer.add_page()
        writer.set_font("helvetica", size=12)
        for text in page:
            writer.multi_cell(0, 6, text, new_x="LMARGIN", new_y="NEXT")
            writer.ln(4)
    return bytes(writer.output())


def load(data: bytes) -> Document:
    return load_pdf(data, "some_file.pdf")


def blocks(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def test_wrapped_lines_are_joined_and_items_told_apart() -> None:
    document = load(pdf([LONG, "- first item\n- second item", "Done."]))
    texts = blocks(document)
    assert texts[0].replace("\n", " ") == LONG
    assert "\n" in texts[0]
    assert texts[1:] == ["first item", "second item", "Done."]
    assert [block.kind.value for block in document.blocks] == ["prose", "item", "item", "prose"]


def test_each_passage_knows_its_page() -> None:
    document = load(pdf(["First page here."], [], ["Third page here."]))
    assert [(p.page, p.text) for p in split(document)] == [
        (1, "First page here."),
        (3, "Third page here."),
    ]
    assert len(document.page_starts) == 3


def test_a_sentence_may_run_over_the_end_of_a_page() -> None:
    document = load(pdf(["It was signed. The center is led by"], ["generals of both. It is new."]))
    passages = split(document)
    assert [s.text for s in passages[0].sentences] == [
        "It was signed.",
        "The center is led by\n\fgenerals of both.",
    ]
    assert [(p.page, p.text) for p in passages[1:]] == [(2, "It is new.")]


def test_running_headers_and_page_numbers_are_left_out_but_totals_are_not() -> None:
    pages = [["ACME Confidential", f"Fact {n * n} is here.", f"Total 1{n}{n}", f"Page {n} of 5"]
             for n in range(1, 6)]  # fmt: skip
    texts = blocks(load(pdf(*pages)))
    assert not [text for text in texts if "ACME" in text or "Page" in text]
    assert [text for text in texts if "Total" in text] == [f"Total 1{n}{n}" for n in range(1, 6)]
    assert "Fact 25 is here." in texts


def test_two_pages_are_too_few_to_call_a_line_repeated() -> None:
    assert len(blocks(load(pdf(["Same line."], ["Same line."])))) == 2


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Annual report", "Annual report"),
        ("Microsoft Word - x.doc", "some file"),
        ("untitled", "some file"),
        ("", "some file"),
    ],
)
def test_the_title_is_taken_from_the_properties_if_it_is_one(title: str, expected: str) -> None:
    document = load(pdf(["Text."], change=lambda writer: writer.set_title(title)))
    assert document.title == expected
    assert document.date is None


def test_an_encrypted_pdf_is_named() -> None:
    def lock(writer: FPDF) -> None:
        writer.set_encryption(owner_password="owner", user_password="user")

    with pytest.raises(LoadError, match=r"encrypted.*without a password"):
        load(pdf(["Secret."], change=lock))


def test_a_pdf_that_only_restricts_printing_is_read() -> None:
    data = pdf(["Open."], change=lambda writer: writer.set_encryption(owner_password="owner"))
    assert blocks(load(data)) == ["Open."]


def test_a_scan_is_named() -> None:
    with pytest.raises(LoadError, match=r"no text on its 2 page.*OCR"):
        load(pdf([], []))


def test_a_damaged_pdf_is_named_whatever_breaks() -> None:
    whole = pdf([LONG])
    for damaged in (
        b"%PDF-1.7\n",
        b"no pdf",
        whole[:200],
        whole[200:],
        b"%PDF-1.4" + b"<<" * 9_000,
    ):
        with pytest.raises(LoadError, match=r"damaged|no text"):
            load(damaged)
