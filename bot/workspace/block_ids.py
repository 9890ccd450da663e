"""The ids that Slack gives to blocks and elements whose app has given them none."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from bot.workspace.payload import JsonObject, JsonValue


def with_ids(blocks: Iterable[JsonObject]) -> tuple[JsonObject, ...]:
    """Return the blocks, each with a `block_id`, and what can be used in them with an `action_id`.

    An app that relies on ids that it has not set meets other ones each time, as in Slack.
    """
    return tuple(_block(block) for block in blocks)


def _block(block: JsonObject) -> JsonObject:
    shape = {"block_id": new_id(), **block}
    if block.get("type") == "markdown":
        # Slack translates it into other blocks, and does not keep its id.
        shape["block_id"] = new_id()
    for name in ("elements", "accessory", "element", "child_blocks"):
        if name in shape and block.get("type") != "rich_text":
            shape[name] = _inside(name, shape[name])
    return shape


def _inside(name: str, value: JsonValue) -> JsonValue:
    if name == "child_blocks":
        children = value if isinstance(value, list) else []
        return [_block(child) for child in children if isinstance(child, dict)]
    if isinstance(value, list):
        return [_element(element) for element in value]
    return _element(value)


def _element(element: JsonValue) -> JsonValue:
    if not isinstance(element, dict) or element.get("type") in _STILL or "action_id" in element:
        return element
    return {**element, "action_id": new_id()}


def new_id() -> str:
    """Return an id such as Slack makes up."""
    return secrets.token_urlsafe(4)[:5]


_STILL = frozenset({"image", "plain_text", "mrkdwn"})
"""What stands among elements and cannot be used."""
