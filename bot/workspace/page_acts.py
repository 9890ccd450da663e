"""What people do on the page, one act a request."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from bot.workspace.acts import Form
from bot.workspace.arguments import Arguments
from bot.workspace.delivery import Delivery
from bot.workspace.errors import SlackError, invalid_arguments
from bot.workspace.faults import ALWAYS
from bot.workspace.payload import JsonObject, JsonValue

if TYPE_CHECKING:
    from bot.workspace.workspace import Workspace

_SPARE_S: Final = 1.0
"""How much longer than the app's time the page waits, so that a late answer is still shown."""
_SLOW_S: Final = 3.0
_OUTAGE_S: Final = 15.0


class PageActs:
    """Does what somebody asks for by a click or by typing."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._acts: Mapping[str, Callable[[str, Arguments], JsonObject]] = {
            "post": self._post,
            "edit": self._edit,
            "delete": self._delete,
            "command": self._command,
            "press": self._press,
            "submit": self._submit,
            "close_modal": self._close_modal,
            "open_home": self._open_home,
            "look_at": self._look_at,
            "shortcut": self._shortcut,
            "stop": self._stop,
            "fault": self._fault,
        }
        faults = workspace.faults
        self._faults: Mapping[str, Callable[[int, float | None], None]] = {
            "redeliver": lambda times, _: faults.redeliver(times),
            "duplicate": lambda times, _: faults.duplicate(times),
            "drop_socket": lambda times, _: workspace.socket_mode.drop(),
            "answer_429": lambda times, s: faults.answer_429(
                times, retry_after_s=math.ceil(s or 1)
            ),
            "answer_5xx": lambda times, _: faults.answer_5xx(times),
            "slow": lambda times, s: faults.slow(_SLOW_S if s is None else s, times),
            "unreachable": lambda times, s: workspace.cut_off(_OUTAGE_S if s is None else s),
            "cut_after_accept": lambda times, _: faults.cut_after_accept(times),
            "clear": lambda times, _: faults.clear(),
        }

    def do(self, values: Mapping[str, JsonValue]) -> JsonObject:
        """Do one act; what cannot be done is a `SlackError`."""
        act = self._acts.get(str(values.get("act")))
        if act is None:
            raise SlackError("unknown_act")
        return act(self.person(values.get("user")), Arguments(values))

    def person(self, user: JsonValue) -> str:
        """Return somebody's id, or refuse one that is not a person's."""
        if not isinstance(user, str) or self._workspace.user(user).is_bot:
            raise SlackError("user_not_found")
        return user

    def _post(self, user: str, arguments: Arguments) -> JsonObject:
        channel, thread_ts = arguments.required("channel"), arguments.text("thread_ts") or None
        ts = self._workspace.post_as(user, channel, self._typed(arguments), thread_ts)
        return {"ts": ts}

    def _edit(self, user: str, arguments: Arguments) -> JsonObject:
        channel, ts = arguments.required("channel"), arguments.required("ts")
        self._workspace.edit_as(user, channel, ts, self._typed(arguments))
        return {}

    def _delete(self, user: str, arguments: Arguments) -> JsonObject:
        channel, ts = arguments.required("channel"), arguments.required("ts")
        self._workspace.delete_as(user, channel, ts)
        return {}

    def _command(self, user: str, arguments: Arguments) -> JsonObject:
        channel, typed = arguments.required("channel"), arguments.required("typed")
        window = arguments.text("window")
        return self._answered(self._workspace.command_as(user, channel, typed, window=window))

    def _press(self, user: str, arguments: Arguments) -> JsonObject:
        action_id, block_id = arguments.required("action_id"), arguments.text("block_id") or None
        value, place = arguments.choice("value"), arguments.required("place")
        workspace, window = self._workspace, arguments.text("window")
        if place == "message":
            channel, ts = arguments.required("channel"), arguments.required("ts")
            pressed = workspace.press_as(
                user, channel, ts, action_id, value, block_id=block_id, window=window
            )
        elif place == "home":
            pressed = workspace.press_in_home_as(
                user, action_id, value, block_id=block_id, window=window
            )
        elif place == "modal":
            entered = _form(arguments, "state")
            pressed = workspace.press_in_modal_as(
                user, action_id, value, block_id=block_id, entered=entered, window=window
            )
        else:
            raise invalid_arguments("must be message, home or modal [json-pointer:/place]")
        return self._answered(pressed)

    def _submit(self, user: str, arguments: Arguments) -> JsonObject:
        form, window = _form(arguments, "values"), arguments.text("window")
        return self._answered(self._workspace.submit_form_as(user, form, window=window))

    def _close_modal(self, user: str, arguments: Arguments) -> JsonObject:
        self._workspace.close_modal_as(user, window=arguments.text("window"))
        return {}

    def _open_home(self, user: str, arguments: Arguments) -> JsonObject:
        self._workspace.open_home_as(user, arguments.text("tab", "home"))
        return {}

    def _look_at(self, user: str, arguments: Arguments) -> JsonObject:
        self._workspace.look_at_as(user, arguments.required("channel"))
        return {}

    def _shortcut(self, user: str, arguments: Arguments) -> JsonObject:
        callback_id, channel = arguments.required("callback_id"), arguments.required("channel")
        ts, window = arguments.required("ts"), arguments.text("window")
        return self._answered(
            self._workspace.shortcut_as(user, callback_id, channel, ts, window=window)
        )

    def _stop(self, user: str, arguments: Arguments) -> JsonObject:
        channel, thread_ts = arguments.required("channel"), arguments.required("thread_ts")
        self._workspace.stop_as(user, channel, thread_ts)
        return {}

    def _fault(self, user: str, arguments: Arguments) -> JsonObject:
        name = arguments.required("name")
        switch = self._faults.get(name)
        if switch is None:
            raise SlackError("unknown_fault")
        times = arguments.number("times", ALWAYS if name == "slow" else 1)
        switch(times, arguments.seconds("seconds"))
        self._workspace.announce()
        return {}

    def _typed(self, arguments: Arguments) -> str:
        return self._workspace.composed(arguments.text("text"))

    def _answered(self, delivery: Delivery) -> JsonObject:
        timeout_s = self._workspace.options.ack_timeout_s + _SPARE_S
        self._workspace.answer_of(delivery, timeout_s)
        return {}


def _form(arguments: Arguments, name: str) -> Form:
    form: Form = {}
    for block_id, row in (arguments.object(name) or {}).items():
        if not isinstance(row, dict):
            raise invalid_arguments(f"must be an object [json-pointer:/{name}/{block_id}]")
        inputs = Arguments(row)
        form[block_id] = {action_id: inputs.choice(action_id) for action_id in row}
    return form
