"""Text between people and the wire: names become ids and back, markup becomes what one reads."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Final

from bot.workspace.state import User

_REFERENCE: Final = re.compile(r"<([@#!]?)([^<>|\n]+)(?:\|([^<>\n]*))?>")
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class Composer:
    """Turns typed text into Slack's, and Slack's into what a person reads."""

    def __init__(self, users: Iterable[User]) -> None:
        self._names = {user.id: user.name for user in users}
        self._ids = {user.name.lower(): user.id for user in users}
        longest_first = sorted(self._ids, key=len, reverse=True)
        names = "|".join(re.escape(name) for name in longest_first)
        self._typed_mention = re.compile(rf"@({names})(?!\w)", re.IGNORECASE)

    def to_wire(self, typed: str) -> str:
        """Escape what Slack escapes, and turn @name into a mention.

        >>> Composer([User("U1", "Admin")]).to_wire("@admin is 1 < 2?")
        '<@U1> is 1 &lt; 2?'
        """
        escaped = typed.translate(_ESCAPES)
        return self._typed_mention.sub(lambda m: f"<@{self._ids[m[1].lower()]}>", escaped)

    def to_reader(self, text: str) -> str:
        """Resolve mentions, links and escapes.

        >>> Composer([User("U1", "Admin")]).to_reader("<@U1> &amp; <https://example.com|more>")
        '@Admin & more (https://example.com)'
        """
        return html.unescape(self.with_names(text))

    def with_names(self, text: str) -> str:
        """Resolve mentions and links, and leave escapes as they are."""
        return _REFERENCE.sub(self._resolve, text)

    def _resolve(self, reference: re.Match[str]) -> str:
        sigil, target, label = reference.groups()
        if sigil == "@":
            return f"@{label or self._names.get(target, target)}"
        if sigil:
            return f"{'@' if sigil == '!' else '#'}{label or target}"
        return f"{label} ({target})" if label else target
