"""Buttons, menus and inputs inside blocks: finding one, using it, reading what it holds. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.workspace.errors import SlackError
from bot.workspace.payload import JsonObject, JsonValue

Value = str | list[str] | None
"""What somebody has typed or chosen: a text, a choice's value, or several values."""


@dataclass(frozen=True, slots=True)
class Element:
    """One interactive element, and the block that it stands in."""

    block: JsonObject
    shape: JsonObject

    @property
    def kind(self) -> str:
        """Its type, such as `button`."""
        return _string(self.shape, "type")

    @property
    def action_id(self) -> str:
        """The id that the app has given it, or the workspace where the app gave none."""
        return _string(self.shape, "action_id")

    @property
    def block_id(self) -> str:
        """The id of its block."""
        return _string(self.block, "block_id")

    @property
    def is_input(self) -> bool:
        """Whether it belongs to an input block, and so to what is submitted."""
        return self.block.get("type") == "input"

    @property
    def holds_value(self) -> bool:
        """Whether it keeps what was entered, as a button does not."""
        return self.kind in _STATES

    def state(self, value: Value) -> JsonObject:
        """Return how the element stands once `value` was entered."""
        return {"type": self.kind, **_STATES[self.kind](self.shape, value)}

    def initial_state(self) -> JsonObject:
        """Return how the element stands before anybody has touched it."""
        return {"type": self.kind, **_INITIAL[self.kind](self.shape)}

    def press(self, value: Value) -> JsonObject:
        """Return what is said of using the element, without the time."""
        shape: JsonObject = {"type": self.kind, "action_id": self.action_id}
        return shape | {"block_id": self.block_id} | self._use(value)

    def _use(self, value: Value) -> JsonObject:
        if self.is_input and not self.block.get("dispatch_action"):
            raise SlackError("action_not_found")
        if self.kind == "feedback_buttons":
            return _feedback(self.shape, value)
        if self.kind == "overflow":
            return {"selected_option": _option(self.shape, value)}
        if self.holds_value:
            state = self.state(value)
            del state["type"]
            return state
        return {name: self.shape[name] for name in _TOLD if name in self.shape}


def elements(blocks: Iterable[JsonValue]) -> Iterator[Element]:
    """Go through every interactive element of some blocks."""
    for block in blocks:
        if isinstance(block, dict):
            yield from elements(_list(block, "child_blocks"))
            for shape in (*_list(block, "elements"), block.get("accessory"), block.get("element")):
                if isinstance(shape, dict) and shape.get("type") in _INTERACTIVE:
                    yield Element(block, shape)


def find(
    blocks: Iterable[JsonValue], action_id: str, block_id: str | None = None, value: Value = None
) -> Element:
    """Return an element by its action id; where several share it, by its block or its value."""
    found = [element for element in elements(blocks) if element.action_id == action_id]
    if block_id is not None:
        found = [element for element in found if element.block_id == block_id]
    elif len(found) > 1 and value is not None:
        found = [element for element in found if element.shape.get("value") == value]
    if not found:
        raise SlackError("action_not_found")
    return found[0]


def _feedback(shape: JsonObject, value: Value) -> JsonObject:
    button = shape.get(f"{value}_button") if value in ("positive", "negative") else None
    if not isinstance(button, dict):
        raise SlackError("option_not_found")
    return {"text": button.get("text"), "value": button.get("value")}


def _option(shape: JsonObject, value: Value) -> JsonValue:
    if value is None:
        return None
    groups = [shape, *_list(shape, "option_groups")]
    for group in groups:
        for option in _list(group, "options") if isinstance(group, dict) else []:
            if isinstance(option, dict) and option.get("value") == value:
                return option
    raise SlackError("option_not_found")


def _options(shape: JsonObject, value: Value) -> JsonValue:
    values = [value] if isinstance(value, str) else (value or [])
    return [_option(shape, one) for one in values]


def _single(value: Value) -> JsonValue:
    if isinstance(value, list):
        raise SlackError("option_not_found")
    return value or None


_STATES: Final[Mapping[str, Callable[[JsonObject, Value], JsonObject]]] = {
    "static_select": lambda shape, value: {"selected_option": _option(shape, value)},
    "radio_buttons": lambda shape, value: {"selected_option": _option(shape, value)},
    "checkboxes": lambda shape, value: {"selected_options": _options(shape, value)},
    "users_select": lambda shape, value: {"selected_user": _single(value)},
    "conversations_select": lambda shape, value: {"selected_conversation": _single(value)},
    "datepicker": lambda shape, value: {"selected_date": _single(value)},
    "plain_text_input": lambda shape, value: {"value": _single(value)},
}
_INITIAL: Final[Mapping[str, Callable[[JsonObject], JsonObject]]] = {
    "static_select": lambda shape: {"selected_option": shape.get("initial_option")},
    "radio_buttons": lambda shape: {"selected_option": shape.get("initial_option")},
    "checkboxes": lambda shape: {"selected_options": shape.get("initial_options", [])},
    "users_select": lambda shape: {"selected_user": shape.get("initial_user")},
    "conversations_select": lambda shape: {
        "selected_conversation": shape.get("initial_conversation")
    },
    "datepicker": lambda shape: {"selected_date": shape.get("initial_date")},
    "plain_text_input": lambda shape: {"value": shape.get("initial_value") or None},
}
_INTERACTIVE: Final = {"button", "icon_button", "feedback_buttons", "overflow", *_STATES}
_TOLD: Final = ("text", "icon", "value", "style")
"""What a press says of a button."""


def _string(value: JsonObject, name: str) -> str:
    found = value.get(name)
    return found if isinstance(found, str) else ""


def _list(value: JsonObject, name: str) -> list[JsonValue]:
    found = value.get(name)
    return found if isinstance(found, list) else []
