from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.settings import load_settings
from retrieval.errors import UsageError

SECRET = "s3cr3t-part"


@pytest.fixture(autouse=True)
def _folder(empty_folder: Path) -> None:
    pass


def refusal() -> UsageError:
    with pytest.raises(UsageError) as caught:
        load_settings()
    return caught.value


def test_defaults_need_no_environment() -> None:
    settings = load_settings()
    assert settings.corpus_dir == Path("corpus")
    assert settings.data_dir == Path("data")
    assert settings.slack_bot_token is None
    assert settings.slack_api_url == "https://slack.com/api/"


def test_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("ONRECORD_DATA_DIR=file\nONRECORD_WORKERS=5\nOTHER_TOOL=1\n")
    monkeypatch.setenv("ONRECORD_DATA_DIR", "environment")
    settings = load_settings()
    assert settings.data_dir == Path("environment")
    assert settings.workers == 5


def test_an_empty_value_is_no_value() -> None:
    Path(".env").write_text("SLACK_BOT_TOKEN=\nONRECORD_WORKERS=\n")
    assert load_settings().slack_bot_token is None
    assert load_settings().workers == 2


def test_what_a_provider_reads_may_stand_in_the_file_too(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    keys = f"OPENAI_API_KEY={SECRET}\nOPENAI_BASE_URL=http://127.0.0.1:2/v1\n"
    Path(".env").write_text(keys)
    load_settings()
    assert "OPENAI_API_KEY" not in os.environ
    Path(".env").write_text(f"{keys}ONRECORD_CHAT_MODEL=openai:gpt-4.1-mini\n")
    load_settings()
    assert os.environ["OPENAI_API_KEY"] == SECRET
    assert os.environ["OPENAI_BASE_URL"] == "http://127.0.0.1:1/v1"
    assert "ONRECORD_CHAT_MODEL" not in os.environ


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ONRECORD_CORPUSDIR", "ONRECORD_CORPUS_DIR"),
        ("ONRECORD_DATA_DIRS", "ONRECORD_DATA_DIR"),
        ("ONRECORD_worker", "ONRECORD_WORKERS"),
    ],
)
def test_a_misspelt_name_is_refused_with_the_right_one(
    monkeypatch: pytest.MonkeyPatch, written: str, meant: str
) -> None:
    Path(".env").write_text(f"{written}=1\n")
    in_file = refusal()
    assert written in in_file.message
    assert ".env" in in_file.message
    assert in_file.remedy == f"Did you mean {meant}?"
    Path(".env").unlink()
    monkeypatch.setenv(written, "1")
    assert refusal().remedy == f"Did you mean {meant}?"


def test_a_name_like_no_other_is_refused_without_a_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_ZZZZZZ", "1")
    assert ".env.example" in refusal().remedy


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("ONRECORD_WORKERS", "0", "greater than or equal to 1"),
        ("ONRECORD_REINDEX_EVERY", "often", "30m, 6h or 1d"),
        ("ONRECORD_REINDEX_EVERY", "0m", "30m, 6h or 1d"),
        ("ONRECORD_WORKERS", "many", "valid integer"),
        ("ONRECORD_WORKSPACE_PORT", "70000", "65535"),
        ("ONRECORD_LOG_LEVEL", "loud", "'WARNING'"),
        ("ONRECORD_EMBEDDING_MODEL", "minilm", "provider:model"),
        ("SLACK_API_URL", "slack.com", "https://"),
        ("ONRECORD_ADMINS", "U012AB3CD,@ada", "'@ada' is not a Slack user id"),
        ("ONRECORD_ADMINS", "u012ab3cd", "begins with U or W"),
        ("ONRECORD_ADMINS", "U1 U2", "not a Slack user id"),
        ("ONRECORD_OWNERS_CHANNEL", "#owners", "'#owners' is not a Slack channel id"),
        ("ONRECORD_OWNERS_CHANNEL", "D012AB3CD", "begins with C or G"),
        ("ONRECORD_TRUST_WORKSPACE_ADMINS", "maybe", "valid boolean"),
        ("ONRECORD_OPEN_BROWSER", "sometimes", "valid boolean"),
        ("ONRECORD_HTTP_HOST", "https://0.0.0.0", "not a host name"),
        ("ONRECORD_HTTP_PORT", "70000", "65535"),
    ],
)
def test_a_wrong_value_names_its_variable_and_what_is_right(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, hint: str
) -> None:
    monkeypatch.setenv(name, value)
    error = refusal()
    assert name in error.message
    assert hint in error.message
    assert error.exit_code == 2


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("SLACK_BOT_TOKEN", f"xapp-{SECRET}", "xoxb-"),
        ("SLACK_BOT_TOKEN", f"xoxb-{SECRET} {SECRET}", "xoxb-"),
        ("SLACK_APP_TOKEN", f"xoxb-{SECRET}", "xapp-"),
        ("SLACK_APP_TOKEN", f"xapp-“{SECRET}”", "xapp-"),
        ("SLACK_SIGNING_SECRET", SECRET, "App Credentials"),
        ("SLACK_SIGNING_SECRET", f"{SECRET} {SECRET}", "App Credentials"),
        ("SLACK_SIGNING_SECRET", f"xapp-1-{SECRET}{SECRET}", "App Credentials"),
        ("SLACK_SIGNING_SECRET", f"xoxb-{SECRET}{SECRET}", "App Credentials"),
    ],
)
def test_a_malformed_token_is_described_and_never_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, hint: str
) -> None:
    monkeypatch.setenv(name, value)
    error = refusal()
    assert name in error.message
    assert hint in error.message
    assert SECRET not in str(error)
    assert SECRET not in repr(error.__cause__) + repr(error.__context__)


def test_a_good_token_is_kept_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", f" xoxb-{SECRET}\n")
    settings = load_settings()
    assert settings.slack_bot_token is not None
    assert settings.slack_bot_token.get_secret_value() == f"xoxb-{SECRET}"
    assert SECRET not in repr(settings)


def test_admins_are_listed_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().admins == ()
    monkeypatch.setenv("ONRECORD_ADMINS", "U012AB3CD, W9XYZ,,U012AB3CD ")
    assert load_settings().admins == ("U012AB3CD", "W9XYZ")
    Path(".env").write_text("ONRECORD_OWNERS_CHANNEL=C012AB3CD\nONRECORD_OPEN_BROWSER=false\n")
    settings = load_settings()
    assert (settings.owners_channel, settings.open_browser) == ("C012AB3CD", False)
    assert not settings.trust_workspace_admins


def test_a_signing_secret_is_kept_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "8f742231b10e8888abcd99yyyzzz85a5"
    monkeypatch.setenv("SLACK_SIGNING_SECRET", f" {secret}\n")
    settings = load_settings()
    assert settings.slack_signing_secret is not None
    assert settings.slack_signing_secret.get_secret_value() == secret
    assert secret not in repr(settings)


def test_an_unreadable_file_is_refused_by_name() -> None:
    Path(".env").write_bytes(b"ONRECORD_DATA_DIR=\xff\xfe")
    error = refusal()
    assert ".env cannot be read" in error.message
    assert "UTF-8" in error.remedy


@pytest.mark.parametrize(
    ("written", "seconds"), [("30m", 1_800), ("6h", 21_600), ("1d", 86_400), (" 2 H ", 7_200)]
)
def test_lengths_of_time_are_written_with_a_unit(
    monkeypatch: pytest.MonkeyPatch, written: str, seconds: int
) -> None:
    monkeypatch.setenv("ONRECORD_REINDEX_EVERY", written)
    every = load_settings().reindex_every
    assert every is not None
    assert every.total_seconds() == seconds
