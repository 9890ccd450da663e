from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import main
from bot.slack.records import RECORDS_FILE, Records
from bot.slack.records.answers import KeptAnswer
from bot.slack.records.feedback import Kind
from bot.slack.records.gaps import Wish
from retrieval.model import Answer, Refusal
from tests.bot.examples import QUOTE, answer, refusal


@pytest.fixture
def home(empty_folder: Path) -> Path:
    corpus = empty_folder / "corpus"
    corpus.mkdir()
    (corpus / "bridges.md").write_text(f"# Bridges\n\n{QUOTE} It carries trams.\n")
    return empty_folder


def keep(home: Path, question: str, result: Answer | Refusal, **said: object) -> None:
    records = Records.open(home / "data" / RECORDS_FILE)
    kept = KeptAnswer(question, "T", "C", "1", "U0MEMBER", question, result, 1.0)
    if said:
        records.feedback.say(kept, "U0MEMBER", **said)  # type: ignore[arg-type]
    else:
        records.gaps.add(kept, "U0MEMBER", Wish.REPORTED)
    records.close()


def test_before_anything_was_said_there_is_nothing_and_no_file(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (["feedback"], ["feedback", "--export", "set"]):
        assert main(arguments) == 0
        assert "Nobody has said anything" in capsys.readouterr().out
    assert not (home / "data").exists()
    assert not (home / "set").exists()


def test_the_digest_counts_and_lists_what_was_said(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(home, "When did it open?", answer(), is_good=True)
    keep(home, "Who built \x1b[31mit?", answer(), is_good=False, kind=Kind.WRONG)
    keep(home, "How long is it?", refusal())
    assert main(["feedback"]) == 0
    shown = capsys.readouterr().out
    assert "1 helpful" in shown
    assert "1 wrong" in shown
    assert "“When did it open?”" in shown
    assert "Reported gaps: 1" in shown
    assert "“How long is it?”" in shown
    assert "\x1b" not in shown


def test_an_export_is_a_set_that_eval_runs(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(
        home,
        "When did the bridge open?",
        refusal(),
        is_good=False,
        kind=Kind.SHOULD_HAVE_ANSWERED,
        right_passage=QUOTE,
    )
    keep(home, "Who painted the bridge?", answer(), is_good=False, kind=Kind.SHOULD_HAVE_REFUSED)
    keep(home, "Why?", answer(), is_good=False)
    assert main(["index"]) == 0
    assert main(["feedback", "--export", "set"]) == 0
    shown = capsys.readouterr().out
    assert "set: 2 questions over 1 documents. 1 left out" in shown
    assert main(["eval", "set", "--json"]) == 0
    assert '"answered_right"' in capsys.readouterr().out


def test_an_export_needs_an_index(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(home, "Why?", answer(), is_good=False)
    assert main(["feedback", "--export", "set"]) == 3
    assert "onrecord index" in capsys.readouterr().err
