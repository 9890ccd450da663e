"""What a caller sent, whether as a form, as JSON or in the address."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from bot.workspace.errors import SlackError, invalid_arguments
from bot.workspace.payload import JsonObject, JsonValue

_MAX_SECONDS: Final = 3600


class Arguments:
    """The arguments of one call, read by the type that the method expects."""

    def __init__(self, values: Mapping[str, JsonValue]) -> None:
        self._values = {name: value for name, value in values.items() if value is not None}

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str, default: str = "") -> str:
        """Return an argument as text; a number or a flag becomes what a form would send."""
        value = self._values.get(name, default)
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, (str, int, float)):
            return str(value)
        raise invalid_arguments(f"must be a string [json-pointer:/{name}]")

    def required(self, name: str) -> str:
        """Return an argument that must be there and must not be empty."""
        value = self.text(name)
        if not value:
            raise invalid_arguments(f"missing required field: {name}")
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return a yes or no."""
        return self.text(name, "true" if default else "false").lower() in {"true", "1"}

    def number(self, name: str, default: int) -> int:
        """Return a whole number."""
        try:
            return int(self.text(name, str(default)))
        except ValueError:
            raise invalid_arguments(f"must be an integer [json-pointer:/{name}]") from None

    def seconds(self, name: str) -> float | None:
        """Return a span of time, if there is one."""
        try:
            value = float(self.text(name)) if name in self else None
        except ValueError:
            raise invalid_arguments(f"must be a number [json-pointer:/{name}]") from None
        if value is not None and not 0 <= value <= _MAX_SECONDS:
            raise invalid_arguments(f"must be 0 to {_MAX_SECONDS} [json-pointer:/{name}]")
        return value

    def choice(self, name: str) -> str | list[str] | None:
        """Return what somebody has typed or chosen: a text, several, or nothing."""
        if name not in self:
            return None
        value = self._values[name]
        return self.names(name) if isinstance(value, list) else self.text(name)

    def names(self, name: str) -> list[str]:
        """Return a list sent as JSON or with commas."""
        value = self._values.get(name)
        if isinstance(value, list):
            return [item for item in value if isinstance(item, str)]
        return [item.strip() for item in self.text(name).split(",") if item.strip()]

    def objects(self, name: str, *, error: str = "invalid_arguments") -> list[JsonObject]:
        """Return a list of objects, which a form sends as JSON text."""
        value = self._decoded(name, error)
        if value is None:
            return []
        if not isinstance(value, list):
            raise SlackError(error)
        objects = [item for item in value if isinstance(item, dict)]
        if len(objects) != len(value):
            raise SlackError(error)
        return objects

    def object(self, name: str, *, error: str = "invalid_arguments") -> JsonObject | None:
        """Return one object, which a form sends as JSON text."""
        value = self._decoded(name, error)
        if value is not None and not isinstance(value, dict):
            raise SlackError(error)
        return value

    def _decoded(self, name: str, error: str) -> JsonValue:
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            decoded: JsonValue = json.loads(value)
        except ValueError:
            raise SlackError(error) from None
        return decoded
