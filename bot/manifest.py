"""The Slack app's manifest: what it asks for, and its variant for HTTP mode."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]  # its types are a package of their own

from retrieval.errors import UsageError

MANIFEST_FILE = Path(__file__).parent / "slack" / "manifest.yaml"
_ADDRESS = re.compile(r"https://[^\s/?#]+(?:/[^\s?#]*)?")
_HTTP_HEADING = "# The Slack app behind Onrecord, for HTTP mode: Slack posts to {url}\n"

Manifest = dict[str, Any]
"""As YAML reads it: this is Slack's format, not ours."""


@cache
def read_manifest() -> Manifest:
    """The manifest that ships with Onrecord."""
    found: Manifest = yaml.safe_load(manifest_text())
    return found


def manifest_text() -> str:
    """The file as it stands, with its comments."""
    return MANIFEST_FILE.read_text(encoding="utf-8")


def wanted_scopes() -> tuple[str, ...]:
    """The scopes that the bot token must have."""
    return tuple(read_manifest()["oauth_config"]["scopes"]["bot"])


def wanted_events() -> tuple[str, ...]:
    """The events that Slack must deliver."""
    return tuple(read_manifest()["settings"]["event_subscriptions"]["bot_events"])


def over_http(address: str) -> Manifest:
    """The manifest of an app that Slack posts to: `address` is where Slack reaches the bot."""
    url = _request_url(address)
    made: Manifest = yaml.safe_load(manifest_text())
    settings, features = made["settings"], made["features"]
    settings["socket_mode_enabled"] = False
    for receiver in (settings["event_subscriptions"], settings["interactivity"]):
        receiver["request_url"] = url
    for command in features.get("slash_commands", ()):
        command["url"] = url
    return made


def as_yaml(manifest: Manifest) -> str:
    """A manifest for HTTP mode as the page of Slack takes it."""
    url = manifest["settings"]["event_subscriptions"]["request_url"]
    body: str = yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=100)
    return _HTTP_HEADING.format(url=url) + body


def _request_url(address: str) -> str:
    from bot.slack.http import PATH

    if not _ADDRESS.fullmatch(address):
        raise UsageError(
            f"{address!r} is not an address to which Slack posts.",
            "Give the public address of the bot, which begins with https://, for instance "
            "https://onrecord.example.com.",
        )
    base = address.rstrip("/")
    return base if base.endswith(PATH) else base + PATH
