from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import AIMessage

from retrieval.answer.writing.asking import Asker
from retrieval.answer.writing.checks import Checker
from retrieval.answer.writing.trace import Fate, Outcome
from retrieval.answer.writing.writer import Writer, Written
from retrieval.model import SentenceRole
from tests.retrieval.answer.writing.models import (
    DENIAL,
    FERRY,
    PORT,
    Judge,
    ToolModel,
    called,
    quotations,
    said,
)

LISTED = quotations(PORT, DENIAL, FERRY)
TRUE = "The port of Vessa has 40 berths."
LIE = "The port of Vessa has 50 berths."


def write(*replies: Any) -> Written:
    asker = Asker(ToolModel(replies=list(replies)), timeout_s=5)
    return Writer("scripted", asker, Checker(Judge(), 0.5)).compose("Berths?", LISTED)


def posted(written: Written) -> list[tuple[str, SentenceRole]]:
    return [(sentence.text, sentence.kind) for sentence in written.sentences]


def test_a_sentence_that_holds_is_posted_with_its_quotation() -> None:
    written = write(called(said((TRUE, [1]))))
    assert posted(written) == [(TRUE, SentenceRole.WRITTEN)]
    assert [citation.quote for citation in written.citations] == [PORT]
    assert written.trace.outcome is Outcome.WRITTEN
    assert written.frame is None


def test_citations_are_numbered_as_they_are_met() -> None:
    text = "The ferry to Ostra may also call at Lind."
    written = write(called(said((text, [3]), (TRUE, [1]))))
    assert [sentence.citations for sentence in written.sentences] == [(1,), (2,)]
    assert [citation.quote for citation in written.citations] == [FERRY, PORT]


def test_a_sentence_that_fails_becomes_its_quotation() -> None:
    written = write(called(said((LIE, [1]), ("The ferry to Ostra may call at Lind.", [3]))))
    assert posted(written)[0] == (PORT, SentenceRole.QUOTE)
    failed = written.trace.sentences[0]
    assert (failed.text, failed.fate, failed.gate) == (LIE, Fate.REPLACED, "carried")


def test_a_quotation_that_was_not_chosen_does_not_replace_a_sentence() -> None:
    written = write(called(said((TRUE, [1]), ("The eastern pier will be demolished.", [2]))))
    assert posted(written) == [(TRUE, SentenceRole.WRITTEN)]
    assert written.trace.dropped[0].fate is Fate.DROPPED


def test_a_quotation_is_posted_once() -> None:
    written = write(called(said((LIE, [1]), (LIE, [1]), (TRUE, [1]))))
    assert posted(written) == [(PORT, SentenceRole.QUOTE), (TRUE, SentenceRole.WRITTEN)]


def test_two_sentences_in_one_are_checked_one_by_one() -> None:
    written = write(called(said((f"{TRUE} {LIE}", [1]))))
    assert posted(written) == [(TRUE, SentenceRole.WRITTEN), (PORT, SentenceRole.QUOTE)]


@pytest.mark.parametrize(
    ("reply", "outcome", "frame"),
    [
        (called(said((LIE, [1]))), Outcome.NOTHING_HELD, None),
        (called(said(("The ferry to Ostra may call at Lind.", [3]))), Outcome.NOTHING_HELD, None),
        (called(said()), Outcome.DECLINED, None),
        (TimeoutError(), Outcome.TIMED_OUT, "in time"),
        (ConnectionError(), Outcome.PROVIDER_FAILED, "model failed"),
    ],
)
def test_without_a_written_answer_the_caller_quotes(
    reply: Any, outcome: Outcome, frame: str | None
) -> None:
    written = write(reply)
    assert (written.sentences, written.citations) == ((), ())
    assert written.trace.outcome is outcome
    assert written.frame is None if frame is None else frame in str(written.frame)


def test_garbage_twice_is_said_to_be_no_usable_answer() -> None:
    written = write(AIMessage("Sure!"), AIMessage("Here you are."))
    assert "no usable answer" in str(written.frame)


def test_at_most_four_sentences_are_posted() -> None:
    texts = [TRUE, "The port of Vessa reopened.", "The port of Vessa reopened on 12 March 2025.",
             "On 12 March 2025 the port of Vessa reopened.", "The port reopened."]  # fmt: skip
    written = write(called(said(*((text, [1]) for text in texts))))
    assert len(written.sentences) == 4
    assert written.trace.sentences[-1].fate is Fate.DROPPED


def test_the_trace_keeps_what_was_asked_and_what_it_took() -> None:
    trace = write(called(said((TRUE, [1])))).trace
    assert trace.quotations == (PORT, DENIAL, FERRY)
    assert {name for name, _ in trace.prompts} == {"writing_rules", "writing_request"}
    assert trace.usage.output_tokens == 10


def test_what_a_model_wrote_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    write(AIMessage("A secret."), AIMessage("Another secret."))
    assert "not_written" in caplog.text
    assert "secret" not in caplog.text
