from __future__ import annotations

import io
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.run_reports import print_report
from bot.terminal import print_answer, print_verdict
from retrieval.ingest.pipeline import FailedFile
from retrieval.ingest.report import Changes, Renamed
from retrieval.model import Answer, Refusal
from tests.bot.examples import QUOTE, answer, refusal, report, verdict

HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202eevil\r[bold]not markup[/bold]"


def shown(result: Answer | Refusal, *, terminal: bool, width: int = 80) -> str:
    stream = io.StringIO()
    print_answer(_console(stream, terminal=terminal, width=width), result)
    return stream.getvalue()


def _console(stream: io.StringIO, *, terminal: bool, width: int = 80) -> Console:
    return Console(
        file=stream,
        force_terminal=terminal,
        width=width,
        markup=False,
        emoji=False,
        highlight=False,
        color_system=None,
    )


def test_a_piped_answer_is_plain_and_complete() -> None:
    assert shown(answer(), terminal=False) == (
        f"[1] “{QUOTE}”\n"
        "\n"
        "Sources\n"
        "[1] Bridges › History, page 3 (2025-01-31)\n"
        "    onrecord passage city/bridges.md 40 66\n"
        "\n"
    )


def test_a_piped_refusal_says_why_and_what_is_near() -> None:
    assert shown(refusal(), terminal=False) == (
        "No answer on the record  not_answered\n"
        "The documents do not say who.\n"
        "\n"
        "Nearest passages (not an answer)\n"
        "- Bridges › History, page 3 (2025-01-31)\n"
        f"    {QUOTE}\n"
        "\n"
        "Searched 6 documents (112 passages), indexed 2026-11-23 20:40 UTC.\n"
        "\n"
    )


def test_what_was_looked_for_stands_first() -> None:
    found = replace(answer("and in 2023?"), looked_for="When did it open in 2023?")
    assert shown(found, terminal=False).startswith("I looked for: When did it open in 2023?\n")


def test_long_lines_are_never_wrapped_in_a_pipe() -> None:
    quote = "word " * 300 + "end."
    assert quote in shown(answer(quote=quote), terminal=False)


def test_a_verdict_shows_its_quotations() -> None:
    stream = io.StringIO()
    print_verdict(_console(stream, terminal=False), verdict())
    text = stream.getvalue()
    assert text.startswith("The documents say otherwise.\n")
    assert f"[1] “{QUOTE}”" in text
    assert "onrecord passage city/bridges.md 40 66" in text


def test_a_report_names_what_failed() -> None:
    stream = io.StringIO()
    console = _console(stream, terminal=False)
    print_report(console, report(FailedFile("a.pdf", "It is encrypted.")), dry_run=False)
    assert "Generation 7 is published: 6 documents, 112 passages" in stream.getvalue()
    assert "Not indexed: 1\n- a.pdf: It is encrypted." in stream.getvalue()


def test_a_dry_run_says_that_nothing_was_written() -> None:
    stream = io.StringIO()
    print_report(_console(stream, terminal=False), report(), dry_run=True)
    assert "Nothing was written" in stream.getvalue()
    assert "published" not in stream.getvalue()


def test_a_dry_run_names_what_would_change_and_no_more_than_can_be_read() -> None:
    stream = io.StringIO()
    many = tuple(f"new-{n:02}.md" for n in range(30))
    changes = Changes(many, ("a.md",), (Renamed("b.md", "c.md"),), ("\x1bd.md",))
    told = replace(
        report(FailedFile("e.pdf", "It is encrypted.", runs=3)),
        changes=changes,
        removes_too_many=True,
    )
    print_report(_console(stream, terminal=False), told, dry_run=True)
    text = stream.getvalue()
    assert "Added: 30\n- new-00.md\n" in text
    assert "- new-19.md\n- and 10 more\n" in text
    assert "Changed: 1\n- a.md\n" in text
    assert "Renamed: 1\n- b.md is now c.md\n" in text
    assert "Removed: 1\n- " in text
    assert "\x1b" not in text
    assert "- e.pdf: It is encrypted. (in 3 runs in a row)\n" in text
    assert "--allow-removals 1`" in text


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_a_terminal_answer_keeps_within_its_width(width: int) -> None:
    quote = "The very long name of the bridge is Unaussprechlichlangebrueckennamenkette. " * 8
    lines = shown(answer(quote=quote.strip()), terminal=True, width=width).splitlines()
    assert max(map(len, lines)) <= min(width, 100)
    assert " ".join(" ".join(lines).split()).count("Unaussprechlich") == 8 or width == 20


@pytest.mark.parametrize("terminal", [True, False])
def test_documents_cannot_send_escape_sequences(terminal: bool) -> None:
    names = {"title": HOSTILE, "heading": HOSTILE, "source": HOSTILE, "date": HOSTILE}
    text = shown(answer(quote=HOSTILE, **names), terminal=terminal)
    text += shown(refusal(quote=HOSTILE), terminal=terminal)
    assert not set(text) & set("\x1b\x07\x9b\u202e\r")
    assert "[bold]not markup[/bold]" in text


@given(st.text(min_size=1), st.booleans())
def test_no_control_character_reaches_a_terminal(quote: str, terminal: bool) -> None:
    text = shown(answer(quote=quote), terminal=terminal)
    assert not [c for c in text if unicodedata.category(c) == "Cc" and c not in "\n\t"]
