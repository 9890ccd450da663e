"""The modals that people have before them: a stack for each window, and what they have entered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from bot.workspace.errors import SlackError
from bot.workspace.payload import JsonObject

MAX_STACK: Final = 3
MAX_WINDOWS: Final = 200

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
    """Every open modal; a closed one is forgotten.

    A modal stands in the window that it was asked for from. Who names no window means the one in
    which somebody opened something last.
    """

    def __init__(self) -> None:
        self._stacks: dict[tuple[str, str], list[Modal]] = {}

    def top(self, user: str, window: str = "") -> Modal | None:
        """Return what somebody has before them."""
        stack = self._stack(user, window)
        return stack[-1] if stack else None

    def shown_to(self, user: str, window: str = "") -> JsonObject | None:
        """Return the modal before somebody, with the errors that it shows."""
        modal = self.top(user, window)
        return None if modal is None else modal.view | {"errors": dict(modal.errors)}

    def open(self, user: str, view: JsonObject, window: str = "") -> None:
        """Show a modal instead of what was shown."""
        self._stacks.pop((user, window), None)
        self._stacks[user, window] = [Modal(view)]
        if len(self._stacks) > MAX_WINDOWS:
            del self._stacks[next(iter(self._stacks))]  # of a window that was closed, mostly

    def check_room(self, user: str, window: str = "") -> None:
        """Refuse a push where it is not possible."""
        stack = self._stack(user, window)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= MAX_STACK:
            raise SlackError("push_limit_reached")

    def push(self, user: str, view: JsonObject, window: str = "") -> None:
        """Put a modal on top."""
        self.check_room(user, window)
        self._stack(user, window).append(Modal(view))

    def replace(self, view: JsonObject) -> None:
        """Put the changed view where the old one stands; what was entered in it stays."""
        modal = self.find(str(view["id"]))
        modal.view, modal.errors = view, {}

    def close_top(self, user: str, window: str = "") -> None:
        """Take the modal before somebody away."""
        stack = self._stack(user, window)
        if stack:
            stack.pop()
        self._forget_the_empty()

    def clear(self, user: str, window: str = "") -> None:
        """Take all modals in a window away."""
        self._stack(user, window).clear()
        self._forget_the_empty()

    def _stack(self, user: str, window: str) -> list[Modal]:
        if window:
            return self._stacks.get((user, window), [])
        stacks = [stack for (who, _), stack in self._stacks.items() if who == user]
        return stacks[-1] if stacks else []

    def _forget_the_empty(self) -> None:
        self._stacks = {place: stack for place, stack in self._stacks.items() if stack}

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
