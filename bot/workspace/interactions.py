"""What Slack tells an app of a press, a submission, a command or a shortcut. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.workspace.elements import Element, Value, elements
from bot.workspace.errors import SlackError
from bot.workspace.modals import Entered, Modal
from bot.workspace.payload import JsonObject, JsonValue
from bot.workspace.shapes import message_json
from bot.workspace.state import Channel, ChannelKind, Ephemeral, Message, User, WorkspaceState
from bot.workspace.vouchers import ResponseTarget, Vouchers, response_url

_TOKEN: Final = "local-workspace"
_ELSEWHERE: Final = ("action_id", "block_id")
"""What a state does not repeat, since it stands in its place."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where interactions are written: the state, and the rights that they give."""

    state: WorkspaceState
    vouchers: Vouchers
    api_url: str
    window: str = ""
    """Where somebody sits: what the app opens for them opens there."""

    def command(self, user: User, place: Channel, name: str, text: str) -> JsonObject:
        """A slash command."""
        state, target = self.state, ResponseTarget(user.id, place.id)
        return {
            "token": _TOKEN,
            "team_id": state.team.id,
            "team_domain": state.team.domain,
            "channel_id": place.id,
            "channel_name": _place_name(place),
            "user_id": user.id,
            "user_name": user.name.lower(),
            "command": name,
            "text": text,
            "api_app_id": state.app.id,
            "is_enterprise_install": "false",
            "response_url": self._response_url(target),
            "trigger_id": self.vouchers.new_trigger(user.id, self.window),
        }

    def press_in_message(self, user: User, message: Message, press: JsonObject) -> JsonObject:
        """A press in a message that everybody sees."""
        target = ResponseTarget(user.id, message.channel, message.ts, message.thread_ts)
        return {
            **self._press(user, press),
            "container": self._container(target, is_ephemeral=False),
            "channel": self._place(message.channel),
            "message": message_json(self.state, message),
            "state": _message_state(message.blocks, press),
            "response_url": self._response_url(target),
        }

    def press_in_ephemeral(self, user: User, ephemeral: Ephemeral, press: JsonObject) -> JsonObject:
        """A press in a message that one person sees; Slack does not tell what it says."""
        target = ResponseTarget(
            user.id, ephemeral.channel, ephemeral.ts, ephemeral.thread_ts, is_ephemeral=True
        )
        return {
            **self._press(user, press),
            "container": self._container(target, is_ephemeral=True),
            "channel": self._place(ephemeral.channel),
            "state": _message_state(ephemeral.blocks, press),
            "response_url": self._response_url(target),
        }

    def press_in_view(
        self, user: User, view: JsonObject, entered: Entered, press: JsonObject
    ) -> JsonObject:
        """A press in a modal or in the app's home."""
        return {
            **self._press(user, press),
            "container": {"type": "view", "view_id": view["id"]},
            "view": with_values(view, entered),
        }

    def submission(self, user: User, modal: Modal) -> JsonObject:
        """A modal that somebody submits."""
        return {
            **self._interaction("view_submission", user),
            "trigger_id": self.vouchers.new_trigger(user.id, self.window),
            "view": with_values(modal.view, modal.entered),
            "response_urls": [],
        }

    def closing(self, user: User, modal: Modal, *, is_cleared: bool) -> JsonObject:
        """A modal that somebody leaves without submitting it."""
        return {
            **self._interaction("view_closed", user),
            "view": with_values(modal.view, modal.entered),
            "is_cleared": is_cleared,
        }

    def shortcut(self, user: User, message: Message, callback_id: str) -> JsonObject:
        """An entry of a message's menu."""
        target = ResponseTarget(user.id, message.channel)
        return {
            **self._interaction("message_action", user),
            "action_ts": self.state.next_ts(),
            "callback_id": callback_id,
            "trigger_id": self.vouchers.new_trigger(user.id, self.window),
            "response_url": self._response_url(target),
            "channel": self._place(message.channel),
            "message_ts": message.ts,
            "message": message_json(self.state, message),
        }

    def _press(self, user: User, press: JsonObject) -> JsonObject:
        return {
            **self._interaction("block_actions", user),
            "trigger_id": self.vouchers.new_trigger(user.id, self.window),
            "actions": [{**press, "action_ts": self.state.next_ts()}],
        }

    def _interaction(self, kind: str, user: User) -> JsonObject:
        state, name = self.state, user.name.lower()
        return {
            "type": kind,
            "team": {"id": state.team.id, "domain": state.team.domain},
            "user": {"id": user.id, "username": name, "name": name, "team_id": state.team.id},
            "api_app_id": state.app.id,
            "token": _TOKEN,
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _container(self, target: ResponseTarget, *, is_ephemeral: bool) -> JsonObject:
        container: JsonObject = {
            "type": "message",
            "message_ts": target.message_ts,
            "channel_id": target.channel,
            "is_ephemeral": is_ephemeral,
        }
        if target.thread_ts is not None:
            container["thread_ts"] = target.thread_ts
        return container

    def _place(self, channel_id: str) -> JsonObject:
        place = self.state.channel(channel_id)
        return {"id": place.id, "name": _place_name(place)}

    def _response_url(self, target: ResponseTarget) -> str:
        return response_url(self.api_url, self.vouchers.new_response_id(target))


def with_values(view: JsonObject, entered: Entered) -> JsonObject:
    """Return a view with what stands in its inputs and menus."""
    values: dict[str, JsonValue] = {}
    for element in elements(_blocks(view)):
        if element.holds_value:
            state = entered.get((element.block_id, element.action_id)) or element.initial_state()
            row = values.setdefault(element.block_id, {})
            if isinstance(row, dict):
                row[element.action_id] = state
    return view | {"state": {"values": values}}


def enter(modal: Modal, values: Mapping[tuple[str, str], Value]) -> None:
    """Fill in elements of a modal, by block id and action id."""
    by_place = {(e.block_id, e.action_id): e for e in elements(_blocks(modal.view))}
    for place, value in values.items():
        element = by_place.get(place)
        if element is None or not element.holds_value:
            raise SlackError("action_not_found")
        modal.entered[place] = element.state(value)


def entry_problems(modal: Modal) -> dict[str, str]:
    """Say by block id what Slack itself does not let a person submit."""
    shown = with_values(modal.view, modal.entered)
    problems = {}
    for element in elements(_blocks(shown)):
        if element.is_input:
            problem = _problem(element, _state_of(shown, element))
            if problem:
                problems[element.block_id] = problem
    return problems


def _message_state(blocks: Iterable[JsonObject], press: JsonObject) -> JsonValue:
    """Return what stands in a message's menus; the workspace does not keep it between presses."""
    shown: JsonObject = {"blocks": list(blocks)}
    place = (str(press["block_id"]), str(press["action_id"]))
    pressed = {name: value for name, value in press.items() if name not in _ELSEWHERE}
    return with_values(shown, {place: pressed})["state"]


def _problem(element: Element, state: JsonObject) -> str:
    entered = next((value for name, value in state.items() if name != "type"), None)
    if not entered:
        return "" if element.block.get("optional") else "Please complete this required field."
    least, most = element.shape.get("min_length"), element.shape.get("max_length")
    if isinstance(entered, str) and isinstance(least, int) and len(entered) < least:
        return f"Please enter at least {least} characters."
    if isinstance(entered, str) and isinstance(most, int) and len(entered) > most:
        return f"Please enter at most {most} characters."
    return ""


def _state_of(view: JsonObject, element: Element) -> JsonObject:
    state = view.get("state")
    values = state.get("values") if isinstance(state, dict) else None
    row = values.get(element.block_id) if isinstance(values, dict) else None
    found = row.get(element.action_id) if isinstance(row, dict) else None
    return found if isinstance(found, dict) else {}


def _blocks(view: JsonObject) -> list[JsonValue]:
    blocks = view.get("blocks")
    return blocks if isinstance(blocks, list) else []


def _place_name(place: Channel) -> str:
    if place.kind is ChannelKind.DIRECT:
        return "directmessage"
    return "privategroup" if place.kind is ChannelKind.PRIVATE else place.name
