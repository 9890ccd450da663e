from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from bot.cli import main
from bot.doctor import diagnose, examine
from bot.settings import load_settings

BOT_TOKEN, APP_TOKEN = "xoxb-s3cr3t", "xapp-s3cr3t"


@pytest.fixture
def corpus(empty_folder: Path) -> Path:
    folder = empty_folder / "corpus"
    folder.mkdir()
    (folder / "bridges.md").write_text("# Bridges\n\nThe bridge opened in 1932.\n")
    return folder


def findings() -> dict[str, tuple[str, str | None]]:
    return {finding.part: (finding.fact, finding.remedy) for finding in diagnose(load_settings())}


def test_a_fresh_folder_is_told_what_to_do_first(empty_folder: Path) -> None:
    found = findings()
    assert found["Documents"][1] is not None
    assert "ONRECORD_CORPUS_DIR" in found["Documents"][1]
    assert found["Index"][1] is not None
    assert "onrecord index" in found["Index"][1]
    assert found["Embedding model"][1] is None


def test_an_empty_corpus_is_told_which_files_to_add(corpus: Path) -> None:
    (corpus / "bridges.md").unlink()
    fact, remedy = findings()["Documents"]
    assert "no document" in fact
    assert ".pdf" in (remedy or "")


def test_a_good_set_up_is_all_in_order(corpus: Path) -> None:
    assert main(["index"]) == 0
    assert main(["doctor"]) == 0
    assert all(remedy is None for _, remedy in findings().values())


@pytest.mark.parametrize(
    ("name", "token", "missing"),
    [
        ("SLACK_BOT_TOKEN", BOT_TOKEN, "SLACK_APP_TOKEN"),
        ("SLACK_APP_TOKEN", APP_TOKEN, "SLACK_BOT_TOKEN"),
    ],
)
def test_half_a_pair_of_tokens_is_named(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, name: str, token: str, missing: str
) -> None:
    monkeypatch.setenv(name, token)
    fact, remedy = findings()["Slack"]
    assert missing in fact
    assert remedy


def test_the_report_shows_no_token(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", BOT_TOKEN)
    monkeypatch.setenv("SLACK_APP_TOKEN", APP_TOKEN)
    stream = io.StringIO()
    assert not examine(load_settings(), Console(file=stream))  # there is no index yet
    text = stream.getvalue()
    assert "both tokens are set" in text
    assert "s3cr3t" not in text
