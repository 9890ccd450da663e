from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from bot.cli import main
from bot.doctor import diagnose
from bot.environment import tracing_note
from bot.findings import Finding, print_findings
from bot.settings import load_settings
from bot.workspace.workspace import Workspace
from retrieval.answer import models
from retrieval.index.embeddings import StaticEmbedder

BOT_TOKEN, APP_TOKEN = "xoxb-s3cr3t", "xapp-s3cr3t"
SECRET = "s3cr3t" * 4


@pytest.fixture
def corpus(empty_folder: Path) -> Path:
    folder = empty_folder / "corpus"
    folder.mkdir()
    (folder / "bridges.md").write_text(
        "# Bridges\n\nThe bridge opened in 1932.\n\n"
        "## How high is the bridge?\n\nThe bridge is 30 metres high.\n"
    )
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
    ("given", "missing"),
    [
        ({"SLACK_BOT_TOKEN": BOT_TOKEN}, "SLACK_APP_TOKEN"),
        ({"SLACK_APP_TOKEN": APP_TOKEN}, "SLACK_BOT_TOKEN"),
        ({"SLACK_SIGNING_SECRET": SECRET}, "SLACK_BOT_TOKEN"),
    ],
)
def test_half_of_what_slack_needs_is_named(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], missing: str
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    fact, remedy = findings()["Slack"]
    assert f"{missing} is not set" in fact
    assert remedy


@pytest.mark.parametrize(
    ("names", "mode"),
    [
        (("SLACK_APP_TOKEN",), "Socket Mode"),
        (("SLACK_SIGNING_SECRET",), "HTTP mode"),
        (("SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"), "Socket Mode; the signing secret is set"),
    ],
)
def test_the_way_in_is_named_and_asked_about(
    corpus: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    names: tuple[str, ...],
    mode: str,
) -> None:
    assert main(["index"]) == 0
    with Workspace() as workspace:
        values = {
            "SLACK_BOT_TOKEN": workspace.bot_token,
            "SLACK_APP_TOKEN": workspace.app_token,
            "SLACK_SIGNING_SECRET": workspace.signing_secret,
        }
        for name in ("SLACK_BOT_TOKEN", *names):
            monkeypatch.setenv(name, values[name])
        monkeypatch.setenv("SLACK_API_URL", workspace.api_url)
        monkeypatch.setenv("ONRECORD_ADMINS", workspace.admin.id)
        capsys.readouterr()
        assert main(["doctor"]) == 0
    shown = capsys.readouterr().out
    assert mode in shown
    assert f"@{workspace.bot.name} in {workspace.team.name}" in shown
    assert not any(value in shown for value in values.values())


def test_without_admins_that_is_said(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", BOT_TOKEN)
    monkeypatch.setenv("SLACK_APP_TOKEN", APP_TOKEN)
    with Workspace() as workspace:
        monkeypatch.setenv("SLACK_API_URL", workspace.api_url)
        found = findings()
    assert found["Admins"][1] is None
    assert "ONRECORD_OWNERS_CHANNEL" in found["Owners' channel"][0]
    assert "invalid_auth" in found["Bot token"][0]


def test_what_is_known_is_answered_and_nonsense_refused(corpus: Path) -> None:
    assert main(["index"]) == 0
    found = findings()
    assert "“How high is the bridge?” is answered" in found["Known question"][0]
    assert found["Nonsense"] == ("a question about nothing is refused (not_answered)", None)


def test_a_document_that_is_missing_from_the_index_is_named(corpus: Path) -> None:
    (corpus / "bad.txt").write_bytes(b"\xff\xfe\xfa")
    assert main(["index"]) == 1
    fact, remedy = findings()["Index"]
    assert "1 could not be read, for instance bad.txt" in fact
    assert remedy


def test_an_index_of_another_model_is_told_to_be_built_anew(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["index"]) == 0
    monkeypatch.setattr(StaticEmbedder, "name", "other")
    fact, remedy = findings()["Index"]
    assert "another embedder" in fact
    assert "onrecord index" in (remedy or "")


def test_weights_that_are_missing_are_named(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("retrieval.answer.models.WEIGHTS", tmp_path)
    for cached in (models.answers_model, models.supports_model, models._shared):
        cached.cache_clear()
    try:
        fact, remedy = findings()["Judges"]
    finally:
        for cached in (models.answers_model, models.supports_model, models._shared):
            cached.cache_clear()
    assert "cannot be read" in fact
    assert "retrieval/weights" in (remedy or "")


def test_variables_that_are_not_used_are_no_trouble(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Environment" not in findings()
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    fact, remedy = findings()["Environment"]
    assert "SLACK_CLIENT_ID" in fact
    assert remedy is None


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("LANGSMITH_TRACING", "true", True),
        ("LANGCHAIN_TRACING_V2", "1", True),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1", True),
        ("LANGSMITH_TRACING", "false", False),
    ],
)
def test_a_stray_tracing_variable_is_reported(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: bool
) -> None:
    monkeypatch.setenv(name, value)
    note = tracing_note(wanted=False)
    assert (note != "") is told
    assert name in note or not told
    assert ("sent" in tracing_note(wanted=True)) is told
    assert ("Tracing" in findings()) is told


def test_as_json_every_finding_says_whether_it_is_in_order(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor", "--json"]) == 1
    value = json.loads(capsys.readouterr().out)
    assert value["ok"] is False
    assert all(finding.keys() == {"part", "ok", "fact", "remedy"} for finding in value["findings"])
    broken = {finding["part"] for finding in value["findings"] if not finding["ok"]}
    assert broken == {"Index"}  # there is none yet


def test_a_fact_cannot_steer_the_terminal() -> None:
    stream = io.StringIO()
    shown = print_findings(Console(file=stream), [Finding("Index", "a\x1b[31mb", "do \x07 it")])
    assert len(shown) == 1
    assert not set(stream.getvalue()) & {"\x1b", "\x07"}
