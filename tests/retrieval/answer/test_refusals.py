from __future__ import annotations

import pytest

from retrieval.answer.question import analyse
from retrieval.answer.refusals import LONGEST_STATEMENT, not_answered
from retrieval.model import Reason
from tests.retrieval.answer.conftest import Library

QUESTION = "Why did the ferry sink?"


def message(library: Library, presumed: str | None) -> str:
    refusal = not_answered(library.index.snapshot(), QUESTION, analyse(QUESTION), (), presumed)
    assert refusal.reason is Reason.NOT_ANSWERED
    return refusal.message


def test_what_is_presumed_and_not_said_is_named(library: Library) -> None:
    assert message(library, "The ferry sank.") == (
        "The documents do not answer this. The documents do not say that “The ferry sank”."
    )


def test_without_a_presumption_nothing_is_added(library: Library) -> None:
    assert message(library, None) == "The documents do not answer this."


@pytest.mark.parametrize("length", [150, 160, 161, 900])
def test_a_long_statement_is_cut_at_a_word(library: Library, length: int) -> None:
    statement = ("The ferry sank " * 80)[:length].strip()
    shown = message(library, statement + ".").partition("“")[2].partition("”")[0]
    assert len(shown) <= LONGEST_STATEMENT
    assert statement.startswith(shown.removesuffix("…"))
    assert shown.endswith("…") == (len(statement) > LONGEST_STATEMENT)
