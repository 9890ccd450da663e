"""The modals that people have before them: a stack for each person, and what they have entered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from bot.workspace.errors import SlackError
from bot.workspace.payload import JsonObject

MAX_STACK: Final = 3

Entered = dict[tuple[str, str], JsonObject]
"""By block id and action id: the state of each element that somebody has touched."""


@dataclass(slots=True)
class Modal:
    """One open modal."""

    view: JsonObject
    entered: Entered = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    """By block id: why the app has refused what was entered."""

    @property
    def id(self) -> str:
        """The view's id."""
        return str(self.view["id"])


class Modals:
    """Every open modal; a closed one is forgotten."""

    def __init__(self) -> None:
        self._stacks: dict[str, list[Modal]] = {}

    def top(self, user: str) -> Modal | None:
        """Return what somebody has before them."""
        stack = self._stacks.get(user)
        return stack[-1] if stack else None

    def stack(self, user: str) -> list[Modal]:
        """Return all of somebody's modals, the one before them last."""
        return list(self._stacks.get(user, ()))

    def shown_to(self, user: str) -> JsonObject | None:
        """Return the modal before somebody, with the errors that it shows."""
        modal = self.top(user)
        return None if modal is None else modal.view | {"errors": dict(modal.errors)}

    def open(self, user: str, view: JsonObject) -> None:
        """Show a modal instead of what was shown."""
        self._stacks[user] = [Modal(view)]

    def check_room(self, user: str) -> None:
        """Refuse a push where it is not possible."""
        stack = self._stacks.get(user)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= MAX_STACK:
            raise SlackError("push_limit_reached")

    def push(self, user: str, view: JsonObject) -> None:
        """Put a modal on top."""
        self.check_room(user)
        self._stacks[user].append(Modal(view))

    def replace(self, view: JsonObject) -> None:
        """Put the changed view where the old one stands; what was entered in it stays."""
        modal = self.find(str(view["id"]))
        modal.view, modal.errors = view, {}

    def close_top(self, user: str) -> Modal | None:
        """Take the modal before somebody away."""
        stack = self._stacks.get(user)
        return stack.pop() if stack else None

    def clear(self, user: str) -> list[Modal]:
        """Take all modals away."""
        return self._stacks.pop(user, [])

    def has(self, external_id: str) -> bool:
        """Say whether the app has given this id to an open modal."""
        return any(
            modal.view.get("external_id") == external_id
            for stack in self._stacks.values()
            for modal in stack
        )

    def find(self, view_id: str, external_id: str = "") -> Modal:
        """Return an open modal by its id or by the id that the app has given it."""
        for stack in self._stacks.values():
            for modal in stack:
                is_named = external_id and modal.view.get("external_id") == external_id
                if modal.id == view_id or is_named:
                    return modal
        raise SlackError("not_found")
