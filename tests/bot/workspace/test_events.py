"""The events that Slack sends for what people do."""

from __future__ import annotations

from typing import Any

from slack_sdk.web import WebClient

from bot.workspace.composed import rich_text
from bot.workspace.workspace import Workspace, WorkspaceOptions

GENERAL = "C0GENERAL"
MEMBER = "U0MEMBER"


def sent(workspace: Workspace) -> list[dict[str, Any]]:
    """Return the events submitted so far; no app needs to be connected."""
    return [delivery.payload["event"] for delivery in workspace.deliveries()]


def test_an_event_is_wrapped_as_slack_wraps_it(workspace: Workspace) -> None:
    workspace.post_as(MEMBER, GENERAL, "hello")
    body = workspace.deliveries()[0].payload
    assert body["type"] == "event_callback"
    assert body["team_id"] == "T0LOCAL"
    assert body["api_app_id"] == "A0ONRECORD"
    assert str(body["event_id"]).startswith("Ev")
    assert body["authorizations"] == [
        {
            "enterprise_id": None,
            "team_id": "T0LOCAL",
            "user_id": "U0ONRECORD",
            "is_bot": True,
            "is_enterprise_install": False,
        }
    ]


def test_a_mention_in_a_thread_has_its_thread_and_no_channel_type(workspace: Workspace) -> None:
    root = workspace.post_as("U0ADMIN", GENERAL, "root")
    ts = workspace.post_as(MEMBER, GENERAL, "<@U0ONRECORD> and this?", thread_ts=root)
    mention = next(event for event in sent(workspace) if event["type"] == "app_mention")
    assert (mention["ts"], mention["thread_ts"], mention["parent_user_id"]) == (
        ts,
        root,
        "U0ADMIN",
    )
    assert "channel_type" not in mention
    message = sent(workspace)[-2]
    assert (message["type"], message["channel_type"]) == ("message", "channel")


def test_a_direct_message_is_never_a_mention(workspace: Workspace) -> None:
    channel = workspace.direct_channel_id(MEMBER)
    workspace.post_as(MEMBER, channel, "<@U0ONRECORD> hello")
    assert [(e["type"], e["channel_type"], e["channel"]) for e in sent(workspace)] == [
        ("message", "im", channel)
    ]


def test_the_app_hears_its_own_messages(workspace: Workspace, web: WebClient) -> None:
    web.chat_postMessage(channel=GENERAL, text="hello")
    assert [(e["type"], e["bot_id"]) for e in sent(workspace)] == [("message", "B0ONRECORD")]


def test_an_edit_shows_before_and_after(workspace: Workspace) -> None:
    ts = workspace.post_as(MEMBER, GENERAL, "frist")
    workspace.edit_as(MEMBER, GENERAL, ts, "first")
    event = sent(workspace)[-1]
    assert event["subtype"] == "message_changed"
    assert event["previous_message"]["text"] == "frist"
    assert event["message"]["text"] == "first"
    assert event["message"]["edited"]["user"] == MEMBER
    assert event["message"]["ts"] == ts


def test_an_edit_that_names_the_app_is_a_mention_once(workspace: Workspace) -> None:
    ts = workspace.post_as(MEMBER, GENERAL, "hello")
    workspace.edit_as(MEMBER, GENERAL, ts, "<@U0ONRECORD> hello")
    changed, mention = sent(workspace)[-2:]
    assert changed["subtype"] == "message_changed"
    assert (mention["type"], mention["ts"], mention["text"]) == (
        "app_mention",
        ts,
        "<@U0ONRECORD> hello",
    )
    assert mention["edited"]["user"] == MEMBER
    assert "channel_type" not in mention
    workspace.edit_as(MEMBER, GENERAL, ts, "<@U0ONRECORD> good morning")
    assert [event["type"] for event in sent(workspace)[3:]] == ["message"]


def test_an_edit_in_a_direct_conversation_is_never_a_mention(workspace: Workspace) -> None:
    direct = workspace.direct_channel_id(MEMBER)
    ts = workspace.post_as(MEMBER, direct, "hello")
    workspace.edit_as(MEMBER, direct, ts, "<@U0ONRECORD> hello")
    assert [event["type"] for event in sent(workspace)] == ["message", "message"]


def test_a_message_in_a_private_channel_says_so(workspace: Workspace) -> None:
    workspace.post_as("U0ADMIN", "C0OWNERS", "<@U0ONRECORD> hello")
    message, mention = sent(workspace)
    assert (message["channel_type"], message["channel"]) == ("group", "C0OWNERS")
    assert mention["type"] == "app_mention"


def test_a_direct_message_tells_what_its_author_has_before_them(workspace: Workspace) -> None:
    direct = workspace.direct_channel_id(MEMBER)
    workspace.post_as(MEMBER, direct, "hello")
    assert "app_context" not in sent(workspace)[-1]
    workspace.look_at_as(MEMBER, GENERAL)
    workspace.look_at_as(MEMBER, GENERAL)
    context = {
        "entities": [{"type": "slack#/types/channel_id", "value": GENERAL, "team_id": "T0LOCAL"}]
    }
    changed = sent(workspace)[1:]
    assert [(e["type"], e["channel"], e["context"]) for e in changed] == [
        ("app_context_changed", direct, context)
    ]
    workspace.post_as(MEMBER, direct, "and here?")
    assert sent(workspace)[-1]["app_context"] == context
    workspace.open_home_as(MEMBER, "messages")
    assert sent(workspace)[-1]["context"] == context
    workspace.post_as("U0ADMIN", workspace.direct_channel_id("U0ADMIN"), "hello")
    assert "app_context" not in sent(workspace)[-1]


def test_a_deletion_shows_what_is_gone(workspace: Workspace) -> None:
    ts = workspace.post_as(MEMBER, GENERAL, "oops")
    workspace.delete_as(MEMBER, GENERAL, ts)
    event = sent(workspace)[-1]
    assert (event["subtype"], event["deleted_ts"]) == ("message_deleted", ts)
    assert event["previous_message"]["text"] == "oops"


def test_opening_the_home_names_the_tab(workspace: Workspace) -> None:
    workspace.open_home_as(MEMBER, tab="messages")
    event = sent(workspace)[-1]
    assert (event["type"], event["tab"], event["user"]) == ("app_home_opened", "messages", MEMBER)
    assert event["context"] == {"entities": []}


def test_only_subscribed_events_are_sent() -> None:
    options = WorkspaceOptions(subscriptions=frozenset({"app_mention"}))
    with Workspace(options) as workspace:
        workspace.post_as(MEMBER, GENERAL, "<@U0ONRECORD> hello")
        assert [event["type"] for event in sent(workspace)] == ["app_mention"]


def test_composed_text_becomes_words_and_mentions() -> None:
    section = rich_text("hi <@U0ONRECORD> there")["elements"][0]
    assert section["elements"] == [
        {"type": "text", "text": "hi "},
        {"type": "user", "user_id": "U0ONRECORD"},
        {"type": "text", "text": " there"},
    ]
