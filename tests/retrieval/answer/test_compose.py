from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retrieval.answer.citation import QuotationError, cite
from retrieval.index.reader import Snapshot
from retrieval.model import Answer, Question, Reason, Refusal
from tests.retrieval.answer.conftest import Library

Maker = Callable[[Mapping[str, str]], Library]
TABLE = {
    "travel.md": "# Travel\n\nAsk the travel office.\n\n"
    "| Country | Daily allowance | Hotel limit |\n| --- | --- | --- |\n"
    "| Austria | 44 euros | 130 euros |\n| Japan | 71 euros | 190 euros |\n"
}


def quotes(result: object) -> list[str]:
    assert isinstance(result, Answer)
    return [citation.quote for citation in result.citations]


def test_a_row_is_quoted_under_the_head_of_its_table(make_library: Maker) -> None:
    answerer = make_library(TABLE).answerer
    head = "Country | Daily allowance | Hotel limit"
    for question in ("What is the daily allowance for Japan?", "What is the hotel limit in Japan?"):
        assert quotes(answerer.ask(Question(question)))[:2] == [
            head,
            "Japan | 71 euros | 190 euros",
        ]


def test_the_head_of_a_table_is_no_answer(make_library: Maker) -> None:
    result = make_library(TABLE).answerer.ask(Question("What is the hotel limit in Norway?"))
    assert not isinstance(result, Answer) or len(quotes(result)) > 1


def test_quotations_are_in_the_order_of_the_document(library: Library) -> None:
    assert quotes(library.answerer.ask(Question("When was it first held?"))) == [
        "The lantern festival in Ostra drew 42,000 visitors, more than ever before.",
        "It was first held in 1987.",
    ]


@pytest.mark.parametrize(
    "question",
    ["How often is the filter of the pump cleaned?", "How long must receipts be kept?"],
)
def test_a_quantity_written_out_is_a_number(library: Library, question: str) -> None:
    assert isinstance(library.answerer.ask(Question(question)), Answer)


@pytest.mark.parametrize(
    "question",
    [
        "How many vans did the storm sink?",
        "Who damaged the eastern pier?",
        "What time does the festival open?",
    ],
)
def test_what_is_not_of_the_kind_asked_for_is_no_answer(library: Library, question: str) -> None:
    result = library.answerer.ask(Question(question))
    assert isinstance(result, Refusal)
    assert result.reason in (Reason.NOT_ANSWERED, Reason.NOTHING_FOUND)


def test_what_the_catalog_no_longer_says_is_not_quoted(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = library.index.snapshot()
    passage = snapshot.passages([1])[0]
    sentence = passage.sentences[0]
    assert cite(snapshot, passage, sentence).quote == sentence.text
    monkeypatch.setattr(Snapshot, "quote", lambda *_: sentence.text.upper())
    with pytest.raises(QuotationError):
        cite(snapshot, passage, sentence)
    result = library.answerer.ask(Question("How do I reset the pump?"))
    assert isinstance(result, Refusal)
    assert result.reason is Reason.ERROR
    assert not result.sentences
    assert not result.nearest


def test_a_place_that_is_gone_is_not_quoted(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> str:
        raise LookupError

    monkeypatch.setattr(Snapshot, "quote", gone)
    result = library.answerer.ask(Question("How do I reset the pump?"))
    assert isinstance(result, Refusal)
    assert result.reason is Reason.ERROR
