"""Sentences: where a stop ends one, and what must stay together."""

import pytest

from retrieval.ingest.sentences import LONGEST_SENTENCE, split_sentences
from retrieval.model import BlockKind


def cut(text: str, kind: BlockKind = BlockKind.PROSE) -> list[str]:
    sentences = split_sentences(text, 0, len(text), kind)
    assert all(text[s.start : s.end] == s.text for s in sentences)
    return [sentence.text for sentence in sentences]


@pytest.mark.parametrize(
    "sentence",
    [
        "The U.S. Army and the U.K. Government met.",
        "See No. 5 and Fig. 3 on p. 12 of Vol. II for this.",
        "Gen. Smith met Dr. Jones, Prof. Yılmaz and Mrs. Brown on Main St. Paul's side.",
        "It is 24.85 miles long.",
        "Bring a pen, e.g. A ballpoint, i.e. The blue one.",
        "Between Jan. 1 and Sept. 30 nothing happened.",
        "J. K. Rowling and George W. Bush wrote to J.R.R. Tolkien.",
        "He works at Acme Inc. Canada and at Foo Corp. Brasil.",
        "It starts at 5 p.m. Monday and ends at 6 a.m. EST on Friday.",
        "Godfrey v. Georgia was decided.",
        "Brown et al. Proved it.",
        "Well... maybe it is so, or not?! who knows.",
        "He holds a Ph.D. Physics degree.",
        "1. Introduction to the subject",
        "Does Yahoo! own it.",
        "Credit: NASA/ESA/J. Lee and J.-P. Sartre",
        'He wrote "Oh, Mr Porter!" (1937) and left.',
        "What Is a Tsunami? | Space Place",
        "She asked: what now? and left.",
        "We use node.js 3.11.2 and file.txt daily.",
    ],
)
def test_one_sentence_stays_whole(sentence: str) -> None:
    assert cut(sentence) == [sentence]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. It poured.", ["It rained.", "It poured."]),
        ("He moved to the U.S. The war began.", ["He moved to the U.S.", "The war began."]),
        ("It closed at 5 p.m. Police came.", ["It closed at 5 p.m.", "Police came."]),
        ("We choose plan B. It works.", ["We choose plan B.", "It works."]),
        ("Did they? No. They fled!", ["Did they?", "No.", "They fled!"]),
        ("In 1990. The next year.", ["In 1990.", "The next year."]),
        ("Rule No. 5. The rest follows.", ["Rule No. 5.", "The rest follows."]),
        ("He left… She stayed.", ["He left…", "She stayed."]),
        ("(He left.) She stayed.", ["(He left.)", "She stayed."]),
        ("It ended.[1] Then it began.[2][3]", ["It ended.[1]", "Then it began.[2][3]"]),
        ("**It is so.** _Yes._ Go.", ["**It is so.**", "_Yes._", "Go."]),
        ("See [this.](http://x.example/a) Go.", ["See [this.](http://x.example/a)", "Go."]),
        ("Pets, bags, etc. The rest.", ["Pets, bags, etc.", "The rest."]),
        ("A film . The plot .", ["A film .", "The plot ."]),
        ("彼は来た。そして去った！本当？", ["彼は来た。", "そして去った！", "本当？"]),
        ("هل وصل؟ نعم وصل. ثم غادر.", ["هل وصل؟", "نعم وصل.", "ثم غادر."]),
        ("वह आया। वह गया।", ["वह आया।", "वह गया।"]),
        ("all lower case. nobody shouts. fine.", ["all lower case.", "nobody shouts.", "fine."]),
        ("Shipped today. iPhone sales rose.", ["Shipped today.", "iPhone sales rose."]),
        ("Great 🎉. 🎉 Again!", ["Great 🎉.", "🎉 Again!"]),
        ("First line  \nSecond line", ["First line", "Second line"]),
        ("Wrapped over\ntwo lines. Next.", ["Wrapped over\ntwo lines.", "Next."]),
    ],
)
def test_sentences_are_told_apart(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        '"We won. They lost. That is all," he said.',
        'He said: "We won. They lost."',
        '"Is it over?" Smith asked.',
        '"It is over!" the foreign minister said on Friday.',
        "“We won. They lost,” said Fuad Hussein.",
        "Andy told Toby `` I know . You do n't . ''",
        "«Ja. Nein.» sagte er",
        'It "was false," he said. "They agreed."',
        "The report (see p. 3. It is long. Really.) was late.",
        "彼は「来た。見た。」と言った。",
    ],
)
def test_a_quotation_stays_with_the_words_that_attribute_it(sentence: str) -> None:
    assert cut(sentence) == [sentence]


def test_a_quotation_that_ends_a_sentence_lets_the_next_one_begin() -> None:
    text = 'He said "It is ok. Really." Then he left. "Nobody" came.'
    assert cut(text) == ['He said "It is ok. Really."', "Then he left.", '"Nobody" came.']


def test_a_quotation_mark_set_apart_belongs_to_the_side_it_opens_or_closes() -> None:
    assert cut('He made films. " Extinction" was one.') == [
        "He made films.",
        '" Extinction" was one.',
    ]
    assert cut('They shot "The Cove . " It won.') == ['They shot "The Cove . "', "It won."]


def test_a_long_quotation_is_cut_between_its_sentences() -> None:
    speech = " ".join(f"This is sentence number {n} of a long speech." for n in range(20))
    assert len(cut(f'"{speech}"')) == 20


def test_an_unclosed_quotation_mark_does_not_swallow_the_rest() -> None:
    assert cut('"We won. They lost. "So what.') == ['"We won.', "They lost.", '"So what.']


@pytest.mark.parametrize("kind", [BlockKind.ROW, BlockKind.CODE])
def test_rows_and_code_are_not_cut(kind: BlockKind) -> None:
    assert cut("A. One | B. Two! Three", kind) == ["A. One | B. Two! Three"]


def test_list_items_are_cut_like_prose() -> None:
    assert cut("First. Second.", BlockKind.ITEM) == ["First.", "Second."]


def test_what_is_too_long_is_cut_at_semicolons_and_line_ends() -> None:
    parts = cut("; ".join(["a list of many things"] * 200))
    assert all(len(part) <= LONGEST_SENTENCE for part in parts)
    assert len(parts) == 4
    code = cut("\n".join(["x = 1"] * 500), BlockKind.CODE)
    assert all(len(part) <= LONGEST_SENTENCE for part in code)


def test_what_cannot_be_cut_stays_whole() -> None:
    assert cut("x" * 5_000) == ["x" * 5_000]


def test_only_the_given_stretch_is_read() -> None:
    text = "Outside. Inside one. Inside two. Outside."
    sentences = split_sentences(text, 9, 32, BlockKind.PROSE)
    assert [(s.start, s.text) for s in sentences] == [(9, "Inside one."), (21, "Inside two.")]


def test_white_space_alone_is_no_sentence() -> None:
    assert cut(" \n\t ") == []


def test_lines_that_each_have_a_label_are_each_a_sentence() -> None:
    assert cut("Present: Ada Holm, Ben Ruiz\n**Due date:** 4 May\nNote: it is\nlate") == [
        "Present: Ada Holm, Ben Ruiz",
        "**Due date:** 4 May",
        "Note: it is\nlate",
    ]


def test_a_colon_alone_cuts_nothing() -> None:
    text = "The board said this on Monday and wants\nOne thing: that the lease\nends at 10:30 on"
    assert cut(text) == [text]
