"""The workspace as everybody finds it first: an admin, a member, two channels, the app."""

from __future__ import annotations

from typing import Final

from bot.workspace.state import App, Channel, ChannelKind, Team, User, WorkspaceState

BOT_NAME: Final = "onrecord"


def furnished_state() -> WorkspaceState:
    """Return the workspace as everybody finds it first."""
    bot = User("U0ONRECORD", BOT_NAME, is_bot=True)
    state = WorkspaceState(
        Team("T0LOCAL", "Local workspace", "local"),
        App("A0ONRECORD", "B0ONRECORD", bot),
    )
    admin = state.add_user(User("U0ADMIN", "Admin", is_admin=True))
    member = state.add_user(User("U0MEMBER", "Member"))
    everybody = [admin.id, member.id, bot.id]
    state.add_channel(Channel("C0GENERAL", "general", ChannelKind.PUBLIC, list(everybody)))
    state.add_channel(Channel("C0QUESTIONS", "questions", ChannelKind.PUBLIC, list(everybody)))
    return state
