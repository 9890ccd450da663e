"""`response_url`: an app's answer to an interaction, without a token."""

from __future__ import annotations

from dataclasses import replace

from bot.workspace.arguments import Arguments
from bot.workspace.content import content
from bot.workspace.errors import SlackError
from bot.workspace.events import message_deleted, message_edited, message_posted
from bot.workspace.limits import MAX_TEXT_CHARS
from bot.workspace.method import Office
from bot.workspace.payload import JsonObject
from bot.workspace.state import Ephemeral, Message
from bot.workspace.vouchers import ResponseTarget


def respond(office: Office, response_id: str, arguments: Arguments) -> None:
    """Answer in the channel of an interaction, change its message, or delete it."""
    answer(office, office.vouchers.use_response(response_id), arguments)


def answer_command(office: Office, target: ResponseTarget, body: JsonObject) -> None:
    """Show what an app has sent along with the acknowledgement of a command, if anything."""
    if any(name in body for name in ("text", "blocks", "markdown_text")):
        answer(office, target, Arguments(body))


def answer(office: Office, target: ResponseTarget, arguments: Arguments) -> None:
    """Do what an answer asks for."""
    if target.message_ts is not None and arguments.flag("delete_original"):
        _delete(office, target, target.message_ts)
    elif target.message_ts is not None and arguments.flag("replace_original"):
        _replace(office, target, target.message_ts, arguments)
    elif arguments.text("response_type") == "in_channel":
        _post(office, target, arguments)
    elif arguments.text("response_type") in ("", "ephemeral"):
        _whisper(office, target, arguments)
    else:
        raise SlackError("invalid_response_type")


def _delete(office: Office, target: ResponseTarget, ts: str) -> None:
    if target.is_ephemeral:
        office.state.replace_ephemeral(_ephemeral(office, target, ts), None)
        return
    message = office.state.remove_message(target.channel, ts)
    office.publish(message_deleted(office.state, message))


def _replace(office: Office, target: ResponseTarget, ts: str, arguments: Arguments) -> None:
    text, blocks = content(arguments)
    if target.is_ephemeral:
        shown = _ephemeral(office, target, ts)
        office.state.replace_ephemeral(shown, replace(shown, text=text, blocks=blocks))
        return
    before = office.state.message(target.channel, ts)
    after = office.state.replace_message(replace(before, text=text, blocks=blocks))
    office.publish(message_edited(office.state, before, after))


def _ephemeral(office: Office, target: ResponseTarget, ts: str) -> Ephemeral:
    shown = office.state.ephemeral(target.user, target.channel, ts)
    if shown is None:
        raise SlackError("message_not_found")
    return shown


def _post(office: Office, target: ResponseTarget, arguments: Arguments) -> None:
    text, blocks = content(arguments)
    app = office.state.app
    message = Message(
        channel=target.channel,
        ts=office.state.next_ts(),
        user=app.user.id,
        text=text[:MAX_TEXT_CHARS],
        blocks=blocks,
        thread_ts=_thread(office, target, arguments),
        bot_id=app.bot_id,
        app_id=app.id,
    )
    office.state.add_message(message)
    office.publish(message_posted(office.state, message))


def _whisper(office: Office, target: ResponseTarget, arguments: Arguments) -> None:
    text, blocks = content(arguments)
    ephemeral = Ephemeral(
        channel=target.channel,
        user=target.user,
        ts=office.state.next_ts(),
        text=text[:MAX_TEXT_CHARS],
        blocks=blocks,
        thread_ts=_thread(office, target, arguments),
    )
    office.state.add_ephemeral(ephemeral)


def _thread(office: Office, target: ResponseTarget, arguments: Arguments) -> str | None:
    thread_ts = arguments.text("thread_ts") or None
    if thread_ts is None:
        return None
    conversation = office.state.thread(target.channel, thread_ts)
    if not conversation:
        raise SlackError("thread_not_found")
    return conversation[0].root_ts
