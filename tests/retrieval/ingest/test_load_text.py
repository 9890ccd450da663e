"""Plain text: titles, paragraphs and wrapped lines."""

import os
from pathlib import Path

import pytest

from retrieval.ingest.load.text import load_text
from retrieval.model import BlockKind, Document


def load(text: str, source: str = "some_file.txt") -> Document:
    return load_text(text.encode(), source)


def blocks(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def test_each_line_is_a_paragraph_where_lines_are_paragraphs() -> None:
    lines = ["A lead without a stop " + "and so on " * 12 + "amid threats"]
    lines += ["Türkiye answered. " * 10, "Iraq did not. " * 10]
    assert blocks(load("\n".join(lines))) == [line.strip() for line in lines]


def test_lines_wrapped_at_a_width_are_one_paragraph() -> None:
    text = (
        "The neighbors have, in recent years, been at loggerheads over\n"
        "operations against the PKK based in the mountainous region of\n"
        "Iraq, which is controlled by Gen. Smith of the government in\n"
        "Irbil. It said so.\n"
        "A second paragraph follows it here.\n"
    )
    assert blocks(load(text)) == [
        text[: text.index("\nA second")],
        "A second paragraph follows it here.",
    ]


def test_a_line_broken_off_in_the_middle_goes_on() -> None:
    text = "Hence, the ground state of the molecule that is called O\n2 molecule is triplet oxygen."
    assert blocks(load(text)) == [text]


def test_a_condition_is_not_torn_off_at_a_comma() -> None:
    text = (
        "The athlete is found to have broken the rules of " + "the long " * 9 + "Games,\nis fined."
    )
    assert blocks(load(text)) == [text]


def test_short_lines_are_not_joined() -> None:
    assert blocks(load("Shop\nMain St. 5\n12345 Town")) == ["Shop", "Main St. 5", "12345 Town"]


def test_list_items_are_quoted_without_their_marker() -> None:
    document = load("Bring this:\n- a pen\n* paper\n2) an idea\n• time\nJ. Smith came.\n")
    assert blocks(document)[:-1] == ["Bring this:", "a pen", "paper", "an idea", "time"]
    assert blocks(document)[-1] == "J. Smith came."
    assert [block.kind for block in document.blocks] == [
        BlockKind.PROSE,
        *[BlockKind.ITEM] * 4,
        BlockKind.PROSE,
    ]


def test_rules_between_paragraphs_are_not_quotable() -> None:
    assert blocks(load("One.\n-----\nTwo.\n* * *\n")) == ["One.", "Two."]


def test_a_short_first_line_over_an_empty_one_is_the_title() -> None:
    document = load("Opening hours\n\nWe open at 9.\n")
    assert (document.title, blocks(document)) == ("Opening hours", ["We open at 9."])


@pytest.mark.parametrize(
    "text", ["We open at 9.\n\nWe close at 5.", "Hello", "x" * 130 + "\n\nText"]
)
def test_a_sentence_or_a_text_of_its_own_is_no_title(text: str) -> None:
    document = load(text)
    assert document.title == "some file"
    assert blocks(document)[0] == text.partition("\n")[0]


def test_front_matter_is_not_quotable_and_its_title_wins() -> None:
    document = load("---\ntitle: Hours\ndate: 2026-01-02\nsource: Desk\n---\nOpening\n\nAt 9.\n")
    assert (document.title, document.date, document.origin) == ("Hours", "2026-01-02", "Desk")
    assert blocks(document) == ["At 9."]
    assert [section.path for section in document.sections] == [("Opening",)]


def test_a_file_name_that_says_nothing_gives_way_to_the_opening() -> None:
    text = "Defense ministry sources said on Thursday that two armies would assign commanders to it"
    title = load(text, "000_5584ab510741a9b8.txt").title
    assert title == "Defense ministry sources said on Thursday that two armies would assign…"


@pytest.mark.evaldata
def test_every_line_of_the_first_document_is_a_paragraph() -> None:
    folder = Path(os.environ.get("ONRECORD_EVALDATA", "absent")).parent / "seed"
    files = sorted(folder.glob("*.txt"))
    if not files:
        pytest.skip(f"NOT TESTED: no document in {folder} (set ONRECORD_EVALDATA)")
    for file in files:
        text = file.read_text()
        assert blocks(load(text)) == [line.strip() for line in text.split("\n") if line.strip()]
