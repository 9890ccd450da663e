"""What Slack makes of an app's messages, and where it lets them stand."""

from __future__ import annotations

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import WebClient

from bot.workspace.workspace import Workspace

GENERAL = "C0GENERAL"


def refused(web: WebClient, method: str, **arguments: object) -> str:
    with pytest.raises(SlackApiError) as raised:
        web.api_call(method, json=arguments)
    return str(raised.value.response["error"])


def test_blocks_get_ids_inside_and_out_and_markdown_loses_its_own(
    workspace: Workspace, web: WebClient
) -> None:
    press = {"type": "button", "text": {"type": "plain_text", "text": "Press"}}
    row = {"type": "actions", "elements": [press]}
    title = {"type": "plain_text", "text": "More"}
    blocks = [
        {"type": "markdown", "text": "words", "block_id": "mine"},
        {"type": "divider", "block_id": "mine too"},
        {"type": "container", "title": title, "child_blocks": [row]},
    ]
    web.chat_postMessage(channel=GENERAL, text="x", blocks=blocks)
    markdown, divider, container = workspace.messages(GENERAL)[0].blocks
    assert markdown["block_id"] != "mine"
    assert divider["block_id"] == "mine too"
    (child,) = container["child_blocks"]
    assert len({markdown["block_id"], container["block_id"], child["block_id"]}) == 3
    assert child["elements"][0]["action_id"]
    assert "block_id" not in row


def test_what_the_workspace_cannot_show_is_refused(web: WebClient) -> None:
    old = {"channel": GENERAL, "text": "x", "attachments": [{"text": "y"}]}
    assert refused(web, "chat.postMessage", **old) == "invalid_attachments"


def test_a_private_channel_without_the_app_is_not_there(
    workspace: Workspace, web: WebClient
) -> None:
    workspace.channel("C0OWNERS").members.remove("U0ONRECORD")
    for method in ("conversations.info", "conversations.history", "chat.postMessage"):
        call = {"channel": "C0OWNERS", "text": "x"}
        assert refused(web, method, **call) == "channel_not_found"
    workspace.channel(GENERAL).members.remove("U0ONRECORD")
    assert refused(web, "conversations.history", channel=GENERAL) == "not_in_channel"
    assert refused(web, "chat.postMessage", channel=GENERAL, text="x") == "not_in_channel"
