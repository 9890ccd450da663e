from __future__ import annotations

import json

import pytest
import yaml

from bot.cli import main
from bot.manifest import MANIFEST_FILE, over_http, read_manifest, wanted_events, wanted_scopes
from bot.slack.http import PATH
from retrieval.errors import UsageError


def test_the_manifest_is_printed_as_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manifest"]) == 0
    assert capsys.readouterr().out == MANIFEST_FILE.read_text(encoding="utf-8")


def test_as_json_it_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manifest", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == read_manifest()


@pytest.mark.parametrize(
    "address",
    ["https://bot.example.com", "https://bot.example.com/", f"https://bot.example.com{PATH}"],
)
def test_over_http_everything_is_posted_to_one_address(address: str) -> None:
    url = f"https://bot.example.com{PATH}"
    made = over_http(address)
    assert made["settings"]["event_subscriptions"]["request_url"] == url
    assert made["settings"]["interactivity"]["request_url"] == url
    assert {command["url"] for command in made["features"]["slash_commands"]} == {url}
    assert made["settings"]["socket_mode_enabled"] is False


def test_over_http_nothing_else_changes() -> None:
    made, shipped = over_http("https://bot.example.com"), read_manifest()
    del made["settings"]["event_subscriptions"]["request_url"]
    del made["settings"]["interactivity"]["request_url"]
    for command in made["features"]["slash_commands"]:
        del command["url"]
    made["settings"]["socket_mode_enabled"] = True
    assert made == shipped


def test_over_http_the_printed_forms_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    address = "https://bot.example.com/slack"
    assert main(["manifest", "--http", address]) == 0
    as_yaml = yaml.safe_load(capsys.readouterr().out)
    assert main(["manifest", "--http", address, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == as_yaml == over_http(address)


@pytest.mark.parametrize(
    "address", ["", "bot.example.com", "http://bot.example.com", "https://", "https://a b", "x?y"]
)
def test_an_address_that_slack_cannot_post_to_is_wrong_use(address: str) -> None:
    with pytest.raises(UsageError, match="https://"):
        over_http(address)


def test_scopes_and_events_are_those_of_the_manifest() -> None:
    text = MANIFEST_FILE.read_text(encoding="utf-8")
    assert wanted_scopes()
    assert wanted_events()
    assert all(f"- {name}" in text for name in (*wanted_scopes(), *wanted_events()))
