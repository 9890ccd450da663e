"""What people do in a workspace, and what the app is told of it."""

from __future__ import annotations

from bot.workspace import people
from bot.workspace.delivery import COMMANDS, INTERACTIVE, Delivery
from bot.workspace.elements import Element, Value, find
from bot.workspace.errors import SlackError
from bot.workspace.events import context_changed, home_opened, session_stopped
from bot.workspace.ground import Ground
from bot.workspace.interactions import Desk, enter, entry_problems
from bot.workspace.methods.response import answer_command
from bot.workspace.modals import Modal
from bot.workspace.payload import JsonObject
from bot.workspace.state import Ephemeral, User
from bot.workspace.submissions import answer_submission
from bot.workspace.vouchers import ResponseTarget

Form = dict[str, dict[str, Value]]
"""What stands in a view: by block id, then by action id."""


class Acts(Ground):
    """Acts as one person at a time; what Slack would not let them do is a `SlackError`."""

    def post_as(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> str:
        """Post a message as a person, as Slack would receive it; return its timestamp."""
        with self._changes:
            message, events = people.post(self._state, user, channel, text, thread_ts)
            self._publish(events)
            return message.ts

    def edit_as(self, user: str, channel: str, ts: str, text: str) -> None:
        """Edit one's own message."""
        with self._changes:
            self._publish(people.edit(self._state, user, channel, ts, text))

    def delete_as(self, user: str, channel: str, ts: str) -> None:
        """Delete one's own message."""
        with self._changes:
            self._publish(people.delete(self._state, user, channel, ts))

    def command_as(self, user: str, channel: str, typed: str, *, window: str = "") -> Delivery:
        """Send a slash command, such as `/onrecord help`."""
        name, _, words = typed.strip().partition(" ")
        with self._changes:
            command = self.manifest.command(name)
            if command is None or "commands" not in self.scopes:
                raise SlackError("unknown_command")
            place = people.member_of(self._state, user, channel)
            if command.escapes:
                words = self._composer().to_command(words)
            payload = self._desk(window).command(self._state.user(user), place, name, words.strip())
            target = ResponseTarget(user, place.id)
            return self._deliver(
                COMMANDS, payload, lambda answer: self._take_command_answer(target, answer)
            )

    def shortcut_as(
        self, user: str, callback_id: str, channel: str, ts: str, *, window: str = ""
    ) -> Delivery:
        """Choose an entry of a message's menu."""
        with self._changes:
            self._check_interactivity()
            if self.manifest.shortcut(callback_id) is None or "commands" not in self.scopes:
                raise SlackError("unknown_shortcut")
            place = people.member_of(self._state, user, channel)
            message = self._state.message(place.id, ts)
            payload = self._desk(window).shortcut(self._state.user(user), message, callback_id)
            return self._deliver(INTERACTIVE, payload)

    def press_as(
        self,
        user: str,
        channel: str,
        ts: str,
        action_id: str,
        value: Value = None,
        *,
        block_id: str | None = None,
        window: str = "",
    ) -> Delivery:
        """Use a button or a menu of a message, found by its `action_id`.

        A pair of feedback buttons takes `positive` or `negative`, a menu the value of a choice.
        """
        with self._changes:
            self._check_interactivity()
            person = self._state.user(user)
            place = people.member_of(self._state, user, channel)
            ephemeral = self._state.ephemeral(user, place.id, ts)
            message = ephemeral or self._state.message(place.id, ts)
            element = find(message.blocks, action_id, block_id, value)
            _check_sight(element, person)
            press = element.press(value)
            if isinstance(message, Ephemeral):
                payload = self._desk(window).press_in_ephemeral(person, message, press)
            else:
                payload = self._desk(window).press_in_message(person, message, press)
            return self._deliver(INTERACTIVE, payload)

    def press_in_home_as(
        self,
        user: str,
        action_id: str,
        value: Value = None,
        *,
        block_id: str | None = None,
        window: str = "",
    ) -> Delivery:
        """Use a button or a menu of the app's home."""
        with self._changes:
            self._check_interactivity()
            home = self._state.home_views.get(user)
            if home is None:
                raise SlackError("action_not_found")
            return self._press_in(user, Modal(home), action_id, value, block_id, window)

    def press_in_modal_as(
        self,
        user: str,
        action_id: str,
        value: Value = None,
        *,
        block_id: str | None = None,
        entered: Form | None = None,
        window: str = "",
    ) -> Delivery:
        """Use a button or a menu of the modal before a person, with what else they entered."""
        with self._changes:
            self._check_interactivity()
            modal = self._modal(user, window)
            _enter_form(modal, entered or {})
            return self._press_in(user, modal, action_id, value, block_id, window)

    def submit_as(self, user: str, values: dict[str, str | list[str]]) -> Delivery:
        """Submit the modal before a person; `values` name its inputs by their `action_id`."""
        with self._changes:
            form: Form = {}
            for action_id, value in values.items():
                element = find(_blocks(self._modal(user)), action_id)
                form.setdefault(element.block_id, {})[action_id] = value
            return self.submit_form_as(user, form)

    def submit_form_as(self, user: str, form: Form, *, window: str = "") -> Delivery:
        """Submit the modal before a person, its inputs named by block and action."""
        with self._changes:
            self._check_interactivity()
            modal = self._modal(user, window)
            if "submit" not in modal.view or modal.view.get("submit_disabled"):
                raise SlackError("not_submittable")
            _enter_form(modal, form)
            modal.errors = entry_problems(modal)
            self._changes.announce()
            if modal.errors:
                raise SlackError("invalid_entries", errors={**modal.errors})
            payload = self._desk(window).submission(self._state.user(user), modal)
            return self._deliver(
                INTERACTIVE,
                payload,
                lambda answer: self._take_submission_answer(user, window, answer),
            )

    def close_modal_as(self, user: str, *, window: str = "") -> None:
        """Leave the modal before a person; the one below it, if any, comes up again."""
        with self._changes:
            top = self._modal(user, window)
            is_cleared = bool(top.view.get("clear_on_close"))
            if is_cleared:
                self._state.modals.clear(user, window)
            else:
                self._state.modals.close_top(user, window)
            if top.view.get("notify_on_close") and self.manifest.is_interactive:
                person = self._state.user(user)
                payload = self._desk(window).closing(person, top, is_cleared=is_cleared)
                self._deliver(INTERACTIVE, payload)
            self._changes.announce()

    def open_home_as(self, user: str, tab: str = "home") -> None:
        """Open the app's `home` or `messages` tab."""
        with self._changes:
            if tab not in self.manifest.tabs:
                raise SlackError("home_not_enabled")
            self._publish(home_opened(self._state, user, tab))

    def look_at_as(self, user: str, channel: str) -> None:
        """Turn to a channel while the conversation with the app stands beside it."""
        with self._changes:
            place = people.member_of(self._state, user, channel)
            if not place.is_direct and self._state.looks_at.get(user) != place.id:
                self._state.looks_at[user] = place.id
                self._publish(context_changed(self._state, user))

    def stop_as(self, user: str, channel: str, thread_ts: str) -> None:
        """Press the stop button that stands in a thread while the app is at work there."""
        with self._changes:
            place = people.member_of(self._state, user, channel)
            if not self._state.thread(place.id, thread_ts):
                raise SlackError("thread_not_found")
            if not self.manifest.is_agent:
                raise SlackError("interactivity_not_enabled")
            self._publish(session_stopped(self._state, user, place.id, thread_ts))

    def answer_of(self, delivery: Delivery, timeout_s: float = 10.0) -> JsonObject:
        """Return what the app has sent along with its acknowledgement, once that has come."""
        if not self.wait_for(lambda: delivery.is_done, timeout_s) or delivery.is_lost:
            raise SlackError("operation_timeout")
        if delivery.complaint is not None:
            raise delivery.complaint
        return delivery.response or {}

    def _desk(self, window: str) -> Desk:
        return Desk(self._state, self._vouchers, self.api_url, window)

    def _press_in(
        self,
        user: str,
        modal: Modal,
        action_id: str,
        value: Value,
        block_id: str | None,
        window: str,
    ) -> Delivery:
        person = self._state.user(user)
        element = find(_blocks(modal), action_id, block_id, value)
        _check_sight(element, person)
        press = element.press(value)
        if element.holds_value:
            modal.entered[element.block_id, element.action_id] = element.state(value)
        payload = self._desk(window).press_in_view(person, modal.view, modal.entered, press)
        return self._deliver(INTERACTIVE, payload)

    def _take_command_answer(self, target: ResponseTarget, answer: JsonObject) -> None:
        with self._changes:
            answer_command(self._office, target, answer)
            self._note_links("ack", answer)
            self._changes.announce()

    def _take_submission_answer(self, user: str, window: str, answer: JsonObject) -> None:
        with self._changes:
            answer_submission(self._office, user, window, answer)
            self._note_links("ack", answer)
            self._changes.announce()

    def _modal(self, user: str, window: str = "") -> Modal:
        modal = self._state.modals.top(user, window)
        if modal is None:
            raise SlackError("not_found")
        return modal

    def _check_interactivity(self) -> None:
        if not self.manifest.is_interactive:
            raise SlackError("interactivity_not_enabled")


def _enter_form(modal: Modal, form: Form) -> None:
    enter(modal, {(b, a): value for b, row in form.items() for a, value in row.items()})


def _check_sight(element: Element, person: User) -> None:
    seen_by = element.shape.get("visible_to_user_ids")
    if isinstance(seen_by, list) and person.id not in seen_by:
        raise SlackError("action_not_found")


def _blocks(modal: Modal) -> list[JsonObject]:
    blocks = modal.view.get("blocks")
    return (
        [block for block in blocks if isinstance(block, dict)] if isinstance(blocks, list) else []
    )
