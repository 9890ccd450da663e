"""The app's manifest decides what the app may do, hear and offer."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import WebClient

from bot.workspace.errors import SlackError
from bot.workspace.manifest import CommandWord, Manifest, manifest_of, read_manifest
from bot.workspace.workspace import Workspace, WorkspaceOptions
from tests.bot.workspace.made import ENTRIES, MANIFEST

GENERAL = "C0GENERAL"
MEMBER = "U0MEMBER"


def changed(**features: object) -> dict[str, Any]:
    entries: dict[str, Any] = copy.deepcopy(ENTRIES)
    entries["features"] |= features
    return entries


def without(what: str) -> Manifest:
    entries: dict[str, Any] = copy.deepcopy(ENTRIES)
    if what == "interactivity":
        entries["settings"]["interactivity"]["is_enabled"] = False
    elif what == "home":
        entries["features"]["app_home"]["home_tab_enabled"] = False
    elif what == "agent":
        del entries["features"]["agent_view"]
    elif what == "sockets":
        entries["settings"]["socket_mode_enabled"] = False
    return manifest_of(entries)


def refused(web: WebClient, method: str, **arguments: object) -> str:
    with pytest.raises(SlackApiError) as raised:
        web.api_call(method, json=arguments)
    return str(raised.value.response["error"])


def test_the_shipped_manifest_is_one_that_slack_takes() -> None:
    assert "chat:write" in read_manifest().scopes


def test_the_workspace_follows_the_shipped_manifest_unless_told_otherwise() -> None:
    workspace = Workspace()
    shipped = read_manifest()
    assert workspace.scopes == shipped.scopes
    assert workspace.subscriptions == shipped.subscriptions


def test_a_usage_hint_offers_its_words() -> None:
    command = MANIFEST.command("/onrecord")
    assert command is not None
    assert command.words() == [
        CommandWord("check", "CLAIM", is_for_admins=False),
        CommandWord("help", "", is_for_admins=False),
        CommandWord("reindex", "", is_for_admins=True),
        CommandWord("gaps", "", is_for_admins=True),
    ]


def test_an_empty_file_is_an_app_that_can_do_nothing(tmp_path: Path) -> None:
    path = tmp_path / "manifest.yaml"
    path.write_text("", encoding="utf-8")
    manifest = read_manifest(path)
    assert (manifest.scopes, manifest.commands, manifest.tabs) == (frozenset(), (), ())


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        (changed(slash_commands=[{"command": "no slash"}]), "not a command"),
        (changed(slash_commands=[{"command": "/x", "usage_hint": "x" * 1001}]), "too long"),
        (
            changed(shortcuts=[{"type": "message", "name": "x" * 25, "callback_id": "x"}]),
            "at most 24",
        ),
        (changed(agent_view={"suggested_prompts": [{"title": "x"}] * 5}), "at most 4"),
    ],
)
def test_a_manifest_beyond_the_limits_is_refused(entries: dict[str, Any], problem: str) -> None:
    with pytest.raises(SlackError, match="invalid_manifest") as refusal:
        manifest_of(entries)
    assert problem in str(refusal.value.details)


@pytest.mark.parametrize(
    "scope", ["commands", "assistant:write", "app_mentions:read", "im:history", "groups:history"]
)
def test_a_feature_without_its_scope_is_refused(scope: str) -> None:
    entries: dict[str, Any] = copy.deepcopy(ENTRIES)
    entries["oauth_config"]["scopes"]["bot"].remove(scope)
    with pytest.raises(SlackError) as refusal:
        manifest_of(entries)
    assert scope in str(refusal.value.details)


def test_a_scope_that_the_manifest_does_not_ask_for_is_missing() -> None:
    with Workspace(WorkspaceOptions(manifest=MANIFEST)) as workspace:
        web = WebClient(token=workspace.bot_token, base_url=workspace.api_url)
        assert refused(web, "users.info", user=MEMBER) == "missing_scope"
        assert web.chat_postMessage(channel=GENERAL, text="x")["ok"]


def test_reading_each_kind_of_conversation_needs_a_scope_of_its_own() -> None:
    options = WorkspaceOptions(manifest=MANIFEST, scopes=frozenset({"channels:history"}))
    with Workspace(options) as workspace:
        web = WebClient(token=workspace.bot_token, base_url=workspace.api_url)
        assert web.conversations_history(channel=GENERAL)["ok"]
        with pytest.raises(SlackApiError) as raised:
            web.conversations_history(channel="C0OWNERS")
        assert raised.value.response["needed"] == "groups:history"
        direct = workspace.direct_channel_id(MEMBER)
        assert refused(web, "conversations.history", channel=direct) == "missing_scope"


def test_a_manifest_without_a_home_has_no_home() -> None:
    with Workspace(WorkspaceOptions(manifest=without("home"))) as workspace:
        web = WebClient(token=workspace.bot_token, base_url=workspace.api_url)
        home = {"type": "home", "blocks": []}
        assert refused(web, "views.publish", user_id=MEMBER, view=home) == "not_enabled"
        with pytest.raises(SlackError, match="home_not_enabled"):
            workspace.open_home_as(MEMBER)
        workspace.open_home_as(MEMBER, "messages")


def test_an_app_that_is_no_agent_has_no_sessions() -> None:
    with Workspace(WorkspaceOptions(manifest=without("agent"))) as workspace:
        web = WebClient(token=workspace.bot_token, base_url=workspace.api_url)
        root = workspace.post_as(MEMBER, GENERAL, "hello")
        session = {"channel_id": GENERAL, "thread_ts": root, "status": "processing"}
        assert refused(web, "agents.sessions.setStatus", **session) == "not_agent_app"
        prompts = {"channel_id": workspace.direct_channel_id(MEMBER), "prompts": []}
        assert refused(web, "assistant.threads.setSuggestedPrompts", **prompts) == "not_agent_app"
        with pytest.raises(SlackError, match="interactivity_not_enabled"):
            workspace.stop_as(MEMBER, GENERAL, root)


def test_without_interactivity_nothing_can_be_pressed() -> None:
    with Workspace(WorkspaceOptions(manifest=without("interactivity"))) as workspace:
        ts = workspace.post_as(MEMBER, GENERAL, "hello")
        with pytest.raises(SlackError, match="interactivity_not_enabled"):
            workspace.shortcut_as(MEMBER, "check_message", GENERAL, ts)
        with pytest.raises(SlackError, match="interactivity_not_enabled"):
            workspace.press_as(MEMBER, GENERAL, ts, "show")


def test_without_socket_mode_no_connection_is_opened() -> None:
    with Workspace(WorkspaceOptions(manifest=without("sockets"))) as workspace:
        web = WebClient(token=workspace.app_token, base_url=workspace.api_url)
        assert refused(web, "apps.connections.open") == "socket_mode_not_enabled"


def test_commands_and_shortcuts_are_the_ones_in_the_manifest() -> None:
    workspace = Workspace(WorkspaceOptions(manifest=MANIFEST))
    ts = workspace.post_as(MEMBER, GENERAL, "hello")
    with pytest.raises(SlackError, match="unknown_command"):
        workspace.command_as(MEMBER, GENERAL, "/other help")
    with pytest.raises(SlackError, match="unknown_shortcut"):
        workspace.shortcut_as(MEMBER, "other", GENERAL, ts)


def test_without_prompts_of_its_own_the_app_offers_those_of_its_manifest() -> None:
    workspace = Workspace(WorkspaceOptions(manifest=MANIFEST))
    assert workspace.prompts(MEMBER) == [{"title": "Start", "message": "What can you answer?"}]
