"""Lines behind labels and rows of tables: asked for in other words, and evidence for claims."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from retrieval.model import Answer, Label, Question
from tests.retrieval.answer.conftest import Library

DOCUMENTS = {
    "minutes.md": """\
# Minutes of the allotment committee, 12 May 2025

Present: Ada Holm, Ben Ruiz, Carol Stone
Apologies: Dev Patel
Chair: Ada Holm

The committee agreed to repair the pump.

## Next meeting

Date: 9 June 2025
Place: the village hall
""",
    "invoice.md": """\
# Invoice 2041

- Supplier: Norden Tools
- Total: 1,240 euros
- Due: 4 May 2025

Signed: Hugo Falk, head of sales
""",
    "machine.md": """\
# Coffee machine X4

Manufacturer: Brewer & Sons
Weight: 8.4 kg
Colour: black
""",
    "prices.md": """\
# Price list

| Item | Price | Stock |
| --- | --- | --- |
| Spade | 24 euros | 12 |
| Wheelbarrow | 95 euros | 4 |
""",
}


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    made = Library(tmp_path_factory.mktemp("labelled"), DOCUMENTS)
    yield made
    made.index.close()


@pytest.mark.parametrize(
    ("question", "line"),
    [
        (
            "Who attended the allotment committee meeting?",
            "Present: Ada Holm, Ben Ruiz, Carol Stone",
        ),
        ("Who was absent from the allotment committee meeting?", "Apologies: Dev Patel"),
        ("When is the next meeting of the allotment committee?", "Date: 9 June 2025"),
        ("When must invoice 2041 be paid?", "Due: 4 May 2025"),
        ("Who signed invoice 2041?", "Signed: Hugo Falk, head of sales"),
        ("How heavy is the coffee machine X4?", "Weight: 8.4 kg"),
        ("What's the price of a spade?", "Spade | 24 euros | 12"),
    ],
)
def test_a_line_answers_in_other_words_than_its_label(
    documents: Library, question: str, line: str
) -> None:
    answer = documents.answerer.ask(Question(question))
    assert isinstance(answer, Answer), answer.message
    assert line in [citation.quote for citation in answer.citations]


@pytest.mark.parametrize(
    "question", ["Who was absent from the summer fair?", "Who sponsors the reading group?"]
)
def test_a_line_of_another_document_answers_nothing(documents: Library, question: str) -> None:
    assert not isinstance(documents.answerer.ask(Question(question)), Answer)


@pytest.mark.parametrize(
    ("claim", "label"),
    [
        ("Ada Holm attended the allotment committee meeting.", Label.SUPPORTED),
        ("Ben Ruiz attended the allotment committee meeting.", Label.SUPPORTED),
        ("Dev Patel was absent from the allotment committee meeting.", Label.SUPPORTED),
        ("Invoice 2041 is due on 4 May 2025.", Label.SUPPORTED),
        ("Hugo Falk signed invoice 2041.", Label.SUPPORTED),
        ("The coffee machine X4 weighs 8.4 kg.", Label.SUPPORTED),
        ("The coffee machine X4 is black.", Label.SUPPORTED),
        ("A spade costs 24 euros.", Label.SUPPORTED),
        ("Norden Tools signed invoice 2041.", Label.NOT_IN_CORPUS),
        ("A rake costs 24 euros.", Label.NOT_IN_CORPUS),
    ],
)
def test_what_a_line_says_is_said(documents: Library, claim: str, label: Label) -> None:
    assert documents.answerer.check(claim).label is label


@pytest.mark.parametrize(
    "claim",
    [
        "The coffee machine X4 weighs 9.4 kg.",
        "Dev Patel chaired the allotment committee meeting.",
        "Dev Patel attended the allotment committee meeting.",
        "Invoice 2041 is due on 14 May 2025.",
        "A spade costs 95 euros.",
        "Only Ada Holm attended the allotment committee meeting.",
    ],
)
def test_what_a_line_does_not_say_is_not_supported(documents: Library, claim: str) -> None:
    assert documents.answerer.check(claim).label is not Label.SUPPORTED
