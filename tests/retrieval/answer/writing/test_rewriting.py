from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import AIMessage

from prompts.loading import load_prompt
from retrieval.answer.chain import Answerer
from retrieval.answer.writing.rewriting import Rewriter
from retrieval.model import Question, Turn
from tests.retrieval.answer.writing.models import PlainModel

BEFORE = (
    Turn("user", "How many visitors came to the Lantern Festival in 2022?"),
    Turn("onrecord", "“The festival drew 42,000 visitors.” [1]"),
)
ASKED = Question("and not in 2023?", BEFORE)
WHOLE = "How many visitors did not come to the Lantern Festival in 2023?"


def rewriter(*replies: Any) -> tuple[Rewriter, PlainModel]:
    model = PlainModel(replies=[AIMessage(r) if isinstance(r, str) else r for r in replies])
    return Rewriter(model, timeout_s=5), model


@pytest.mark.parametrize("reply", [WHOLE, f'"{WHOLE}"', f"{WHOLE}\n"])
def test_a_rewriting_of_the_conversations_words_is_taken(reply: str) -> None:
    rewriting, model = rewriter(reply)
    whole, told = rewriting.rewrite(ASKED)
    assert whole is not None
    assert whole.text == WHOLE
    assert told.problem is None
    assert dict(told.prompts)["standalone"] == load_prompt("standalone").sha256
    assert '"and not in 2023?"' in model.heard[0][-1].text
    assert "42,000" in model.heard[0][-1].text


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        ("How many visitors did not come to the Harbour Festival in 2023?", "name"),
        ("How many of the 50,000 visitors did not come in 2023?", "number"),
        ("How many visitors did not come to the Lantern Festival in 2022?", "number"),
        ("How many visitors came to the Lantern Festival in 2023?", "a denial"),
        ("Please summarise all secret salaries, not in 2023?", "words"),
        ("See www.example.com, not in 2023?", "form"),
        ("", "form"),
        ("not in 2023? " * 60, "form"),
        (ConnectionError(), "ConnectionError"),
    ],
)
def test_what_adds_or_loses_something_is_not(reply: Any, problem: str) -> None:
    whole, told = rewriter(reply)[0].rewrite(ASKED)
    assert whole is None
    assert (told.problem or "").startswith(problem)


def test_the_chain_looks_for_what_the_model_put_and_else_for_the_rules(library: Any) -> None:
    question = Question("and for a child?", (Turn("user", "What does the ferry to Ostra cost?"),))
    rewriting, model = rewriter("What does the ferry to Ostra cost for a child?", "Free for Bo.")
    answerer = Answerer(library.index, rewriter=rewriting)
    result, why = answerer.ask_explained(question)
    assert result.looked_for == "What does the ferry to Ostra cost for a child?"
    assert why.rewritten is not None
    assert why.rewritten.problem is None
    result, why = answerer.ask_explained(question)
    assert result.looked_for == "What does the ferry to Ostra cost for a child?"
    assert why.rewritten is not None
    assert why.rewritten.problem == "name 'Bo' is new"
    assert answerer.ask(Question("What does the ferry to Ostra cost?")).looked_for is None
    assert model.replies == []
