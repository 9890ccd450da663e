"""Whatever the text: passages and sentences slice back, in order, and nothing is lost."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.errors import LoadError
from retrieval.ingest.load.html import load_html
from retrieval.ingest.load.markdown import load_markdown
from retrieval.ingest.load.text import load_text
from retrieval.ingest.normalise import normalise
from retrieval.ingest.sentences import split_sentences
from retrieval.ingest.split import split
from retrieval.model import BlockKind, Document

FRAGMENTS = [
    "The U.S. Army met Gen. Smith at No. 5 on Jan. 1.",
    "It is 24.85 miles (e.g. far). ",
    '"We won. They lost," he said. "So."',
    "“Nested (quote. Really?) here.” ",
    "``tokenised . ''",
    "Yaşar Güler",
    "Cafe\u0301 A\u030a",
    "مرحبا؟ نعم.",
    "שלום. עולם!",
    "彼は来た。「見た。」",
    "👩‍👩‍👧 🎉. ",
    "\ufeff",
    "\u202e\u2066\u200b",
    "\x07\x0b\x0c\x1c\x85\u2028\u2029",
    "\r\n",
    "\r",
    "\n",
    "\n\n",
    "\t",
    "  \n",
    "\\\n",
    "# Heading\n",
    "Title\n===\n",
    "---\n",
    "title: x\n",
    "- item\n",
    "  12) item\n",
    "> quote. ",
    ">",
    "| a | b |\n|---|---|\n| 1. | 2; |\n",
    "|",
    "```\ncode. x = 1\n",
    "```",
    "    indented\n",
    "<p>tag</p>",
    "<!-- note",
    "-->",
    "<li>x<td>y<br><br>",
    "<pre>\n a\n",
    "<h2>H</h2>",
    "&amp;&#0;&#x85;",
    "[^1]: note\n",
    "x" * 150,
    "word " * 60,
    "a; " * 450,
    "...",
    "?!",
    '"',
    "(",
    ")",
    "'",
]
TEXTS = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=12), max_size=25).map("".join)
LOADERS = {"text": load_text, "markdown": load_markdown, "html": load_html}

thoroughly = settings(max_examples=250, deadline=None, derandomize=True)


def check(document: Document) -> None:
    blocks = document.blocks
    assert all(block.start < block.end <= len(document.text) for block in blocks)
    assert all(before.end <= after.start for before, after in pairwise(blocks))
    assert all(before.start <= after.start for before, after in pairwise(document.sections))
    passages = split(document)
    for passage in passages:
        assert document.text[passage.start : passage.end] == passage.text
        assert passage.text
        assert (passage.sentences[0].start, passage.sentences[-1].end) == (
            passage.start,
            passage.end,
        )
        starts = [section.start for section in document.sections]
        assert not any(passage.start < start < passage.end for start in starts)
    sentences = [sentence for passage in passages for sentence in passage.sentences]
    assert all(document.text[s.start : s.end] == s.text for s in sentences)
    assert all(s.text and s.text == s.text.strip() for s in sentences)
    assert all(before.end <= after.start for before, after in pairwise(sentences))
    assert visible(*(s.text for s in sentences)) == visible(
        *(document.text[block.start : block.end] for block in blocks)
    )


def visible(*texts: str) -> str:
    return "".join("".join(texts).split())


@pytest.mark.parametrize("name", LOADERS)
def test_everything_slices_back_and_nothing_is_lost(name: str) -> None:
    load: Callable[[bytes, str], Document] = LOADERS[name]

    @thoroughly
    @given(TEXTS)
    def holds(text: str) -> None:
        try:
            document = load(text.encode(errors="replace"), f"a.{name}")
        except LoadError:
            assert "\0" in text
            return
        assert "\r" not in document.text
        assert unicodedata.is_normalized("NFC", document.text)
        check(document)
        assert load(document.text.encode(), "a").text == document.text or name == "html"

    holds()


@thoroughly
@given(TEXTS)
def test_plain_text_loses_no_letter(text: str) -> None:
    text = normalise("No title:\n" + text.replace("\0", "").encode(errors="replace").decode())
    found = [s.text for p in split(load_text(text.encode(), "a.txt")) for s in p.sentences]
    assert letters("".join(found)) == letters(re.sub(r"(?m)^\s*\(?[a-z]\)[ \t]", "", text))


def letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


@thoroughly
@given(TEXTS)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@thoroughly
@given(TEXTS, st.sampled_from(BlockKind))
def test_sentences_cut_again_are_the_same_sentences(text: str, kind: BlockKind) -> None:
    for sentence in split_sentences(text, 0, len(text), kind):
        again = split_sentences(sentence.text, 0, len(sentence.text), kind)
        assert visible(*(part.text for part in again)) == visible(sentence.text)
