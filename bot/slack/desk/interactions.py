"""Slack's payloads for commands, presses, submissions and shortcuts, read into values. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Payload = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command: `/onrecord WORD REST`."""

    team: str
    user: str
    channel: str
    word: str
    rest: str
    trigger_id: str
    response_url: str

    @property
    def text(self) -> str:
        """All that was typed after the command's name."""
        return f"{self.word} {self.rest}".strip()


@dataclass(frozen=True, slots=True)
class Press:
    """A button pressed, in a message, in a message only its reader sees, or in a view."""

    user: str
    action_id: str
    value: str
    trigger_id: str
    channel: str = ""
    message_ts: str = ""
    thread: str = ""
    is_ephemeral: bool = False
    response_url: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """A modal sent off. `values` holds what was entered, by action id."""

    user: str
    metadata: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut chosen on a message."""

    team: str
    user: str
    channel: str
    message_ts: str
    text: str
    trigger_id: str


def read_command(body: Payload) -> Command:
    """Read the payload of a slash command."""
    word, _, rest = _text(body, "text").strip().partition(" ")
    return Command(
        team=_text(body, "team_id"),
        user=_text(body, "user_id"),
        channel=_text(body, "channel_id"),
        word=word,
        rest=rest.strip(),
        trigger_id=_text(body, "trigger_id"),
        response_url=_text(body, "response_url"),
    )


def read_press(body: Payload) -> Press:
    """Read a `block_actions` payload; Slack sends one action at a time."""
    actions = body.get("actions")
    action = actions[0] if isinstance(actions, list) and actions else {}
    container, message = _inside(body, "container"), _inside(body, "message")
    return Press(
        user=_text(_inside(body, "user"), "id"),
        action_id=_text(action, "action_id"),
        value=_text(action, "value"),
        trigger_id=_text(body, "trigger_id"),
        channel=_text(container, "channel_id") or _text(_inside(body, "channel"), "id"),
        message_ts=_text(container, "message_ts"),
        thread=_text(container, "thread_ts") or _text(message, "thread_ts"),
        is_ephemeral=container.get("is_ephemeral") is True,
        response_url=_text(body, "response_url"),
    )


def read_submission(body: Payload) -> Submission:
    """Read a `view_submission` payload."""
    view = _inside(body, "view")
    blocks = _inside(_inside(view, "state"), "values")
    entered = [
        (action_id, _entered(element))
        for block in blocks.values()
        if isinstance(block, Mapping)
        for action_id, element in block.items()
    ]
    return Submission(
        user=_text(_inside(body, "user"), "id"),
        metadata=_text(view, "private_metadata"),
        values=dict(entered),
    )


def read_shortcut(body: Payload) -> Shortcut:
    """Read a `message_action` payload; the text is Slack's, with its markup."""
    message = _inside(body, "message")
    return Shortcut(
        team=_text(_inside(body, "team"), "id"),
        user=_text(_inside(body, "user"), "id"),
        channel=_text(_inside(body, "channel"), "id"),
        message_ts=_text(body, "message_ts") or _text(message, "ts"),
        text=_text(message, "text"),
        trigger_id=_text(body, "trigger_id"),
    )


def _entered(element: object) -> str:
    """A text that was typed, or the value of the option that was chosen or, alone, was ticked."""
    if not isinstance(element, Mapping):
        return ""
    ticked = element.get("selected_options")
    first = ticked[0] if isinstance(ticked, list) and len(ticked) == 1 else None
    chosen = _text(_inside(element, "selected_option"), "value")
    return _text(element, "value") or chosen or _text(first, "value")


def _inside(values: Payload, name: str) -> Payload:
    value = values.get(name)
    return value if isinstance(value, Mapping) else {}


def _text(values: object, name: str) -> str:
    value = values.get(name) if isinstance(values, Mapping) else None
    return value if isinstance(value, str) else ""
