"""What Slack refuses in a message or a view: shape, counts, and length as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from bot.workspace.block_kit import HOME_BLOCK, MESSAGE_BLOCK, MODAL_BLOCK, plain
from bot.workspace.checks import Check, at, flag, many, record, string, tagged, texts
from bot.workspace.errors import SlackError, explained
from bot.workspace.limits import (
    MAX_BLOCK_CHARS,
    MAX_MARKDOWN_CHARS,
    MAX_MESSAGE_BLOCKS,
    MAX_VIEW_BLOCKS,
)
from bot.workspace.payload import JsonObject, JsonValue

_VIEW_FIELDS: Final[dict[str, Check]] = {
    "callback_id": string(255),
    "private_metadata": string(3000, min_chars=0),
    "external_id": string(255),
    "clear_on_close": flag,
    "notify_on_close": flag,
}
_VIEWS: Final[dict[str, Check]] = {
    "home": record({"blocks": many(HOME_BLOCK, MAX_VIEW_BLOCKS, min_items=0)}, _VIEW_FIELDS),
    "modal": record(
        {"title": plain(24), "blocks": many(MODAL_BLOCK, MAX_VIEW_BLOCKS, min_items=0)},
        {**_VIEW_FIELDS, "submit": plain(24), "close": plain(24), "submit_disabled": flag},
    ),
}
_MESSAGE: Final = many(MESSAGE_BLOCK, MAX_MESSAGE_BLOCKS, min_items=0)


def check_message_blocks(blocks: Sequence[JsonObject]) -> None:
    """Refuse blocks that Slack would not show in a message."""
    problems = [*_MESSAGE(list(blocks), "/blocks"), *_repeated_ids(blocks)]
    if problems:
        raise explained("invalid_blocks", tuple(problems))
    if _length(texts(list(blocks), "markdown")) > MAX_MARKDOWN_CHARS:
        raise SlackError("msg_blocks_too_long")
    if _length(texts(list(blocks))) > MAX_BLOCK_CHARS:
        raise SlackError("msg_blocks_too_long")


def check_view(view: JsonObject, kind: str) -> None:
    """Refuse a `modal` or a `home` that Slack would not open."""
    problems = list(tagged(_VIEWS, kind)(view, "/view"))
    blocks = view.get("blocks")
    if isinstance(blocks, list):
        shown = [block for block in blocks if isinstance(block, dict)]
        problems += _repeated_ids(shown)
        has_input = any(block.get("type") == "input" for block in shown)
        if kind == "modal" and has_input and "submit" not in view:
            problems.append(at("missing required field: submit", "/view"))
    if problems:
        raise explained("invalid_arguments", tuple(problems))


def _repeated_ids(blocks: Sequence[JsonObject]) -> Iterator[str]:
    every = list(_with_children(blocks, "/blocks"))
    given = (block.get("block_id") for block, _ in every)
    for block_id, times in Counter(i for i in given if isinstance(i, str)).items():
        if times > 1:
            yield at(f"block_id {block_id} already exists", "/blocks")
    for block, pointer in every:
        for action_id, times in Counter(_action_ids(block.get("elements"))).items():
            if times > 1:
                yield at(f"action_id {action_id} already exists", f"{pointer}/elements")


def _with_children(blocks: Iterable[JsonValue], pointer: str) -> Iterator[tuple[JsonObject, str]]:
    for position, block in enumerate(blocks):
        if isinstance(block, dict):
            yield block, f"{pointer}/{position}"
            children = block.get("child_blocks")
            if isinstance(children, list):
                yield from _with_children(children, f"{pointer}/{position}/child_blocks")


def _action_ids(elements: JsonValue) -> Iterator[str]:
    for element in elements if isinstance(elements, list) else []:
        action_id = element.get("action_id") if isinstance(element, dict) else None
        if isinstance(action_id, str):
            yield action_id


def _length(found: Iterator[str]) -> int:
    return sum(len(text) for text in found)
