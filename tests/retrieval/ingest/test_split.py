"""Passages: what stays together, and what never does."""

from retrieval.ingest.load.markdown import load_markdown
from retrieval.ingest.load.text import load_text
from retrieval.ingest.split import PASSAGE_CHARS, split
from retrieval.model import Block, BlockKind, Document, Passage, Section

SENTENCE = "This sentence is of about fifty characters, so it is. "


def passages(markdown: str) -> list[Passage]:
    return list(split(load_markdown(markdown.encode(), "a.md")))


def test_neighbouring_paragraphs_share_a_passage_up_to_its_size() -> None:
    found = passages("\n\n".join([SENTENCE * 6] * 6))
    assert [len(passage.sentences) for passage in found] == [12, 12, 12]
    assert all(len(passage.text) <= PASSAGE_CHARS for passage in found)
    assert [passage.ordinal for passage in found] == [0, 1, 2]


def test_a_long_paragraph_is_cut_between_sentences_into_about_even_parts() -> None:
    found = passages(SENTENCE * 20)
    assert [len(passage.sentences) for passage in found] == [11, 9]


def test_a_sentence_longer_than_a_passage_stays_whole() -> None:
    found = passages("word " * 220 + "end.")
    assert len(found) == 1
    assert len(found[0].text) > PASSAGE_CHARS


def test_a_passage_never_crosses_a_heading() -> None:
    found = passages("A.\n\n# H\n\nB.\n\n## S\n\nC.\n\n## S\n\nD.\n")
    assert [(passage.heading, passage.text) for passage in found] == [
        (None, "A."),
        (None, "B."),
        ("S", "C."),
        ("S", "D."),
    ]


def test_a_list_keeps_its_introduction() -> None:
    found = passages(
        SENTENCE * 14 + "\n\nYou need these things:\n\n- " + "paper " * 20 + "\n- ink\n"
    )
    assert found[0].text.endswith("so it is.")
    assert found[1].text.startswith("You need these things:\n\n- paper")


def test_a_table_that_fits_is_not_torn_from_its_first_row() -> None:
    rows = "".join(f"| 20{n:02} | {n} days of leave |\n" for n in range(25))
    found = passages(SENTENCE * 10 + "\n\n| Year | Days |\n|---|---|\n" + rows)
    assert [passage.text[:11] for passage in found] == ["This senten", "Year | Days"]


def test_a_table_longer_than_a_passage_is_cut_between_rows() -> None:
    rows = "".join(f"| row {n} | {'x' * 30} |\n" for n in range(100))
    found = passages("| Row | X |\n|---|---|\n" + rows)
    assert len(found) == 5
    assert all(passage.text.startswith(("Row |", "row ")) for passage in found)


def test_what_a_document_knows_is_told_to_its_passages() -> None:
    text = "---\ntitle: T\ndate: 2026-01-02\nsource: Desk\n---\nBody text."
    (passage,) = split(load_text(text.encode(), "x/a.txt"))
    assert (passage.title, passage.date, passage.origin) == ("T", "2026-01-02", "Desk")
    assert (passage.source, passage.page, passage.heading) == ("x/a.txt", None, None)


def test_a_passage_begins_on_one_page() -> None:
    text = "One. Two.\n\fThree. Four."
    document = Document("a.pdf", text, "T", (Block(0, len(text)),), (), (0, 11))
    assert [(p.page, p.text) for p in split(document)] == [(1, "One. Two."), (2, "Three. Four.")]


def test_heading_paths_are_joined() -> None:
    document = Document("a", "Text.", "T", (Block(0, 5),), (Section(0, ("A", "B")),))
    assert split(document)[0].heading == "A › B"


def test_a_block_without_text_makes_no_passage() -> None:
    document = Document("a", "  \n ", "T", (Block(0, 4, BlockKind.PROSE),))
    assert split(document) == ()
