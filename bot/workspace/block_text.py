"""A message as a terminal shows it: blocks become text, markup becomes weight."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from rich.console import Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bot.visible import visible
from bot.workspace.composer import Composer
from bot.workspace.payload import JsonObject, JsonValue

_MRKDWN: Final = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|(?<!\w)\*(?P<bold>[^*\n]+)\*(?!\w)"
    r"|(?<!\w)_(?P<italic>[^_\n]+)_(?!\w)"
    r"|(?<!\w)~(?P<strike>[^~\n]+)~(?!\w)"
)
_STYLES: Final = {"code": "cyan", "bold": "bold", "italic": "italic", "strike": "strike"}


def message_text(text: str, blocks: tuple[JsonObject, ...], composer: Composer) -> RenderableType:
    """Return what a reader sees of a message; without a block that can be shown, its text."""
    shown = [part for block in blocks for part in _block(block, composer)]
    return Group(*shown) if shown else _mrkdwn(text, composer)


def _block(block: JsonObject, composer: Composer) -> Iterator[RenderableType]:
    show = _BLOCKS.get(_string(block, "type"))
    if show is not None:
        yield from show(block, composer)


def _markdown(block: JsonObject, composer: Composer) -> Iterator[RenderableType]:
    yield Markdown(visible(composer.with_names(_string(block, "text"))), hyperlinks=False)


def _section(block: JsonObject, composer: Composer) -> Iterator[RenderableType]:
    for value in (block.get("text"), *_list(block, "fields")):
        if value is not None:
            yield _text_object(value, composer)
    if "accessory" in block:
        yield _element(block["accessory"], composer)


def _header(block: JsonObject, composer: Composer) -> Iterator[RenderableType]:
    text = _text_object(block.get("text"), composer)
    text.stylize("bold")
    yield text


def _context(block: JsonObject, composer: Composer) -> Iterator[RenderableType]:
    for element in _list(block, "elements"):
        text = _text_object(element, composer)
        text.stylize("dim")
        yield text


def _actions(block: JsonObject, composer: Composer) -> Iterator[RenderableType]:
    yield Text("  ").join(_element(element, composer) for element in _list(block, "elements"))


def _divider(block: JsonObject, composer: Composer) -> Iterator[RenderableType]:
    yield Rule(style="dim")


def _container(block: JsonObject, composer: Composer) -> Iterator[RenderableType]:
    yield from _header({"text": block.get("title")}, composer)
    for child in _list(block, "child_blocks"):
        if isinstance(child, dict):
            yield Padding(Group(*_block(child, composer)), (0, 0, 0, 2))


def _table(block: JsonObject, composer: Composer) -> Iterator[RenderableType]:
    table = Table(show_header=False)
    for row in _list(block, "rows"):
        cells = row if isinstance(row, list) else []
        table.add_row(*(_text_object(cell, composer) for cell in cells))
    yield table


_BLOCKS: Final[dict[str, Callable[[JsonObject, Composer], Iterator[RenderableType]]]] = {
    "markdown": _markdown,
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "context_actions": _actions,
    "divider": _divider,
    "container": _container,
    "table": _table,
}


def _element(value: JsonValue, composer: Composer) -> Text:
    """Name a button, a menu or a pair of feedback buttons; they cannot be pressed here."""
    if not isinstance(value, dict):
        return Text()
    labels = [value.get("text") or value.get("placeholder")]
    if value.get("type") == "feedback_buttons":
        pair = (value.get("positive_button"), value.get("negative_button"))
        labels = [button.get("text") for button in pair if isinstance(button, dict)]
    buttons = (
        Text.assemble("[", _text_object(label, composer), "]", style="dim") for label in labels
    )
    return Text("  ").join(buttons)


def _text_object(value: JsonValue, composer: Composer) -> Text:
    if not isinstance(value, dict):
        return Text()
    text = _string(value, "text") or _string(value, "alt_text")
    if value.get("type") == "mrkdwn":
        return _mrkdwn(text, composer)
    return Text(visible(composer.to_reader(text)))


def _mrkdwn(text: str, composer: Composer) -> Text:
    shown, end = Text(), 0
    for match in _MRKDWN.finditer(text):
        shown.append(_read(text[end : match.start()], composer))
        kind = match.lastgroup or ""
        shown.append(_read(match[kind], composer), _STYLES[kind])
        end = match.end()
    return shown.append(_read(text[end:], composer))


def _read(text: str, composer: Composer) -> str:
    return visible(composer.to_reader(text))


def _string(value: JsonObject, name: str) -> str:
    found = value.get(name)
    return found if isinstance(found, str) else ""


def _list(value: JsonObject, name: str) -> list[JsonValue]:
    found = value.get(name)
    return found if isinstance(found, list) else []
