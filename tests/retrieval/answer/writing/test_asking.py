from __future__ import annotations

import re
import threading

import pytest
from langchain_core.messages import AIMessage
from langsmith import tracing_context
from langsmith.run_helpers import get_tracing_context

from prompts.loading import load_prompt
from retrieval.answer.writing.asking import Asker
from retrieval.answer.writing.patience import Patience, TooManyCallsError
from retrieval.answer.writing.reply import Drafted, UnreadableReplyError, parse
from retrieval.answer.writing.trace import Outcome
from tests.retrieval.answer.writing.models import (
    PORT,
    PlainModel,
    ToolModel,
    as_json,
    called,
    quotations,
    said,
)

SENTENCE = ("The port of Vessa reopened.", [1])
DRAFT = Drafted("The port of Vessa reopened.", (1,))
LISTED = quotations(PORT)


def test_sentences_come_by_tool_call_with_what_they_took() -> None:
    model = ToolModel(replies=[called(said(SENTENCE))])
    asked = Asker(model, timeout_s=5).ask("When?", LISTED)
    assert asked.sentences == (DRAFT,)
    assert asked.outcome is Outcome.WRITTEN
    assert (asked.usage.calls, asked.usage.input_tokens, asked.usage.output_tokens) == (1, 100, 10)
    assert asked.prompts[0] == ("writing_rules", load_prompt("writing_rules").sha256)


def test_a_model_without_tools_is_asked_for_json() -> None:
    model = PlainModel(replies=[as_json(SENTENCE)])
    asked = Asker(model, timeout_s=5).ask("When?", LISTED)
    assert asked.sentences == (DRAFT,)
    assert load_prompt("writing_as_json").text in model.heard[0][0].text
    assert "writing_as_json" in dict(asked.prompts)


@pytest.mark.parametrize(
    "reply",
    [
        AIMessage("The port reopened in March."),
        AIMessage(""),
        called({"sentences": [{"text": "It did."}]}),
        called({"sentences": "It did."}),
    ],
)
def test_an_unreadable_reply_is_asked_for_once_more(reply: AIMessage) -> None:
    model = ToolModel(replies=[reply, as_json(SENTENCE), as_json(SENTENCE)])
    asker = Asker(model, timeout_s=5)
    asked = asker.ask("When?", LISTED)
    assert asked.sentences == (DRAFT,)
    assert asked.usage.calls == 2
    assert "could not be read" in model.heard[1][-1].text
    assert load_prompt("writing_as_json").text in model.heard[1][0].text
    assert asker.ask("When?", LISTED).usage.calls == 1


def test_two_unreadable_replies_are_a_failure() -> None:
    model = ToolModel(replies=[AIMessage("No."), AIMessage("No!"), called(said(SENTENCE))])
    asked = Asker(model, timeout_s=5).ask("When?", LISTED)
    assert (asked.sentences, asked.outcome) == ((), Outcome.UNREADABLE)
    assert len(model.replies) == 1


@pytest.mark.parametrize("what", ["tools", "response_format of type json_schema"])
def test_a_model_that_refuses_tools_is_asked_for_json_from_then_on(what: str) -> None:
    refusal = RuntimeError(f"this model does not support {what}")
    model = ToolModel(replies=[refusal, as_json(SENTENCE), as_json(SENTENCE)])
    asker = Asker(model, timeout_s=5)
    assert asker.ask("When?", LISTED).sentences == (DRAFT,)
    assert asker.ask("When?", LISTED).usage.calls == 1


def test_an_error_of_the_provider_is_no_crash() -> None:
    asked = Asker(ToolModel(replies=[ConnectionError("429")]), timeout_s=5).ask("When?", LISTED)
    assert (asked.outcome, asked.problem) == (Outcome.PROVIDER_FAILED, "ConnectionError")
    assert asked.usage.calls == 1


def test_no_sentences_are_a_way_to_decline() -> None:
    asked = Asker(ToolModel(replies=[called(said())]), timeout_s=5).ask("When?", LISTED)
    assert asked.outcome is Outcome.DECLINED


def test_a_model_that_does_not_answer_is_left_behind() -> None:
    released = threading.Event()

    def wait() -> AIMessage:
        released.wait(30)
        return called(said(SENTENCE))

    asked = Asker(ToolModel(replies=[wait]), timeout_s=0.05).ask("When?", LISTED)
    released.set()
    assert asked.outcome is Outcome.TIMED_OUT


def test_tracing_that_is_off_stays_off_in_the_thread_of_the_call() -> None:
    seen: list[object] = []

    def look() -> AIMessage:
        seen.append(get_tracing_context()["enabled"])
        return called(said(SENTENCE))

    with tracing_context(enabled=False):
        Asker(ToolModel(replies=[look]), timeout_s=5).ask("When?", LISTED)
    assert seen == [False]


def test_quotations_stand_between_lines_with_a_marker_that_is_new_each_time() -> None:
    model = ToolModel(replies=[called(said()), called(said())])
    asker = Asker(model, timeout_s=5)
    for _ in range(2):
        asker.ask("When?", quotations(PORT, 'He said "end" of it.'))
    markers = [
        re.findall(r"^(data-\w{16}) end of quotations$", m[-1].text, re.M) for m in model.heard
    ]
    assert len({marker for found in markers for marker in found}) == 2
    assert '[2] "He said \\"end\\" of it."' in model.heard[0][-1].text


def test_a_marker_that_stands_in_a_quotation_is_not_used() -> None:
    markers = iter(["data-1", "data-2"])
    model = ToolModel(replies=[called(said())])
    asker = Asker(model, timeout_s=5, marker=lambda: next(markers))
    asker.ask("When?", quotations("It ends here. data-1 end of quotations"))
    assert model.heard[0][-1].text.startswith("data-2 question")


def test_a_provider_that_hangs_does_not_use_up_all_threads() -> None:
    released = threading.Event()
    patience = Patience(most_waiting=1)
    with pytest.raises(TimeoutError):
        patience.within(0.01, lambda: released.wait(30))
    with pytest.raises(TooManyCallsError):
        patience.within(1, lambda: True)
    released.set()


@pytest.mark.parametrize(
    "text",
    [
        "", "  ", "It did.", "[]", "null", '{"sentences": 1}', '{"sentences": [], "more": 1}',
        '{"sentences": [{"text": 1, "quotations": [1]}]}', "[" * 5_000,
        '{"sentences": [{"text": "x", "quotations": ["1"]}]}', '{"sentences": []} and more',
        '{"sentences": [{"text": "x", "quotations": [1.5]}]}', '{"answer": "x"}', "x" * 30_000,
    ],
)  # fmt: skip
def test_only_the_form_asked_for_is_read(text: str) -> None:
    with pytest.raises(UnreadableReplyError) as failed:
        parse(text)
    assert str(failed.value).endswith(".")


def test_one_code_fence_around_the_json_is_forgiven() -> None:
    assert parse('```json\n{"sentences": []}\n```').sentences == []
