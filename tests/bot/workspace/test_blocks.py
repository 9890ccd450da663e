"""What Slack refuses in blocks and views."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.workspace.blocks import check_message_blocks, check_view
from bot.workspace.errors import SlackError
from bot.workspace.payload import JsonObject

PLAIN: JsonObject = {"type": "plain_text", "text": "Sources"}
SECTION: JsonObject = {"type": "section", "text": {"type": "mrkdwn", "text": "*one*"}}
BUTTON: JsonObject = {"type": "button", "text": PLAIN, "action_id": "show", "value": "7"}
FEEDBACK: JsonObject = {
    "type": "feedback_buttons",
    "action_id": "feedback",
    "positive_button": {"text": PLAIN, "value": "7:up"},
    "negative_button": {"text": PLAIN, "value": "7:down", "accessibility_label": "Bad"},
}

ACCEPTED: list[JsonObject] = [
    SECTION,
    {"type": "section", "fields": [PLAIN, PLAIN], "block_id": "facts"},
    {"type": "section", "text": PLAIN, "accessory": BUTTON},
    {"type": "header", "text": PLAIN},
    {"type": "divider"},
    {"type": "markdown", "text": "**bold** and [1]"},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "from 12 documents"}]},
    {"type": "actions", "elements": [BUTTON, {**BUTTON, "action_id": "other", "style": "danger"}]},
    {"type": "context_actions", "elements": [FEEDBACK]},
    {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a picture"},
    {"type": "rich_text", "elements": []},
    {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]},
    {
        "type": "container",
        "title": PLAIN,
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": [SECTION, {"type": "divider"}],
    },
]

REFUSED: list[tuple[JsonObject, str]] = [
    ({"type": "poem"}, "unsupported type: poem"),
    ({}, "unsupported type: None"),
    ({"type": "section"}, "missing required field: one of text, fields"),
    ({**SECTION, "colour": "red"}, "additional property not allowed: colour"),
    ({**SECTION, "block_id": "x" * 256}, "less than 256 characters"),
    ({"type": "section", "text": "bare"}, "unsupported type"),
    ({"type": "section", "text": {"type": "mrkdwn", "text": ""}}, "more than 0 characters"),
    ({"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}, "/blocks/0/text/text"),
    ({"type": "section", "fields": [PLAIN] * 11}, "no more than 10 items"),
    ({"type": "section", "fields": [{**PLAIN, "text": "x" * 2001}]}, "less than 2001"),
    ({"type": "section", "text": PLAIN, "expand": "yes"}, "must be a boolean"),
    ({"type": "header", "text": {"type": "mrkdwn", "text": "x"}}, "unsupported type: mrkdwn"),
    ({"type": "header", "text": {**PLAIN, "text": "x" * 151}}, "less than 151"),
    ({"type": "divider", "text": PLAIN}, "additional property"),
    ({"type": "context", "elements": [PLAIN] * 11}, "no more than 10"),
    ({"type": "context", "elements": []}, "no fewer than 1"),
    ({"type": "context", "elements": [BUTTON]}, "unsupported type: button"),
    ({"type": "context", "elements": PLAIN}, "must be an array"),
    ({"type": "actions", "elements": [BUTTON] * 26}, "no more than 25"),
    ({"type": "actions", "elements": [BUTTON, BUTTON]}, "action_id show already exists"),
    ({"type": "actions", "elements": [{**BUTTON, "style": "loud"}]}, "must be one of primary"),
    ({"type": "actions", "elements": [{**BUTTON, "value": "x" * 2001}]}, "less than 2001"),
    ({"type": "actions", "elements": [{**BUTTON, "url": "javascript:1"}]}, "valid URL"),
    ({"type": "actions", "elements": [FEEDBACK]}, "unsupported type: feedback_buttons"),
    ({"type": "context_actions", "elements": [FEEDBACK] * 6}, "no more than 5"),
    ({"type": "context_actions", "elements": [BUTTON]}, "unsupported type: button"),
    ({"type": "image", "image_url": "https://example.com/a.png"}, "missing required field: alt"),
    ({"type": "container", "title": PLAIN, "child_blocks": [SECTION] * 11}, "no more than 10"),
    (
        {"type": "container", "title": PLAIN, "child_blocks": [{"type": "markdown", "text": "x"}]},
        "unsupported type: markdown",
    ),
    ({"type": "table", "rows": [[{"type": "raw_text", "text": "a"}] * 21]}, "no more than 20"),
]


def reasons(error: SlackError) -> str:
    metadata = error.details["response_metadata"]
    assert isinstance(metadata, dict)
    return str(metadata["messages"])


@pytest.mark.parametrize("block", ACCEPTED, ids=lambda block: str(block["type"]))
def test_what_slack_documents_is_accepted(block: JsonObject) -> None:
    check_message_blocks([block])


@pytest.mark.parametrize(("block", "reason"), REFUSED, ids=lambda value: str(value)[:40])
def test_what_slack_forbids_is_refused(block: JsonObject, reason: str) -> None:
    with pytest.raises(SlackError, match="invalid_blocks") as refused:
        check_message_blocks([block])
    assert reason in reasons(refused.value)


def test_a_message_has_at_most_fifty_blocks() -> None:
    check_message_blocks([{"type": "divider"}] * 50)
    with pytest.raises(SlackError, match="invalid_blocks"):
        check_message_blocks([{"type": "divider"}] * 51)


def test_a_block_id_stands_once_in_a_message() -> None:
    with pytest.raises(SlackError, match="invalid_blocks"):
        check_message_blocks([{"type": "divider", "block_id": "a"}] * 2)


def test_a_container_shares_its_ids_with_the_rest_of_the_message() -> None:
    inner: JsonObject = {"type": "divider", "block_id": "a"}
    twice: JsonObject = {"type": "actions", "elements": [BUTTON, BUTTON]}
    for children in ([inner], [twice]):
        container: JsonObject = {"type": "container", "title": PLAIN, "child_blocks": children}
        with pytest.raises(SlackError, match="invalid_blocks") as refused:
            check_message_blocks([{"type": "divider", "block_id": "a"}, container])
        assert "already exists" in reasons(refused.value)


@given(st.lists(st.integers(1, 12_000), min_size=1, max_size=5))
def test_markdown_is_limited_in_all(lengths: list[int]) -> None:
    blocks: list[JsonObject] = [{"type": "markdown", "text": "x" * length} for length in lengths]
    if sum(lengths) <= 12_000:
        check_message_blocks(blocks)
    else:
        with pytest.raises(SlackError, match="msg_blocks_too_long"):
            check_message_blocks(blocks)


def test_text_of_all_blocks_is_limited_in_all() -> None:
    long: JsonObject = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}}
    check_message_blocks([long] * 4)
    with pytest.raises(SlackError, match="msg_blocks_too_long"):
        check_message_blocks([long] * 5)


MODAL: JsonObject = {"type": "modal", "title": PLAIN, "blocks": [SECTION]}


def test_a_modal_is_checked() -> None:
    check_view(MODAL, "modal")
    check_view({"type": "home", "blocks": [SECTION] * 100}, "home")


@pytest.mark.parametrize(
    "view",
    [
        {**MODAL, "title": {**PLAIN, "text": "x" * 25}},
        {**MODAL, "private_metadata": "x" * 3001},
        {**MODAL, "blocks": [{"type": "markdown", "text": "x"}]},
        {**MODAL, "blocks": [{"type": "context_actions", "elements": [FEEDBACK]}]},
        {**MODAL, "blocks": [SECTION] * 101},
        {**MODAL, "blocks": [{**SECTION, "block_id": "a"}] * 2},
        {"type": "modal", "blocks": []},
        {"type": "home", "blocks": []},
    ],
)
def test_a_modal_that_slack_would_not_open_is_refused(view: JsonObject) -> None:
    with pytest.raises(SlackError, match="invalid_arguments"):
        check_view(view, "modal")
