"""Block Kit as a grammar: every block and element that the workspace accepts, with its limits.

Stricter than Slack where Slack is not documented: a type or a field that is not here is refused.
"""

from __future__ import annotations

from typing import Final

from bot.workspace.checks import (
    Check,
    anything,
    flag,
    integer,
    many,
    record,
    string,
    tagged,
    word,
)
from bot.workspace.checks import address as web_address
from bot.workspace.limits import MAX_MARKDOWN_CHARS

_ID: Final = string(255)


def _text(max_chars: int, *kinds: str) -> Check:
    shapes = {
        "plain_text": record({"text": string(max_chars)}, {"emoji": flag}),
        "mrkdwn": record({"text": string(max_chars)}, {"verbatim": flag}),
    }
    return tagged(shapes, *kinds)


def plain(max_chars: int) -> Check:
    """Check for a plain text object."""
    return _text(max_chars, "plain_text")


def _any_text(max_chars: int) -> Check:
    return _text(max_chars, "plain_text", "mrkdwn")


_CONFIRM: Final = record(
    {"title": plain(100), "text": _any_text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": word("primary", "danger")},
)
_OPTION: Final = record(
    {"text": _any_text(75), "value": string(150)},
    {"description": _any_text(75), "url": web_address(3000)},
)
_OPTION_GROUP: Final = record({"label": plain(75), "options": many(_OPTION, 100)})
_FEEDBACK_BUTTON: Final = record(
    {"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)}
)
_MENU: Final[dict[str, Check]] = {
    "action_id": _ID,
    "placeholder": plain(150),
    "confirm": _CONFIRM,
    "focus_on_load": flag,
}
_CHOICE: Final = record(
    {"options": many(_OPTION, 10)},
    {
        "action_id": _ID,
        "confirm": _CONFIRM,
        "focus_on_load": flag,
        "initial_options": many(_OPTION, 10),
        "initial_option": _OPTION,
    },
)
_BUTTON: Final = record(
    {"text": plain(75)},
    {
        "action_id": _ID,
        "value": string(2000, min_chars=0),
        "url": web_address(3000),
        "style": word("primary", "danger"),
        "confirm": _CONFIRM,
        "accessibility_label": string(75),
    },
)
_ICON_BUTTON: Final = record(
    {"icon": word("trash"), "text": plain(75)},
    {
        "action_id": _ID,
        "value": string(2000, min_chars=0),
        "confirm": _CONFIRM,
        "accessibility_label": string(75),
        "visible_to_user_ids": many(string(32), 10),
    },
)
_TEXT_INPUT: Final = record(
    {},
    {
        "action_id": _ID,
        "multiline": flag,
        "placeholder": plain(150),
        "initial_value": string(3000, min_chars=0),
        "min_length": integer,
        "max_length": integer,
        "dispatch_action_config": anything,
        "focus_on_load": flag,
    },
)
_IMAGE: Final = record({"image_url": web_address(3000), "alt_text": string(2000)})

_ELEMENTS: Final[dict[str, Check]] = {
    "button": _BUTTON,
    "icon_button": _ICON_BUTTON,
    "feedback_buttons": record(
        {"positive_button": _FEEDBACK_BUTTON, "negative_button": _FEEDBACK_BUTTON},
        {"action_id": _ID},
    ),
    "static_select": record(
        {},
        {
            **_MENU,
            "options": many(_OPTION, 100),
            "option_groups": many(_OPTION_GROUP, 100),
            "initial_option": _OPTION,
        },
        one_of=("options", "option_groups"),
    ),
    "users_select": record({}, {**_MENU, "initial_user": string(32)}),
    "conversations_select": record(
        {},
        {
            **_MENU,
            "initial_conversation": string(32),
            "default_to_current_conversation": flag,
            "response_url_enabled": flag,
            "filter": anything,
        },
    ),
    "overflow": record({"options": many(_OPTION, 5)}, {"action_id": _ID, "confirm": _CONFIRM}),
    "checkboxes": _CHOICE,
    "radio_buttons": _CHOICE,
    "datepicker": record({}, {**_MENU, "initial_date": string(10)}),
    "plain_text_input": _TEXT_INPUT,
    "image": _IMAGE,
}
_CLICKABLE: Final = (
    "button", "static_select", "users_select", "conversations_select", "overflow", "checkboxes",
    "radio_buttons", "datepicker",
)  # fmt: skip
_CONTEXT_ELEMENT: Final = tagged(
    {"image": _IMAGE, "plain_text": plain(3000), "mrkdwn": _any_text(3000)},
    "image",
    "plain_text",
    "mrkdwn",
)
_CELL: Final = tagged(
    {"raw_text": record({"text": string(3000, min_chars=0)}), "rich_text": anything},
    "raw_text",
    "rich_text",
)

_WITH_ID: Final[dict[str, Check]] = {"block_id": _ID}
_PLAIN_BLOCKS: Final[dict[str, Check]] = {
    "section": record(
        {},
        {
            **_WITH_ID,
            "text": _any_text(3000),
            "fields": many(_any_text(2000), 10),
            "accessory": tagged(_ELEMENTS, *_CLICKABLE, "image"),
            "expand": flag,
        },
        one_of=("text", "fields"),
    ),
    "header": record({"text": plain(150)}, _WITH_ID),
    "divider": record({}, _WITH_ID),
    "context": record({"elements": many(_CONTEXT_ELEMENT, 10)}, _WITH_ID),
    "actions": record({"elements": many(tagged(_ELEMENTS, *_CLICKABLE), 25)}, _WITH_ID),
    "image": record(
        {"image_url": web_address(3000), "alt_text": string(2000)},
        {**_WITH_ID, "title": plain(2000)},
    ),
    "input": record(
        {
            "label": plain(2000),
            "element": tagged(_ELEMENTS, *_CLICKABLE[1:], "plain_text_input"),
        },
        {**_WITH_ID, "hint": plain(2000), "optional": flag, "dispatch_action": flag},
    ),
    "rich_text": record({"elements": many(anything, 1000, min_items=0)}, _WITH_ID),
    "table": record(
        {"rows": many(many(_CELL, 20), 100)}, {**_WITH_ID, "column_settings": many(anything, 20)}
    ),
    "markdown": record({"text": string(MAX_MARKDOWN_CHARS)}, _WITH_ID),
    "context_actions": record(
        {"elements": many(tagged(_ELEMENTS, "feedback_buttons", "icon_button"), 5)}, _WITH_ID
    ),
}
_CHILDREN: Final = ("actions", "context", "divider", "header", "image", "input", "section", "table")
_BLOCKS: Final[dict[str, Check]] = _PLAIN_BLOCKS | {
    "container": record(
        {"title": plain(150), "child_blocks": many(tagged(_PLAIN_BLOCKS, *_CHILDREN), 10)},
        {
            **_WITH_ID,
            "subtitle": plain(150),
            "width": word("narrow", "standard", "wide", "full"),
            "is_collapsible": flag,
            "default_collapsed": flag,
            "has_header_divider": flag,
        },
    ),
}

MESSAGE_BLOCK: Final = tagged(_BLOCKS, *_BLOCKS)
"""A block in a message."""

_VIEW_BLOCKS: Final = tuple(kind for kind in _BLOCKS if kind not in ("markdown", "context_actions"))
HOME_BLOCK: Final = tagged(_BLOCKS, *_VIEW_BLOCKS)
"""A block in the app's home."""
MODAL_BLOCK: Final = tagged(_BLOCKS, *(kind for kind in _VIEW_BLOCKS if kind != "container"))
"""A block in a modal."""
