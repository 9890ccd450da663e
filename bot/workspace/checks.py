"""Building blocks of a grammar for JSON: each check says what is wrong with a value, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from bot.workspace.payload import JsonObject, JsonValue

Problems = Iterator[str]
Check = Callable[[JsonValue, str], Problems]
"""Takes a value and its JSON pointer, gives the problems found."""

_HTTP: Final = ("http://", "https://")


def string(max_chars: int, *, min_chars: int = 1) -> Check:
    """Check for text of a certain length."""

    def check(value: JsonValue, pointer: str) -> Problems:
        if not isinstance(value, str):
            yield at("must be a string", pointer)
        elif len(value) > max_chars:
            yield at(f"must be less than {max_chars + 1} characters", pointer)
        elif len(value) < min_chars:
            yield at(f"must be more than {min_chars - 1} characters", pointer)

    return check


def address(max_chars: int) -> Check:
    """Check for a web address."""
    is_string = string(max_chars)

    def check(value: JsonValue, pointer: str) -> Problems:
        yield from is_string(value, pointer)
        if isinstance(value, str) and not value.startswith(_HTTP):
            yield at("must be a valid URL", pointer)

    return check


def flag(value: JsonValue, pointer: str) -> Problems:
    """Check for true or false."""
    if not isinstance(value, bool):
        yield at("must be a boolean", pointer)


def integer(value: JsonValue, pointer: str) -> Problems:
    """Check for a whole number."""
    if isinstance(value, bool) or not isinstance(value, int):
        yield at("must be an integer", pointer)


def word(*allowed: str) -> Check:
    """Check for one of a few words."""

    def check(value: JsonValue, pointer: str) -> Problems:
        if value not in allowed:
            yield at(f"must be one of {', '.join(allowed)}", pointer)

    return check


def many(item: Check, max_items: int, *, min_items: int = 1) -> Check:
    """Check for a list."""

    def check(value: JsonValue, pointer: str) -> Problems:
        if not isinstance(value, list):
            yield at("must be an array", pointer)
            return
        if len(value) > max_items:
            yield at(f"no more than {max_items} items allowed", pointer)
        if len(value) < min_items:
            yield at(f"no fewer than {min_items} items allowed", pointer)
        for position, element in enumerate(value):
            yield from item(element, f"{pointer}/{position}")

    return check


def record(
    required: Mapping[str, Check],
    optional: Mapping[str, Check] | None = None,
    *,
    one_of: tuple[str, ...] = (),
) -> Check:
    """Check for an object with exactly these fields, and at least one of `one_of`."""
    fields = {"type": anything, **required, **(optional or {})}

    def check(value: JsonValue, pointer: str) -> Problems:
        if not isinstance(value, dict):
            yield at("must be an object", pointer)
            return
        for name in required:
            if name not in value:
                yield at(f"missing required field: {name}", pointer)
        if one_of and not any(name in value for name in one_of):
            yield at(f"missing required field: one of {', '.join(one_of)}", pointer)
        for name, element in value.items():
            if name in fields:
                yield from fields[name](element, f"{pointer}/{name}")
            else:
                yield at(f"additional property not allowed: {name}", pointer)

    return check


def tagged(shapes: Mapping[str, Check], *names: str) -> Check:
    """Check for an object of one of the named types."""

    def check(value: JsonValue, pointer: str) -> Problems:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in names:
            yield at(f"unsupported type: {kind}", pointer)
            return
        yield from shapes[kind](value, pointer)

    return check


def anything(value: JsonValue, pointer: str) -> Problems:
    """Let everything pass."""
    return iter(())


def texts(value: JsonValue, kind: str | None = None) -> Iterator[str]:
    """Find every `text` string inside, or only those of objects of one type."""
    if isinstance(value, list):
        for item in value:
            yield from texts(item, kind)
    elif isinstance(value, dict):
        yield from _own_text(value, kind)
        for name, item in value.items():
            if name != "text" or not isinstance(item, str):
                yield from texts(item, kind)


def at(problem: str, pointer: str) -> str:
    """Say where a problem is, as Slack does."""
    return f"{problem} [json-pointer:{pointer}]"


def _own_text(value: JsonObject, kind: str | None) -> Iterator[str]:
    text = value.get("text")
    if isinstance(text, str) and kind in (None, value.get("type")):
        yield text
