"""Markdown: structure from the tokens, quotes from the file itself."""

from retrieval.ingest.load.markdown import load_markdown
from retrieval.ingest.split import split
from retrieval.model import BlockKind, Document


def load(text: str, source: str = "some_file.md") -> Document:
    return load_markdown(text.encode(), source)


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, document.text[block.start : block.end]) for block in document.blocks]


def prose(document: Document) -> list[str]:
    return [text for _, text in blocks(document)]


def test_paragraphs_keep_their_markup_and_their_line_breaks() -> None:
    document = load("One **bold** [link](http://x.example).\n  Two.\n\n   Three.   \n")
    assert prose(document) == ["One **bold** [link](http://x.example).\n  Two.", "Three."]


def test_list_items_lose_their_bullets_and_keep_their_nesting() -> None:
    document = load(
        "1. first\n   goes on\n\n   second paragraph\n2. two\n   - nested\n\t- tabbed\n"
    )
    expected = ["first\n   goes on", "second paragraph", "two", "nested", "tabbed"]
    assert blocks(document) == [("item", text) for text in expected]


def test_quotation_marks_stand_only_inside_a_sentence() -> None:
    document = load("> We came.\n> We saw it\n> and won.\n>> Deeper.\nlazy end.\n")
    assert prose(document) == ["We came.", "We saw it\n> and won.", "Deeper.\nlazy end."]


def test_table_rows_are_quoted_without_outer_bars() -> None:
    document = load("| Year | Days |\n|---|---|\n| 2025 | 25 |\n> | a |\n> |---|\n> | b |\n")
    assert blocks(document) == [
        ("row", "Year | Days"),
        ("row", "2025 | 25"),
        ("row", "a"),
        ("row", "b"),
    ]


def test_code_is_one_block_without_its_fence() -> None:
    document = load("```py\n\ndef f():\n    pass\n```\n\n    indented\n\n    more\n\n~~~\nopen end")
    expected = ["def f():\n    pass", "indented\n\n    more", "open end"]
    assert blocks(document) == [("code", text) for text in expected]


def test_code_without_a_line_is_no_block() -> None:
    assert prose(load("Text.\n\n```\n```\n\n```")) == ["Text."]


def test_html_blocks_lose_their_tags_and_comments() -> None:
    document = load("<details>\n<b>Open</b> it.\n</details>\n\n<!-- secret\nnote -->\n\nText.\n")
    assert prose(document) == ["Open", "it.", "Text."]


def test_link_definitions_and_rules_are_not_quotable() -> None:
    assert prose(load("Text.\n\n---\n\n[a]: http://x.example\n")) == ["Text."]


def test_headings_are_paths_and_the_first_main_one_is_the_title() -> None:
    document = load("# The *rules*\n\nA.\n\n## `Leave`\n\nB.\n\nUp\n==\n\nC.\n\n### Skip\n\nD.\n")
    assert document.title == "The rules"
    headings = [(passage.heading, passage.text) for passage in split(document)]
    assert headings == [(None, "A."), ("Leave", "B."), ("Up", "C."), ("Up › Skip", "D.")]


def test_a_main_heading_other_than_the_title_is_part_of_the_path() -> None:
    document = load("---\ntitle: T\ndate: 2026-05-06\n---\n# H\n\n## S\n\nA.\n")
    assert (document.title, document.date) == ("T", "2026-05-06")
    assert split(document)[0].heading == "H › S"
    assert prose(document) == ["A."]


def test_a_rule_at_the_top_is_not_front_matter() -> None:
    assert prose(load("---\n\nText here.\n\n---\n\nMore.\n")) == ["Text here.", "More."]


def test_headings_alone_are_still_worth_reading() -> None:
    assert prose(load("# One\n\n# Two\n")) == ["# One", "# Two"]


def test_text_nested_too_deeply_to_parse_is_still_read() -> None:
    document = load(">" * 500 + " deep words")
    assert [block.kind for block in document.blocks] == [BlockKind.PROSE]
    assert document.text.endswith("deep words")
