"""What becomes of a modal once the app has answered its submission."""

from __future__ import annotations

from bot.workspace.errors import SlackError, explained
from bot.workspace.interactions import with_values
from bot.workspace.method import Office
from bot.workspace.methods.views import checked_view, shown_view
from bot.workspace.modals import Modal
from bot.workspace.payload import JsonObject, JsonValue


def answer_submission(office: Office, user: str, window: str, answer: JsonObject) -> None:
    """Close the modal, or do what the app asks for instead: errors, update, push, clear."""
    modal = office.state.modals.top(user, window)
    if modal is None:
        return
    action = answer.get("response_action")
    if action is None:
        if answer:
            raise explained("dispatch_failed", ("a submission is answered by a response_action",))
        office.state.modals.close_top(user, window)
    elif action == "errors":
        modal.errors = _errors(modal, answer.get("errors"))
    elif action == "update":
        view = _view(office, answer)
        office.state.modals.replace(shown_view(office, view, modal.id, modal.view))
    elif action == "push":
        office.state.modals.check_room(user, window)
        pushed = shown_view(office, _view(office, answer), under=modal.view)
        office.state.modals.push(user, pushed, window)
    elif action == "clear":
        office.state.modals.clear(user, window)
    else:
        raise explained("dispatch_failed", (f"unknown response_action: {action}",))


def _errors(modal: Modal, given: JsonValue) -> dict[str, str]:
    values = with_values(modal.view, {})["state"]
    blocks = values["values"] if isinstance(values, dict) else {}
    if not isinstance(given, dict) or not given:
        raise explained("dispatch_failed", ("errors name blocks of the view",))
    errors: dict[str, str] = {}
    for block_id, text in given.items():
        if not isinstance(blocks, dict) or block_id not in blocks or not isinstance(text, str):
            raise explained("dispatch_failed", (f"no input block: {block_id}",))
        errors[block_id] = text
    return errors


def _view(office: Office, answer: JsonObject) -> JsonObject:
    view = answer.get("view")
    if not isinstance(view, dict):
        raise explained("dispatch_failed", ("missing required field: view",))
    try:
        return checked_view(view, "modal")
    except SlackError as refused:
        raise SlackError("dispatch_failed", **refused.details) from refused
