"""`views.*`: the app's home and its modals."""

from __future__ import annotations

import json
from typing import Final

from bot.workspace.arguments import Arguments
from bot.workspace.blocks import check_view
from bot.workspace.errors import SlackError, invalid_arguments
from bot.workspace.limits import MAX_VIEW_BYTES
from bot.workspace.method import Method, Office
from bot.workspace.payload import JsonObject


def publish(office: Office, arguments: Arguments) -> JsonObject:
    """Show a home to one person."""
    user = office.state.user(arguments.required("user_id"))
    view = _view(arguments, "home")
    before = office.state.home_views.get(user.id)
    _check_hash(arguments, before)
    view_id = before["id"] if before else f"V{len(office.state.home_views) + 1}HOME"
    shown = _shown(office, view, str(view_id))
    office.state.home_views[user.id] = shown
    return {"ok": True, "view": shown}


def open_modal(office: Office, arguments: Arguments) -> JsonObject:
    """Open a modal for the person whose act gave the trigger."""
    trigger_id = arguments.required("trigger_id")
    view = _view(arguments, "modal")
    user = office.vouchers.use_trigger(trigger_id)
    shown = _shown(office, view, f"V{len(office.state.modals) + 1}MODAL")
    office.state.modals[str(shown["id"])] = shown
    office.state.open_modal[user] = str(shown["id"])
    return {"ok": True, "view": shown}


def update(office: Office, arguments: Arguments) -> JsonObject:
    """Change an open modal."""
    before = _find(office, arguments)
    view = _view(arguments, "modal")
    _check_hash(arguments, before)
    shown = _shown(office, view, str(before["id"]))
    office.state.modals[str(before["id"])] = shown
    return {"ok": True, "view": shown}


METHODS: Final = {
    "views.publish": Method(publish, per_minute=100),
    "views.open": Method(open_modal, per_minute=100),
    "views.update": Method(update, per_minute=100),
}


def _view(arguments: Arguments, kind: str) -> JsonObject:
    view = arguments.object("view")
    if view is None:
        raise invalid_arguments("missing required field: view")
    if len(json.dumps(view)) > MAX_VIEW_BYTES:
        raise SlackError("view_too_large")
    check_view(view, kind)
    return view


def _shown(office: Office, view: JsonObject, view_id: str) -> JsonObject:
    return {
        "callback_id": "",
        "private_metadata": "",
        **view,
        "id": view_id,
        "team_id": office.state.team.id,
        "app_id": office.state.app.id,
        "bot_id": office.state.app.bot_id,
        "hash": office.state.next_ts(),
        "state": {"values": {}},
        "root_view_id": view_id,
        "previous_view_id": None,
    }


def _find(office: Office, arguments: Arguments) -> JsonObject:
    view_id, external_id = arguments.text("view_id"), arguments.text("external_id")
    for view in office.state.modals.values():
        if view["id"] == view_id or (external_id and view.get("external_id") == external_id):
            return view
    raise SlackError("not_found")


def _check_hash(arguments: Arguments, before: JsonObject | None) -> None:
    expected = arguments.text("hash")
    if expected and before is not None and before["hash"] != expected:
        raise SlackError("hash_conflict")
