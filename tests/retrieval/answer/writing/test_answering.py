from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from retrieval.answer.chain import Answerer
from retrieval.answer.models import supports_model
from retrieval.answer.writing.asking import Asker
from retrieval.answer.writing.checks import Checker
from retrieval.answer.writing.trace import Outcome
from retrieval.answer.writing.writer import Writer
from retrieval.model import Answer, Question, Refusal, SentenceRole
from tests.retrieval.answer.corpora import PRODUCT
from tests.retrieval.answer.writing.models import ToolModel, called, said

QUOTED = "The warranty lasts 36 months from the date of purchase."
ASKED = Question("How long does the warranty of the Aquila 300 last?")


def answerer(library: Any, *replies: Any) -> tuple[Answerer, ToolModel]:
    model = ToolModel(replies=list(replies))
    checker = Checker(supports_model(), 0.5)
    writer = Writer("scripted", Asker(model, timeout_s=30), checker)
    return Answerer(library.index, writer=writer), model


Make = Callable[[Mapping[str, str]], Any]


def test_a_sentence_that_holds_is_the_answer(make_library: Make) -> None:
    written = "From the date of purchase, the warranty lasts 36 months."
    answering, model = answerer(make_library(PRODUCT), called(said((written, [1]))))
    answer, why = answering.ask_explained(ASKED)
    assert isinstance(answer, Answer)
    assert [(s.text, s.kind) for s in answer.sentences] == [(written, SentenceRole.WRITTEN)]
    assert QUOTED in [citation.quote for citation in answer.citations]
    assert why.written is not None
    assert why.written.outcome is Outcome.WRITTEN
    assert QUOTED in model.heard[0][-1].text


def test_a_lie_is_answered_with_quotations(make_library: Make) -> None:
    lie = "The warranty lasts 99 years from the date of purchase."
    answering, _ = answerer(make_library(PRODUCT), called(said((lie, [1]))))
    answer = answering.ask(ASKED)
    assert isinstance(answer, Answer)
    assert {sentence.kind for sentence in answer.sentences} == {SentenceRole.QUOTE}
    assert "99 years" not in answer.text


def test_a_provider_that_fails_is_said_to_and_the_documents_are_quoted(make_library: Make) -> None:
    answering, _ = answerer(make_library(PRODUCT), ConnectionError())
    answer = answering.ask(ASKED)
    assert isinstance(answer, Answer)
    assert answer.sentences[0].kind is SentenceRole.FRAME
    assert QUOTED in [sentence.text for sentence in answer.sentences]


def test_a_true_sentence_that_does_not_answer_is_no_answer(make_library: Make) -> None:
    written = "The warranty lasts from the date of purchase."
    answering, _ = answerer(make_library(PRODUCT), called(said((written, [1]))))
    answer = answering.ask(ASKED)
    assert isinstance(answer, Answer)
    assert QUOTED in [sentence.text for sentence in answer.sentences]


def test_a_refusal_asks_no_model(make_library: Make) -> None:
    answering, model = answerer(make_library(PRODUCT))
    assert isinstance(answering.ask(Question("Who sells bananas in Peru?")), Refusal)
    assert model.heard == []


def test_suggestions_ask_no_model(make_library: Make) -> None:
    answering, model = answerer(make_library(PRODUCT))
    answering.suggestions()
    assert model.heard == []
