"""The workspace as everybody finds it first: people, channels, a user group, the app."""

from __future__ import annotations

from typing import Final

from bot.workspace.state import App, Channel, ChannelKind, Team, User, WorkspaceState

BOT_NAME: Final = "onrecord"
ADMIN: Final = "U0ADMIN"
MEMBER: Final = "U0MEMBER"
COLLEAGUE: Final = "U0COLLEAGUE"
GUEST: Final = "U0GUEST"
ADMINS_GROUP: Final = "S0ADMINS"


def furnished_state() -> WorkspaceState:
    """Return the workspace as everybody finds it first."""
    bot = User("U0ONRECORD", BOT_NAME, is_bot=True)
    state = WorkspaceState(
        Team("T0LOCAL", "Local workspace", "local"),
        App("A0ONRECORD", "B0ONRECORD", bot),
    )
    state.add_user(User(ADMIN, "Admin", is_admin=True))
    state.add_user(User(MEMBER, "Member"))
    state.add_user(User(COLLEAGUE, "Colleague"))
    state.add_user(User(GUEST, "Guest", is_guest=True))
    team = [ADMIN, MEMBER, COLLEAGUE, bot.id]
    owners = [ADMIN, COLLEAGUE, bot.id]
    state.add_channel(Channel("C0GENERAL", "general", ChannelKind.PUBLIC, [*team]))
    state.add_channel(Channel("C0QUESTIONS", "questions", ChannelKind.PUBLIC, [*team, GUEST]))
    state.add_channel(Channel("C0OWNERS", "owners", ChannelKind.PRIVATE, owners))
    state.user_groups[ADMINS_GROUP] = [ADMIN]
    return state
