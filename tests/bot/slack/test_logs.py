from __future__ import annotations

import logging

import pytest

from bot.slack.logs import TokenRedaction, redact


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
