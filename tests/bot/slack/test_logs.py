from __future__ import annotations

import logging

import pytest

from bot.slack.logs import TokenRedaction, redact, where
from retrieval.errors import UsageError


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("token xoxb-12-34-abcDEF used", "token xoxb-… used"),
        ("xapp-1-A0-1-deadbeef", "xapp-…"),
        ("xoxe.xoxp-1-abc and xoxe-1-abc", "xoxe.xoxp-… and xoxe-…"),
        ("no token in boxes-of-12", "no token in boxes-of-12"),
    ],
)
def test_tokens_are_cut_to_their_kind(written: str, shown: str) -> None:
    assert redact(written) == shown


def test_neither_messages_nor_arguments_nor_tracebacks_keep_a_token() -> None:
    try:
        raise ValueError("refused xoxb-1-secret")
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("x", logging.ERROR, "x", 1, "sent %s", ("xapp-1-secret",), info)

    TokenRedaction().filter(record)

    line = logging.Formatter().format(record)
    assert "secret" not in line
    assert "sent xapp-…" in line
    assert "refused xoxb-…" in line


def test_an_error_is_named_by_its_place_and_not_by_its_text() -> None:
    try:
        raise ValueError("what somebody wrote")
    except ValueError as error:
        named = where(error)

    assert "ValueError at " in named
    assert "test_logs.py:" in named
    assert "wrote" not in named


def test_our_own_errors_are_told_in_their_own_words() -> None:
    assert where(UsageError("It is wrong.", "Make it right.")) == "It is wrong. Make it right."
