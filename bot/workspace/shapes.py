"""State as the Web API and the events show it: Slack's JSON for users, channels, messages."""

from __future__ import annotations

from bot.workspace.payload import JsonObject, JsonValue
from bot.workspace.state import Channel, ChannelKind, Message, User, WorkspaceState


def message_json(
    state: WorkspaceState, message: Message, *, with_metadata: bool = True
) -> JsonObject:
    """Return a message; a thread's first message counts its replies."""
    shape: JsonObject = {
        "type": "message",
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": state.team.id,
    }
    if message.client_msg_id:
        shape["client_msg_id"] = message.client_msg_id
    if message.blocks:
        shape["blocks"] = list(message.blocks)
    if message.bot_id:
        shape |= {
            "bot_id": message.bot_id,
            "app_id": message.app_id,
            "bot_profile": bot_profile(state),
        }
    if message.edited_ts:
        shape["edited"] = {"user": message.user, "ts": message.edited_ts}
    if message.metadata and with_metadata:
        shape["metadata"] = message.metadata
    if message.is_broadcast:
        shape["subtype"] = "thread_broadcast"
    if message.reactions:
        shape["reactions"] = _reactions(message)
    return shape | _thread_fields(state, message)


def user_json(state: WorkspaceState, user: User) -> JsonObject:
    """Return a user as `users.info` does."""
    return {
        "id": user.id,
        "team_id": state.team.id,
        "name": user.name.lower(),
        "real_name": user.name,
        "deleted": False,
        "is_admin": user.is_admin,
        "is_owner": user.is_admin,
        "is_primary_owner": False,
        "is_restricted": user.is_guest,
        "is_ultra_restricted": False,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "tz": "Etc/UTC",
        "tz_offset": 0,
        "profile": {"real_name": user.name, "display_name": user.name, "team": state.team.id},
    }


def channel_json(state: WorkspaceState, channel: Channel) -> JsonObject:
    """Return a conversation as `conversations.info` does."""
    if channel.kind is ChannelKind.DIRECT:
        return {"id": channel.id, "is_im": True, "user": channel.name, "is_open": True}
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind is ChannelKind.PUBLIC,
        "is_group": channel.kind is ChannelKind.PRIVATE,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.kind is ChannelKind.PRIVATE,
        "is_archived": False,
        "is_shared": channel.is_ext_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "is_general": channel.name == "general",
        "is_member": state.app.user.id in channel.members,
        "num_members": len(channel.members),
        "context_team_id": state.team.id,
    }


def bot_profile(state: WorkspaceState) -> JsonObject:
    """Return the app's bot as its messages carry it."""
    app = state.app
    return {
        "id": app.bot_id,
        "app_id": app.id,
        "user_id": app.user.id,
        "name": app.user.name,
        "deleted": False,
        "updated": 0,
        "team_id": state.team.id,
        "icons": {},
    }


def _thread_fields(state: WorkspaceState, message: Message) -> JsonObject:
    if message.thread_ts is None:
        return {}
    if message.is_reply:
        fields: JsonObject = {"thread_ts": message.thread_ts}
        if state.has_message(message.channel, message.thread_ts):
            fields["parent_user_id"] = state.message(message.channel, message.thread_ts).user
        return fields
    replies = state.thread(message.channel, message.ts)[1:]
    users: list[JsonValue] = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "reply_users": users,
        "latest_reply": replies[-1].ts if replies else None,
        "is_locked": False,
        "subscribed": False,
    }


def _reactions(message: Message) -> list[JsonValue]:
    names = dict.fromkeys(name for name, _ in message.reactions)
    shapes: list[JsonValue] = []
    for name in names:
        users: list[JsonValue] = [user for other, user in message.reactions if other == name]
        shapes.append({"name": name, "users": users, "count": len(users)})
    return shapes
