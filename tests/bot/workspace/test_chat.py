"""The terminal chat, with lines piped in and an app that answers over real sockets."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from rich.console import Console
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web import WebClient

from bot.workspace.chat import run_chat
from bot.workspace.workspace import Workspace
from tests.bot.workspace.listener import Listener

MEMBER = "U0MEMBER"
Chat = Callable[..., str]


class EchoBot(Listener):
    """Answers mentions, direct messages, and follow-ups in threads that it has written in."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.web = WebClient(token=workspace.bot_token, base_url=workspace.api_url)
        self.acknowledges = self._answer

    def _answer(self, request: SocketModeRequest) -> bool:
        event = request.payload["event"]
        if not {"bot_id", "subtype"} & set(event) and self._is_for_me(event):
            thread_ts = event.get("thread_ts", event["ts"])
            self.web.assistant_threads_setStatus(
                channel_id=event["channel"], thread_ts=thread_ts, status="is reading"
            )
            self.web.chat_postMessage(
                channel=event["channel"], thread_ts=thread_ts, text=f"heard: {event['text']}"
            )
        return True

    def _is_for_me(self, event: dict[str, str]) -> bool:
        if event["type"] == "app_mention" or event.get("channel_type") == "im":
            return True
        thread = self._workspace.thread(event["channel"], event.get("thread_ts", ""))
        return "<@U0ONRECORD>" not in event["text"] and any(m.bot_id for m in thread)


@pytest.fixture
def chat(workspace: Workspace) -> Iterator[Chat]:
    bot = EchoBot(workspace)
    bot.connect()

    def talk(*lines: str) -> str:
        console = Console(file=io.StringIO(), width=100)
        run_chat(workspace, console, io.StringIO("\n".join(lines)), answer_timeout_s=10)
        return console.file.getvalue()  # type: ignore[attr-defined]  # the StringIO above

    yield talk
    bot.close()


def test_a_mention_in_a_channel_is_answered(workspace: Workspace, chat: Chat) -> None:
    shown = chat("@onrecord is 1 < 2?")
    assert "heard: @onrecord is 1 < 2?" in shown
    assert "#questions, thread 1" in shown
    message = workspace.messages("C0QUESTIONS")[0]
    assert (message.user, message.text) == (MEMBER, "<@U0ONRECORD> is 1 &lt; 2?")


def test_a_thread_goes_on_without_a_mention(workspace: Workspace, chat: Chat) -> None:
    shown = chat("@onrecord first", "/thread 1", "and then?")
    assert "heard: and then?" in shown
    root = workspace.messages("C0QUESTIONS")[0]
    assert len(workspace.thread("C0QUESTIONS", root.ts)) == 4


def test_a_direct_message_needs_no_mention(workspace: Workspace, chat: Chat) -> None:
    shown = chat("/dm", "hello")
    assert "heard: hello" in shown
    assert "Member in direct messages> hello" in shown
    assert workspace.messages(workspace.direct_channel_id(MEMBER))[0].text == "hello"


def test_talk_that_asks_nobody_is_not_waited_for(chat: Chat) -> None:
    shown = chat("good morning")
    assert "Nobody was asked. Begin with @onrecord to ask." in shown
    assert "heard" not in shown


def test_one_can_be_somebody_else_somewhere_else(workspace: Workspace, chat: Chat) -> None:
    chat("/as admin", "/join #general", "@onrecord hello", "/dm", "hi", "/as member", "hi too")
    assert workspace.messages("C0GENERAL")[0].user == "U0ADMIN"
    assert workspace.messages(workspace.direct_channel_id("U0ADMIN"))[0].text == "hi"
    assert workspace.messages(workspace.direct_channel_id(MEMBER))[0].text == "hi too"


def test_direct_messages_of_others_stay_hidden(workspace: Workspace, chat: Chat) -> None:
    shown = chat("/as admin", "/dm", "a secret", "/as member", "/show")
    assert shown.count("a secret") == 2  # as typed, and in the answer that the admin got
    assert "Nobody has written here yet." in shown


def test_what_stands_in_a_channel_and_in_a_thread_is_shown(chat: Chat) -> None:
    shown = chat("@onrecord first", "just talk", "/show", "/thread 1", "/show", "/back")
    assert "1  Member  @onrecord first  1 reply" in shown
    assert "2  Member  just talk" in shown
    assert shown.count("heard: @onrecord first") == 2


@pytest.mark.parametrize(
    ("line", "reply"),
    [
        ("/dance", "There is no command /dance."),
        ("/join nowhere", "There is no such channel. There are #general, #questions."),
        ("/as nobody", "There is nobody of that name. There are Admin, Member, Colleague, Guest."),
        ("/thread 7", "/show numbers the messages"),
        ("/thread one", "/show numbers the messages"),
        ("/help", "be somebody else: Admin, Member"),
    ],
)
def test_a_wrong_command_says_what_there_is(chat: Chat, line: str, reply: str) -> None:
    assert reply in chat(line)


def test_nothing_is_read_after_quit(workspace: Workspace, chat: Chat) -> None:
    chat("/quit", "@onrecord hello")
    assert workspace.messages("C0QUESTIONS") == []


def test_bytes_that_are_not_text_are_still_a_question(workspace: Workspace) -> None:
    console = Console(file=io.StringIO(), width=100)
    typed = io.TextIOWrapper(io.BytesIO(b"caf\xe9"), encoding="utf-8")
    run_chat(workspace, console, typed)
    assert workspace.messages("C0QUESTIONS")[0].text == "caf\ufffd"


def test_an_app_that_does_not_answer_is_reported(workspace: Workspace) -> None:
    console = Console(file=io.StringIO(), width=100)
    run_chat(workspace, console, io.StringIO("@onrecord hello"), answer_timeout_s=0.2)
    assert "No answer after 0 seconds." in console.file.getvalue()  # type: ignore[attr-defined]


def test_news_from_elsewhere_is_shown_once_and_again_when_changed(
    workspace: Workspace, chat: Chat
) -> None:
    web = WebClient(token=workspace.bot_token, base_url=workspace.api_url)
    ts = web.chat_postMessage(channel="C0GENERAL", text="first words")["ts"]
    web.chat_postEphemeral(channel="C0GENERAL", user=MEMBER, text="for you")
    shown = chat("/help", "/help")
    assert shown.count("first words") == 1
    assert "only you can see this, #general" in shown
    web.chat_update(channel="C0GENERAL", ts=ts, text="second words")
    assert "second words" in chat("/help")
