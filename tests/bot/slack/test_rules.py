"""Rules that hold for the Slack room as a whole."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

import bot.slack

ROOM = Path(bot.slack.__file__).parent
NAMES_OF_OTHER_POSTS = re.compile(
    r"chat_(?:postMessage|postEphemeral|meMessage|scheduleMessage|update|startStream)"
    r"|\bsay\(|\brespond\(|files_upload"
)
MANIFEST = yaml.safe_load((ROOM / "manifest.yaml").read_text(encoding="utf-8"))
SCOPES_OF_CALLS = {
    "chat_postMessage": {"chat:write"},
    "assistant_threads_setStatus": {"chat:write"},
    "conversations_replies": {"channels:history", "groups:history", "im:history"},
}
SCOPES_OF_EVENTS = {
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
}


def test_only_the_poster_posts() -> None:
    posting = {
        file.name
        for file in ROOM.glob("*.py")
        if NAMES_OF_OTHER_POSTS.search(file.read_text(encoding="utf-8"))
    }

    assert posting == {"poster.py"}


def test_the_manifest_asks_for_the_scopes_of_its_calls_and_events() -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in ROOM.glob("*.py"))
    scopes = set(MANIFEST["oauth_config"]["scopes"]["bot"])
    events = MANIFEST["settings"]["event_subscriptions"]["bot_events"]

    used = {name for name in SCOPES_OF_CALLS if name in code}
    assert used == set(SCOPES_OF_CALLS)
    assert set(events) == set(SCOPES_OF_EVENTS)
    needed = set().union(*(SCOPES_OF_CALLS[call] for call in used))
    needed |= {SCOPES_OF_EVENTS[event] for event in events}
    # Declares the app as an agent, so that it can be written to in its Messages tab.
    assert scopes == needed | {"assistant:write"}


def test_the_manifest_stays_within_slacks_lengths() -> None:
    display, features = MANIFEST["display_information"], MANIFEST["features"]

    assert len(display["name"]) <= 35
    assert len(display["description"]) <= 140
    assert len(features["agent_view"]["agent_description"]) <= 300
    assert features["app_home"]["messages_tab_enabled"]
    assert MANIFEST["settings"]["socket_mode_enabled"]
