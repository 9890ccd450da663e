from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import AIMessage
from langchain_core.messages.ai import UsageMetadata

from prompts.loading import load_prompt
from retrieval.answer.chain import Answerer
from retrieval.answer.explanation import Explanation
from retrieval.answer.writing.rewriting import Rewriter, unfit
from retrieval.answer.writing.trace import Outcome, Trace, Usage
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
    return Rewriter(model, name="a:model", timeout_s=5), model


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


def test_a_rewriting_that_forgets_what_was_asked_last_is_not_taken() -> None:
    question = Question("How many stewards and first-aid tents were hired for it?", BEFORE)
    forgotten = "How many visitors came to the Lantern Festival in 2022?"
    assert (unfit(forgotten, question) or "").startswith("words stewards")
    kept = "How many stewards and first-aid tents were hired for the Lantern Festival in 2022?"
    assert unfit(kept, question) is None
    assert unfit(question.text, question) == "it is the message itself"


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


def test_the_tokens_of_rewriting_are_in_the_record_whether_or_not_anything_is_written() -> None:
    spent = UsageMetadata(input_tokens=40, output_tokens=9, total_tokens=49)
    _, put = rewriter(AIMessage(WHOLE, usage_metadata=spent))[0].rewrite(ASKED)
    alone = Explanation(rewritten=put).record
    assert alone is not None
    assert (alone.model, alone.outcome) == ("a:model", Outcome.NOT_ASKED)
    assert (alone.usage.calls, alone.usage.input_tokens, alone.usage.output_tokens) == (1, 40, 9)
    writing = Trace("a:model", Outcome.WRITTEN, (), (), usage=Usage(1, 100, 20, 1.0))
    both = Explanation(written=writing, rewritten=put).record
    assert both is not None
    assert (both.usage.calls, both.usage.input_tokens, both.usage.output_tokens) == (2, 140, 29)
    assert both.outcome is Outcome.WRITTEN
    assert dict(both.prompts)["standalone"] == load_prompt("standalone").sha256
    assert Explanation().record is None
