"""`views.*`: the app's home and its modals."""

from __future__ import annotations

import json
import secrets
from typing import Final

from bot.workspace.arguments import Arguments
from bot.workspace.block_ids import with_ids
from bot.workspace.blocks import check_view
from bot.workspace.errors import SlackError, invalid_arguments
from bot.workspace.limits import MAX_VIEW_BYTES
from bot.workspace.method import Method, Office
from bot.workspace.payload import JsonObject


def publish(office: Office, arguments: Arguments) -> JsonObject:
    """Show a home to one person."""
    if "home" not in office.manifest.tabs:
        raise SlackError("not_enabled")
    user = office.state.user(arguments.required("user_id"))
    view = _view(arguments, "home")
    before = office.state.home_views.get(user.id)
    _check_hash(arguments, before)
    shown = shown_view(office, view, str(before["id"]) if before else None)
    office.state.home_views[user.id] = shown
    return {"ok": True, "view": shown}


def open_modal(office: Office, arguments: Arguments) -> JsonObject:
    """Open a modal for the person whose act gave the trigger."""
    trigger_id, view = arguments.required("trigger_id"), _view(arguments, "modal")
    _check_external_id(office, view)
    trigger = office.vouchers.use_trigger(trigger_id)
    shown = shown_view(office, view)
    office.state.modals.open(trigger.user, shown, trigger.window)
    return {"ok": True, "view": shown}


def push(office: Office, arguments: Arguments) -> JsonObject:
    """Put a modal on top of the one whose use gave the trigger."""
    trigger_id, view = arguments.required("trigger_id"), _view(arguments, "modal")
    _check_external_id(office, view)
    trigger = office.vouchers.use_trigger(trigger_id)
    office.state.modals.check_room(trigger.user, trigger.window)
    top = office.state.modals.top(trigger.user, trigger.window)
    shown = shown_view(office, view, under=None if top is None else top.view)
    office.state.modals.push(trigger.user, shown, trigger.window)
    return {"ok": True, "view": shown}


def update(office: Office, arguments: Arguments) -> JsonObject:
    """Change an open modal."""
    before = office.state.modals.find(arguments.text("view_id"), arguments.text("external_id"))
    view = _view(arguments, "modal")
    _check_hash(arguments, before.view)
    shown = shown_view(office, view, before.id, before.view)
    office.state.modals.replace(shown)
    return {"ok": True, "view": shown}


METHODS: Final = {
    "views.publish": Method(publish, per_minute=100),
    "views.open": Method(open_modal, per_minute=100),
    "views.push": Method(push, per_minute=100),
    "views.update": Method(update, per_minute=100),
}


def checked_view(view: JsonObject, kind: str) -> JsonObject:
    """Return a view that Slack would show, or refuse it."""
    if len(json.dumps(view)) > MAX_VIEW_BYTES:
        raise SlackError("view_too_large")
    check_view(view, kind)
    return view


def shown_view(
    office: Office,
    view: JsonObject,
    view_id: str | None = None,
    before: JsonObject | None = None,
    *,
    under: JsonObject | None = None,
) -> JsonObject:
    """Return a view as Slack shows it: new, in the place of another, or on top of another."""
    view_id = view_id or f"V{secrets.token_hex(5).upper()}"
    root, previous = view_id, None
    if before is not None:
        root, previous = str(before["root_view_id"]), before["previous_view_id"]
    elif under is not None:
        root, previous = str(under["root_view_id"]), under["id"]
    blocks = view.get("blocks")
    given = [b for b in blocks if isinstance(b, dict)] if isinstance(blocks, list) else []
    return {
        "callback_id": "",
        "private_metadata": "",
        "external_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        **view,
        "blocks": list(with_ids(given)),
        "id": view_id,
        "team_id": office.state.team.id,
        "app_id": office.state.app.id,
        "app_installed_team_id": office.state.team.id,
        "bot_id": office.state.app.bot_id,
        "hash": f"{office.state.next_ts()}.{secrets.token_hex(4)}",
        "state": {"values": {}},
        "root_view_id": root,
        "previous_view_id": previous,
    }


def _view(arguments: Arguments, kind: str) -> JsonObject:
    view = arguments.object("view")
    if view is None:
        raise invalid_arguments("missing required field: view")
    return checked_view(view, kind)


def _check_external_id(office: Office, view: JsonObject) -> None:
    external_id = view.get("external_id")
    if isinstance(external_id, str) and external_id and office.state.modals.has(external_id):
        raise SlackError("duplicate_external_id")


def _check_hash(arguments: Arguments, before: JsonObject | None) -> None:
    expected = arguments.text("hash")
    if expected and before is not None and before["hash"] != expected:
        raise SlackError("hash_conflict")
