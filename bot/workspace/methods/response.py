"""`response_url`: an app's answer to an interaction, without a token."""

from __future__ import annotations

from dataclasses import replace

from bot.workspace.arguments import Arguments
from bot.workspace.content import content
from bot.workspace.events import message_deleted, message_edited, message_posted
from bot.workspace.limits import MAX_TEXT_CHARS
from bot.workspace.method import Office
from bot.workspace.state import Ephemeral, Message
from bot.workspace.vouchers import ResponseAddress


def respond(office: Office, response_id: str, arguments: Arguments) -> None:
    """Answer in the channel of an interaction, change its message, or delete it."""
    address = office.vouchers.use_response(response_id)
    if address.message_ts is not None and arguments.flag("delete_original"):
        message = office.state.remove_message(address.channel, address.message_ts)
        office.publish(message_deleted(office.state, message))
    elif address.message_ts is not None and arguments.flag("replace_original"):
        _replace(office, address.channel, address.message_ts, arguments)
    elif arguments.text("response_type") == "in_channel":
        _post(office, address.channel, arguments)
    else:
        _whisper(office, address, arguments)


def _replace(office: Office, channel: str, ts: str, arguments: Arguments) -> None:
    text, blocks = content(arguments)
    before = office.state.message(channel, ts)
    after = office.state.replace_message(replace(before, text=text, blocks=blocks))
    office.publish(message_edited(office.state, before, after))


def _post(office: Office, channel: str, arguments: Arguments) -> None:
    text, blocks = content(arguments)
    app = office.state.app
    message = Message(
        channel=channel,
        ts=office.state.next_ts(),
        user=app.user.id,
        text=text[:MAX_TEXT_CHARS],
        blocks=blocks,
        thread_ts=arguments.text("thread_ts") or None,
        bot_id=app.bot_id,
        app_id=app.id,
    )
    office.state.add_message(message)
    office.publish(message_posted(office.state, message))


def _whisper(office: Office, address: ResponseAddress, arguments: Arguments) -> None:
    text, blocks = content(arguments)
    ephemeral = Ephemeral(
        channel=address.channel,
        user=address.user,
        ts=office.state.next_ts(),
        text=text[:MAX_TEXT_CHARS],
        blocks=blocks,
        thread_ts=arguments.text("thread_ts") or None,
    )
    office.state.ephemerals.append(ephemeral)
