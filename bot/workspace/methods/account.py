"""`auth.*`, `apps.*`, `bots.*`, `users.*`, `usergroups.*`: who the app is, who the people are."""

from __future__ import annotations

from typing import Final

from bot.workspace.arguments import Arguments
from bot.workspace.errors import SlackError
from bot.workspace.method import Method, Office, TokenKind
from bot.workspace.payload import JsonObject, JsonValue
from bot.workspace.shapes import bot_profile, user_json


def auth_test(office: Office, arguments: Arguments) -> JsonObject:
    """Say whom the token belongs to."""
    state = office.state
    return {
        "ok": True,
        "url": office.origin,
        "team": state.team.name,
        "team_id": state.team.id,
        "user": state.app.user.name,
        "user_id": state.app.user.id,
        "bot_id": state.app.bot_id,
        "is_enterprise_install": False,
    }


def connections_open(office: Office, arguments: Arguments) -> JsonObject:
    """Return an address for one Socket Mode connection."""
    if not office.manifest.uses_sockets:
        raise SlackError("socket_mode_not_enabled")
    return {"ok": True, "url": office.open_socket_url()}


def bots_info(office: Office, arguments: Arguments) -> JsonObject:
    """Describe the app's bot."""
    if arguments.text("bot", office.state.app.bot_id) != office.state.app.bot_id:
        raise SlackError("bot_not_found")
    return {"ok": True, "bot": bot_profile(office.state)}


def users_info(office: Office, arguments: Arguments) -> JsonObject:
    """Describe a person."""
    user = office.state.user(arguments.required("user"))
    return {"ok": True, "user": user_json(office.state, user)}


def users_list(office: Office, arguments: Arguments) -> JsonObject:
    """Describe everybody, on one page."""
    users = [user_json(office.state, user) for user in office.state.users.values()]
    return {"ok": True, "members": [*users], "response_metadata": {"next_cursor": ""}}


def groups_list(office: Office, arguments: Arguments) -> JsonObject:
    """Describe the groups of people, with who is in them if that is asked for."""
    groups: list[JsonValue] = []
    for group, users in office.state.user_groups.items():
        shape: JsonObject = {"id": group, "is_usergroup": True, "user_count": len(users)}
        groups.append(shape | ({"users": [*users]} if arguments.flag("include_users") else {}))
    return {"ok": True, "usergroups": groups}


def members_of_group(office: Office, arguments: Arguments) -> JsonObject:
    """Say who is in a group of people."""
    users = office.state.user_groups.get(arguments.required("usergroup"))
    if users is None:
        raise SlackError("no_such_subteam")
    return {"ok": True, "users": [*users]}


METHODS: Final = {
    "auth.test": Method(auth_test, per_minute=600),
    "apps.connections.open": Method(connections_open, token=TokenKind.APP, per_minute=50),
    "bots.info": Method(bots_info, ("users:read",), per_minute=50),
    "users.info": Method(users_info, ("users:read",), per_minute=100),
    "users.list": Method(users_list, ("users:read",), per_minute=20),
    "usergroups.list": Method(groups_list, ("usergroups:read",), per_minute=20),
    "usergroups.users.list": Method(members_of_group, ("usergroups:read",), per_minute=20),
}
