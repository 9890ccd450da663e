"""The app's manifest as Slack reads it: what the app may do, hear, and offer to people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml  # type: ignore[import-untyped]  # its types are a package of their own

from bot.manifest import MANIFEST_FILE
from bot.workspace.errors import explained
from bot.workspace.payload import JsonObject, JsonValue

_SCOPES_OF_EVENTS: Final = {
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
}
_ADMINS_ONLY: Final = "admin:"


@dataclass(frozen=True, slots=True)
class CommandWord:
    """A word that a command's usage hint offers."""

    word: str
    hint: str
    is_for_admins: bool


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command."""

    name: str
    description: str
    usage_hint: str
    escapes: bool
    """Whether people and channels arrive by their ids."""

    def words(self) -> list[CommandWord]:
        """Read the usage hint, such as `check CLAIM | help | admin: reindex | gaps`."""
        words, is_for_admins = [], False
        for part in self.usage_hint.split("|"):
            offered = part.strip()
            if offered.startswith(_ADMINS_ONLY):
                offered, is_for_admins = offered.removeprefix(_ADMINS_ONLY).strip(), True
            word, _, hint = offered.partition(" ")
            if word:
                words.append(CommandWord(word, hint, is_for_admins))
        return words


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An entry of a message's menu."""

    callback_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the app's manifest asks for."""

    scopes: frozenset[str]
    subscriptions: frozenset[str]
    commands: tuple[Command, ...]
    shortcuts: tuple[Shortcut, ...]
    """The ones in a message's menu."""
    tabs: tuple[str, ...]
    """Which of `home` and `messages` the app has."""
    prompts: tuple[JsonObject, ...]
    is_agent: bool
    is_interactive: bool
    uses_sockets: bool

    def command(self, name: str) -> Command | None:
        """Return a command by its name, such as `/onrecord`."""
        return next((command for command in self.commands if command.name == name), None)

    def shortcut(self, callback_id: str) -> Shortcut | None:
        """Return a message shortcut by its callback id."""
        return next((s for s in self.shortcuts if s.callback_id == callback_id), None)


def read_manifest(path: Path = MANIFEST_FILE) -> Manifest:
    """Read a manifest, or refuse one that Slack would refuse."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    return manifest_of(entries if isinstance(entries, dict) else {})


def manifest_of(entries: JsonObject) -> Manifest:
    """Read the entries of a manifest."""
    features, settings = _entry(entries, "features"), _entry(entries, "settings")
    home = _entry(features, "app_home")
    agent = _entry(features, "agent_view")
    shortcuts = _entries(features, "shortcuts")
    manifest = Manifest(
        scopes=frozenset(_words(_entry(_entry(entries, "oauth_config"), "scopes"), "bot")),
        subscriptions=frozenset(_words(_entry(settings, "event_subscriptions"), "bot_events")),
        commands=tuple(_command(command) for command in _entries(features, "slash_commands")),
        shortcuts=tuple(_shortcut(s) for s in shortcuts if s.get("type") == "message"),
        tabs=tuple(tab for tab in ("home", "messages") if home.get(f"{tab}_tab_enabled")),
        prompts=tuple(_entries(agent, "suggested_prompts")),
        is_agent="agent_view" in features,
        is_interactive=bool(_entry(settings, "interactivity").get("is_enabled")),
        uses_sockets=bool(settings.get("socket_mode_enabled")),
    )
    problems = (*_scope_problems(manifest), *_limit_problems(manifest))
    if problems:
        raise explained("invalid_manifest", problems)
    return manifest


def _scope_problems(manifest: Manifest) -> Iterator[str]:
    if (manifest.commands or manifest.shortcuts) and "commands" not in manifest.scopes:
        yield "slash commands and shortcuts need the scope commands"
    if manifest.is_agent and "assistant:write" not in manifest.scopes:
        yield "an agent needs the scope assistant:write"
    for event in sorted(manifest.subscriptions):
        scope = _SCOPES_OF_EVENTS.get(event)
        if scope is not None and scope not in manifest.scopes:
            yield f"the event {event} needs the scope {scope}"


def _limit_problems(manifest: Manifest) -> Iterator[str]:
    for command in manifest.commands:
        if not command.name.startswith("/") or len(command.name) > 32 or " " in command.name:
            yield f"not a command: {command.name}"
        if len(command.description) > 2000 or len(command.usage_hint) > 1000:
            yield f"too long a description or usage hint: {command.name}"
    for shortcut in manifest.shortcuts:
        if len(shortcut.name) > 24:
            yield f"a shortcut's name has at most 24 characters: {shortcut.name}"
    if len(manifest.prompts) > 4:
        yield "at most 4 suggested prompts"


def _command(entry: JsonObject) -> Command:
    return Command(
        name=_text(entry, "command"),
        description=_text(entry, "description"),
        usage_hint=_text(entry, "usage_hint"),
        escapes=bool(entry.get("should_escape")),
    )


def _shortcut(entry: JsonObject) -> Shortcut:
    return Shortcut(callback_id=_text(entry, "callback_id"), name=_text(entry, "name"))


def _entry(entries: JsonObject, name: str) -> JsonObject:
    found = entries.get(name)
    return found if isinstance(found, dict) else {}


def _entries(entries: JsonObject, name: str) -> list[JsonObject]:
    return [entry for entry in _list(entries, name) if isinstance(entry, dict)]


def _words(entries: JsonObject, name: str) -> list[str]:
    return [entry for entry in _list(entries, name) if isinstance(entry, str)]


def _list(entries: JsonObject, name: str) -> list[JsonValue]:
    found = entries.get(name)
    return found if isinstance(found, list) else []


def _text(entries: JsonObject, name: str) -> str:
    found = entries.get(name)
    return found if isinstance(found, str) else ""
