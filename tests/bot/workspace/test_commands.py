"""Slash commands, and what an app may answer while it acknowledges one."""

from __future__ import annotations

import pytest
from slack_sdk.web import WebClient
from slack_sdk.webhook import WebhookClient

from bot.workspace.errors import SlackError
from bot.workspace.workspace import Workspace
from tests.bot.workspace.listener import Listener

GENERAL = "C0GENERAL"
MEMBER = "U0MEMBER"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("/onrecord", ""),
        ("/onrecord  check  this ", "check  this"),
        ("/onrecord is 1 < 2 & 3?", "is 1 &lt; 2 &amp; 3?"),
        ("/onrecord gaps @admin #general", "gaps <@U0ADMIN|admin> <#C0GENERAL|general>"),
        ("/onrecord gaps <@U0ADMIN> & <#C0GENERAL>", "gaps <@U0ADMIN> &amp; <#C0GENERAL>"),
        ("/onrecord gaps @nobody a@admin", "gaps @nobody a@admin"),
    ],
)
def test_words_arrive_escaped_and_people_by_their_ids(
    workspace: Workspace, typed: str, text: str
) -> None:
    payload = workspace.command_as(MEMBER, GENERAL, typed).payload
    assert (payload["command"], payload["text"]) == ("/onrecord", text)


@pytest.mark.parametrize(
    ("channel", "name"),
    [(GENERAL, "general"), ("C0OWNERS", "privategroup"), ("D0ADMIN", "directmessage")],
)
def test_a_place_is_named_as_slack_names_it(workspace: Workspace, channel: str, name: str) -> None:
    workspace.direct_channel_id("U0ADMIN")
    assert workspace.command_as("U0ADMIN", channel, "/onrecord").payload["channel_name"] == name


def test_a_command_is_typed_where_one_is(workspace: Workspace) -> None:
    with pytest.raises(SlackError, match="not_in_channel"):
        workspace.command_as(MEMBER, "C0OWNERS", "/onrecord help")


def test_words_in_the_acknowledgement_are_shown_to_the_one_who_asked(
    workspace: Workspace, listener: Listener
) -> None:
    listener.answers = lambda request: {"text": "on it"}
    listener.connect()
    workspace.answer_of(workspace.command_as(MEMBER, GENERAL, "/onrecord help"))
    assert [m.text for m in workspace.ephemerals(MEMBER)] == ["on it"]
    listener.answers = lambda request: {"text": "look", "response_type": "in_channel"}
    workspace.answer_of(workspace.command_as(MEMBER, GENERAL, "/onrecord help"))
    assert [m.text for m in workspace.messages(GENERAL)] == ["look"]


def test_words_that_slack_would_not_show_are_reported(
    workspace: Workspace, listener: Listener
) -> None:
    listener.answers = lambda request: {"text": "x", "blocks": [{"type": "poem"}]}
    listener.connect()
    delivery = workspace.command_as(MEMBER, GENERAL, "/onrecord help")
    with pytest.raises(SlackError, match="invalid_blocks"):
        workspace.answer_of(delivery)
    assert delivery.complaint is not None
    assert workspace.ephemerals(MEMBER) == []


def test_an_answer_can_stand_in_a_thread(workspace: Workspace, web: WebClient) -> None:
    root = workspace.post_as(MEMBER, GENERAL, "root")
    payload = workspace.command_as(MEMBER, GENERAL, "/onrecord help").payload
    respond = WebhookClient(str(payload["response_url"]))
    assert respond.send_dict({"text": "here", "thread_ts": root}).status_code == 200
    assert [m.thread_ts for m in workspace.ephemerals(MEMBER)] == [root]
    assert "thread_not_found" in respond.send_dict({"text": "x", "thread_ts": "1.0"}).body
    assert "invalid_response_type" in respond.send(text="x", response_type="shout").body
    assert "no_text" in respond.send(text="").body
