"""Links that lead out of the workspace are found wherever they stand."""

from __future__ import annotations

import json

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import WebClient
from slack_sdk.webhook import WebhookClient

from bot.workspace.links import strange_links
from bot.workspace.recorder import StrangeLink
from bot.workspace.workspace import Workspace
from tests.bot.workspace.listener import Listener

GENERAL = "C0GENERAL"
MEMBER = "U0MEMBER"
ORIGIN = "http://127.0.0.1:80/"
EVIL = "https://evil.example/x"


def mrkdwn(text: str) -> dict[str, object]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def markdown(text: str) -> dict[str, object]:
    return {"type": "markdown", "text": text}


@pytest.mark.parametrize(
    ("block", "address"),
    [
        (mrkdwn(f"see <{EVIL}|here>"), EVIL),
        (mrkdwn(f"see {EVIL} there"), EVIL),
        (mrkdwn("see www.evil.example"), "www.evil.example"),
        (mrkdwn("<mailto:me@evil.example|me>"), "mailto:me@evil.example"),
        (mrkdwn("write me@evil.example"), "me@evil.example"),
        (mrkdwn("hey <!channel>"), "!channel"),
        (mrkdwn("hey <!subteam^S1|@team>"), "!subteam^S1"),
        (markdown(f"[here]({EVIL})"), EVIL),
        (markdown("[here](/relative)"), "/relative"),
        (markdown(f"![x]({EVIL})"), EVIL),
        (markdown(f"[1]\n\n[1]: {EVIL}"), EVIL),
        (markdown("[1]\n\n[1]: elsewhere"), "elsewhere"),
        (markdown(f"<{EVIL}>"), EVIL),
        (markdown(f"`code` then {EVIL}"), EVIL),
        ({"type": "image", "image_url": EVIL, "alt_text": "x"}, EVIL),
        ({"type": "actions", "elements": [{"type": "button", "url": EVIL}]}, EVIL),
        ({"type": "rich_text", "elements": [{"type": "link", "url": EVIL}]}, EVIL),
        ({"type": "container", "child_blocks": [mrkdwn(EVIL)]}, EVIL),
    ],
)
def test_a_link_is_found_in_every_kind_of_block(block: dict[str, object], address: str) -> None:
    assert set(strange_links({"blocks": [block]}, ORIGIN)) == {address}
    assert set(strange_links({"blocks": json.dumps([block])}, ORIGIN)) == {address}
    assert set(strange_links({"view": {"type": "home", "blocks": [block]}}, ORIGIN)) == {address}


@pytest.mark.parametrize(
    "block",
    [
        mrkdwn("`https://evil.example`"),
        mrkdwn("<@U0ADMIN> in <#C0GENERAL|general>"),
        mrkdwn("&lt;https:// is no address"),
        mrkdwn(f"<{ORIGIN}archives/C0GENERAL/p1700000000000100|the answer>"),
        markdown("``https://evil.example and `me@evil.example` ``"),
        markdown(r"not a link: \](x), a [1] and (2)"),
        markdown("handbook.md, page 3: at 10:30"),
        {"type": "header", "text": {"type": "plain_text", "text": EVIL}},
    ],
)
def test_what_is_not_alive_is_no_link(block: dict[str, object]) -> None:
    assert strange_links({"blocks": [block]}, ORIGIN) == []


def test_the_text_counts_where_it_is_what_people_see() -> None:
    assert strange_links({"text": EVIL}, ORIGIN) == [EVIL]
    assert strange_links({"text": EVIL, "blocks": [markdown("words")]}, ORIGIN) == []
    assert strange_links({"markdown_text": EVIL}, ORIGIN) == [EVIL]


def test_a_very_long_word_is_read_quickly() -> None:
    assert strange_links({"text": "x" * 40_000 + "`" * 4_000}, ORIGIN) == []


def test_every_way_to_show_something_is_watched(
    workspace: Workspace, web: WebClient, listener: Listener
) -> None:
    ts = str(web.chat_postMessage(channel=GENERAL, text="https://a.example")["ts"])
    web.chat_update(channel=GENERAL, ts=ts, text="https://b.example")
    web.chat_postEphemeral(channel=GENERAL, user=MEMBER, text="https://c.example")
    view = {"type": "home", "blocks": [mrkdwn("https://d.example")]}
    web.views_publish(user_id=MEMBER, view=view)
    listener.answers = lambda request: {"text": "https://e.example"}
    listener.connect()
    delivery = workspace.command_as(MEMBER, GENERAL, "/onrecord help")
    workspace.answer_of(delivery)
    WebhookClient(str(delivery.payload["response_url"])).send(text="https://f.example")
    assert workspace.recorder.strange_links == [
        StrangeLink("chat.postMessage", "https://a.example"),
        StrangeLink("chat.update", "https://b.example"),
        StrangeLink("chat.postEphemeral", "https://c.example"),
        StrangeLink("views.publish", "https://d.example"),
        StrangeLink("ack", "https://e.example"),
        StrangeLink("response_url", "https://f.example"),
    ]


@pytest.mark.parametrize("off", [{}, {"unfurl_links": False}, {"unfurl_media": False}])
def test_a_message_that_would_be_unfurled_is_counted(
    workspace: Workspace, web: WebClient, listener: Listener, off: dict[str, bool]
) -> None:
    listener.connect()
    delivery = workspace.command_as(MEMBER, GENERAL, "/onrecord help")
    workspace.answer_of(delivery)
    respond = WebhookClient(str(delivery.payload["response_url"])).send
    silent: dict[str, bool] = {"unfurl_links": False, "unfurl_media": False}

    for arguments in (silent, off):
        web.chat_postMessage(channel=GENERAL, text="hello", **arguments)
        respond(text="hello", response_type="in_channel", **arguments)
    respond(text="only for you")
    with pytest.raises(SlackApiError):
        web.chat_postMessage(channel="C0NOWHERE", text="hello")

    assert workspace.recorder.unfurling == {"chat.postMessage": 1, "response_url": 1}


def test_links_to_messages_and_refused_messages_are_not_strange(
    workspace: Workspace, web: WebClient
) -> None:
    ts = str(web.chat_postMessage(channel=GENERAL, text="hello")["ts"])
    link = web.chat_getPermalink(channel=GENERAL, message_ts=ts)["permalink"]
    web.chat_postMessage(channel=GENERAL, text=f"see <{link}|this>")
    with pytest.raises(SlackApiError):
        web.chat_postMessage(channel="C0NOWHERE", text=EVIL)
    assert workspace.recorder.strange_links == []
