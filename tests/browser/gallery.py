"""A message with every block and element that an app can post."""

from __future__ import annotations

from typing import Any

JsonObject = dict[str, Any]


def plain(text: str) -> JsonObject:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> JsonObject:
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str, description: str = "") -> JsonObject:
    shape: JsonObject = {"text": plain(text), "value": value}
    return shape | ({"description": plain(description)} if description else {})


def button(text: str, action_id: str, **more: object) -> JsonObject:
    shape = {"type": "button", "text": plain(text), "action_id": action_id, "value": text}
    return {**shape, **more}


CONFIRM: JsonObject = {
    "title": plain("Are you sure?"),
    "text": mrkdwn("This is *final*."),
    "confirm": plain("Do it"),
    "deny": plain("Leave it"),
    "style": "danger",
}
ELEMENTS: list[JsonObject] = [
    button("Main", "main", style="primary"),
    button("Grave", "grave", style="danger", confirm=CONFIRM),
    {
        "type": "static_select",
        "action_id": "menu",
        "placeholder": plain("A thing"),
        "option_groups": [
            {"label": plain("Group"), "options": [option("One", "1"), option("Two", "2", "second")]}
        ],
    },
    {"type": "users_select", "action_id": "person", "placeholder": plain("A person")},
    {"type": "conversations_select", "action_id": "channel", "placeholder": plain("A channel")},
    {"type": "datepicker", "action_id": "day", "placeholder": plain("A day")},
    {
        "type": "checkboxes",
        "action_id": "ticks",
        "options": [option("Alpha", "a"), option("Beta", "b", "more")],
    },
    {
        "type": "radio_buttons",
        "action_id": "side",
        "options": [option("Left", "l"), option("Right", "r")],
    },
    {
        "type": "overflow",
        "action_id": "rest",
        "options": [option("First", "f"), option("Second", "s")],
    },
]
FEEDBACK: JsonObject = {
    "type": "feedback_buttons",
    "action_id": "thumbs",
    "positive_button": {"text": plain("Helpful"), "value": "up"},
    "negative_button": {"text": plain("Not helpful"), "value": "down"},
}
TRASH: JsonObject = {
    "type": "icon_button",
    "icon": "trash",
    "text": plain("Remove"),
    "action_id": "remove",
}
BLOCKS: list[JsonObject] = [
    {"type": "header", "text": plain("Salt &amp; pepper")},
    {
        "type": "section",
        "text": mrkdwn("*bold* _italic_ ~gone~ `code` <https://example.com|a page>\n&gt; quoted"),
        "accessory": button("Beside", "beside"),
    },
    {"type": "section", "fields": [mrkdwn("*Field*\none"), plain("two")]},
    {"type": "divider"},
    {"type": "context", "elements": [plain("small print"), mrkdwn("*and more*")]},
    {"type": "actions", "block_id": "acts", "elements": [*ELEMENTS]},
    {
        "type": "container",
        "title": plain("Sources"),
        "subtitle": plain("two of them"),
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": [{"type": "section", "text": mrkdwn("inside the container")}],
    },
    {
        "type": "image",
        "image_url": "https://example.com/chart.png",
        "alt_text": "A chart",
        "title": plain("Chart"),
    },
    {
        "type": "table",
        "rows": [
            [{"type": "raw_text", "text": "Name"}, {"type": "raw_text", "text": "Count"}],
            [{"type": "raw_text", "text": "bridges"}, {"type": "raw_text", "text": "3"}],
        ],
    },
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "literal *stars* &amp; ", "style": {"bold": True}},
                    {"type": "user", "user_id": "U0ADMIN"},
                ],
            },
            {
                "type": "rich_text_list",
                "style": "ordered",
                "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": "item"}]}
                ],
            },
        ],
    },
    {"type": "context_actions", "elements": [FEEDBACK, TRASH]},
]


def modal(title: str = "Fields", **more: object) -> JsonObject:
    """Return a modal with a field of every kind."""
    blocks: list[JsonObject] = [
        field("line", "One line", {"type": "plain_text_input"}, hint=plain("Be short")),
        field("lines", "Lines", {"type": "plain_text_input", "multiline": True}, optional=True),
        field("kind", "Kind", {**ELEMENTS[7]}),
        field("any", "Any of", {**ELEMENTS[6]}, optional=True),
        field("menu", "Menu", {**ELEMENTS[2]}, optional=True),
        field("who", "Who", {"type": "users_select"}, optional=True),
        field("where", "Where", {"type": "conversations_select"}, optional=True),
        field("when", "When", {"type": "datepicker"}, optional=True),
        {"type": "actions", "elements": [button("Further", "further")]},
    ]
    return {
        "type": "modal",
        "callback_id": "fields",
        "title": plain(title),
        "submit": plain("Send"),
        "close": plain("Cancel"),
        "blocks": [*blocks],
        **more,
    }


def field(block_id: str, label: str, element: JsonObject, **more: object) -> JsonObject:
    named = {**element, "action_id": "entered"}
    shape = {"type": "input", "block_id": block_id, "label": plain(label), "element": named}
    return {**shape, **more}
