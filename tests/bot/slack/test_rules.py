"""Rules that hold for the Slack room as a whole."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

import bot.slack

ROOM = Path(bot.slack.__file__).parent
FILES = sorted(ROOM.rglob("*.py"))
CALL = re.compile(
    r"\b((?:chat|views|assistant|conversations|users|usergroups|agents|reactions|files)_[a-zA-Z_]+)\("
)
WRITES = re.compile(
    r"\b(?:(?:chat|views|reactions|files|agents)_[a-zA-Z_]+|assistant_threads_[a-zA-Z_]+"
    r"|webhook_client|WebhookClient)\("
)
MANIFEST = yaml.safe_load((ROOM / "manifest.yaml").read_text(encoding="utf-8"))
HISTORY = {"channels:history", "groups:history", "im:history"}
SCOPES_OF_CALLS: dict[str, set[str]] = {
    "chat_postMessage": {"chat:write"},
    "chat_postEphemeral": {"chat:write"},
    "chat_update": {"chat:write"},
    "chat_delete": {"chat:write"},
    "assistant_threads_setStatus": {"chat:write"},
    "assistant_threads_setSuggestedPrompts": {"assistant:write"},
    "conversations_replies": HISTORY,
    "conversations_history": HISTORY,
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_members": {"channels:read", "groups:read"},
    "usergroups_list": {"usergroups:read"},
    "users_info": {"users:read"},
    "users_conversations": {"channels:read", "groups:read"},
    "users_list": {"users:read"},
    "views_open": set(),
    "views_push": set(),
    "views_update": set(),
    "views_publish": set(),
}
SCOPES_OF_EVENTS: dict[str, set[str]] = {
    "agent_session_stopped": set(),
    "app_context_changed": set(),
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
}


def code(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def test_only_the_poster_writes_and_only_the_status_line_beside_it() -> None:
    writing = {str(file.relative_to(ROOM)) for file in FILES if WRITES.search(code(file))}

    # Where the client for response addresses is made, it is not used.
    assert writing == {"poster.py", "status.py", "clients.py"}


def test_the_manifest_asks_for_the_scopes_of_its_calls_and_events() -> None:
    scopes = set(MANIFEST["oauth_config"]["scopes"]["bot"])
    events = MANIFEST["settings"]["event_subscriptions"]["bot_events"]

    used = {call for file in FILES for call in CALL.findall(code(file))}
    assert used == set(SCOPES_OF_CALLS)
    assert set(events) == set(SCOPES_OF_EVENTS)
    needed = set().union(*SCOPES_OF_CALLS.values(), *SCOPES_OF_EVENTS.values())
    assert scopes == needed | {"commands"}


def test_what_the_app_offers_is_what_it_listens_to() -> None:
    features, everything = MANIFEST["features"], "".join(code(file) for file in FILES)

    assert MANIFEST["settings"]["interactivity"]["is_enabled"]
    assert features["app_home"]["home_tab_enabled"]
    for shortcut in features["shortcuts"]:
        assert f'"{shortcut["callback_id"]}"' in everything
    for command in features["slash_commands"]:
        assert command["command"] in everything


def test_the_manifest_stays_within_slacks_lengths() -> None:
    display, features = MANIFEST["display_information"], MANIFEST["features"]

    assert len(display["name"]) <= 35
    assert len(display["description"]) <= 140
    assert len(features["agent_view"]["agent_description"]) <= 300
    assert all(len(shortcut["name"]) <= 24 for shortcut in features["shortcuts"])
    assert features["app_home"]["messages_tab_enabled"]
    assert MANIFEST["settings"]["socket_mode_enabled"]
