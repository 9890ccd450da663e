"""Slack's message text as people typed it: mentions, channels, links and entities read back."""

from __future__ import annotations

import re

_ANGLES = re.compile(r"<([^<>\n]*)>")
_USER_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_GROUP_MENTION = re.compile(r"<!(?:here|channel|everyone|subteam\^)[^<>]*>")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES))
_SPACES = re.compile(r"[ \t\u00a0]+")


def mentioned_users(text: str) -> frozenset[str]:
    """Ids of the people mentioned in a raw message text."""
    return frozenset(_USER_MENTION.findall(text))


def mentions_a_group(text: str) -> bool:
    """Whether the raw text calls a user group or everybody."""
    return _GROUP_MENTION.search(text) is not None


def plain_text(text: str, bot_user: str) -> str:
    """What was typed, without the mention of the bot.

    "<@B> what does <https://a.example|the page> say about R&amp;D?" reads
    "what does the page say about R&D?".
    """
    own = re.compile(rf"<@{re.escape(bot_user)}(?:\|[^<>]*)?>[:,]?")
    typed = _ANGLES.sub(_read_angles, own.sub(" ", text))
    # Entities last: what they stand for was typed, and must not be read as markup.
    typed = _ENTITY.sub(lambda entity: _ENTITIES[entity.group()], typed)
    return "\n".join(_SPACES.sub(" ", line).strip() for line in typed.splitlines()).strip()


def _read_angles(match: re.Match[str]) -> str:
    inside, _, label = match.group(1).partition("|")
    if label:
        return f"#{label}" if inside.startswith("#") else label
    if inside.startswith("@"):
        return "someone"
    if inside.startswith("#"):
        return "a channel"
    if inside.startswith("!"):
        return ""
    return inside.removeprefix("mailto:")
