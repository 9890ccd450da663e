"""Text between people and the wire: names become ids and back, markup becomes what one reads."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Final

from bot.workspace.state import Channel, User

_REFERENCE: Final = re.compile(r"<([@#!]?)([^<>|\n]+)(?:\|([^<>\n]*))?>")
_ID_REFERENCE: Final = re.compile(r"(<[@#][A-Z0-9]+(?:\|[^<>\n]*)?>)")
_ADDRESS: Final = re.compile(r"(https?://[^\s<>|]*[^\s<>|.,;:!?)'\"])")
_BROADCAST: Final = re.compile(r"(?<![\w<])@(here|channel|everyone)\b")
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class Composer:
    """Turns typed text into Slack's, and Slack's into what a person reads."""

    def __init__(self, users: Iterable[User], channels: Iterable[Channel] = ()) -> None:
        self._names = {user.id: user.name for user in users}
        self._ids = {name.lower(): user_id for user_id, name in self._names.items()}
        self._channels = {c.name: c.id for c in channels if not c.is_direct}
        self._typed_mention = _typed("@", self._ids)
        self._typed_channel = _typed("#", self._channels)

    def to_wire(self, typed: str) -> str:
        """Escape what Slack escapes, and turn names and addresses into references.

        >>> Composer([User("U1", "Admin")]).to_wire("@admin is 1 < 2?")
        '<@U1> is 1 &lt; 2?'
        """
        parts = [part.translate(_ESCAPES) for part in _ADDRESS.split(typed)]
        parts[::2] = (self._with_references(part) for part in parts[::2])
        parts[1::2] = (f"<{part}>" for part in parts[1::2])
        return "".join(parts)

    def to_command(self, typed: str) -> str:
        """Escape the words of a command; people and channels become ids, with their names.

        >>> Composer([User("U1", "Admin")]).to_command("about @admin & me")
        'about <@U1|admin> &amp; me'
        """
        parts = _ID_REFERENCE.split(typed)
        parts[::2] = (self._to_command(part.translate(_ESCAPES)) for part in parts[::2])
        return "".join(parts)

    def to_reader(self, text: str) -> str:
        """Resolve mentions, links and escapes.

        >>> Composer([User("U1", "Admin")]).to_reader("<@U1> &amp; <https://example.com|more>")
        '@Admin & more (https://example.com)'
        """
        return html.unescape(self.with_names(text))

    def with_names(self, text: str) -> str:
        """Resolve mentions and links, and leave escapes as they are."""
        return _REFERENCE.sub(self._resolve, text)

    def _with_references(self, escaped: str) -> str:
        named = self._typed_mention.sub(lambda m: f"<@{self._ids[m[1].lower()]}>", escaped)
        named = self._typed_channel.sub(lambda m: f"<#{self._channels[m[1].lower()]}>", named)
        return _BROADCAST.sub(r"<!\1>", named)

    def _to_command(self, escaped: str) -> str:
        named = self._typed_mention.sub(
            lambda m: f"<@{self._ids[m[1].lower()]}|{m[1].lower()}>", escaped
        )
        return self._typed_channel.sub(
            lambda m: f"<#{self._channels[m[1].lower()]}|{m[1].lower()}>", named
        )

    def _resolve(self, reference: re.Match[str]) -> str:
        sigil, target, label = reference.groups()
        if sigil == "@":
            return f"@{label or self._names.get(target, target)}"
        if sigil:
            return f"{'@' if sigil == '!' else '#'}{label or target}"
        return f"{label} ({target})" if label else target


def _typed(sign: str, names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    # Without a name, nothing matches.
    either = "|".join(re.escape(name) for name in longest_first) or r"(?!)"
    return re.compile(rf"(?<![\w<]){sign}({either})(?!\w)", re.IGNORECASE)
