"""What people do in Slack and what they get, event in, message out."""

from __future__ import annotations

import threading

import pytest

from bot.slack.answering import FAILED, TOO_LONG
from bot.slack.desk.options import BotOptions
from bot.slack.status import SEARCHING
from bot.workspace.workspace import Workspace
from retrieval.model import Answer, Question, Refusal, Turn
from tests.bot.slack.examples import ScriptedAnswerer, answer, refusal
from tests.scenarios.conftest import StartBot

POST = "chat.postMessage"
STATUS = "assistant.threads.setStatus"


def replied(workspace: Workspace, channel: str, ts: str, times: int = 1) -> list[str]:
    """Wait for replies, and for every event to have settled; return their texts."""
    assert workspace.wait_for(lambda: len(workspace.replies(channel, ts)) >= times)
    assert workspace.wait_until_delivered()
    return [message.text for message in workspace.replies(channel, ts)]


def mention(workspace: Workspace, text: str) -> str:
    return f"{workspace.bot.mention} {text}"


class Gate(ScriptedAnswerer):
    """Answers only when let; `begun` counts the questions that it has been asked."""

    def __init__(self) -> None:
        super().__init__(self._wait)
        self.begun = threading.Semaphore(0)
        self._open = threading.Event()

    def open_gate(self) -> None:
        self._open.set()

    def _wait(self, question: Question) -> Answer | Refusal:
        self.begun.release()
        self._open.wait(timeout=30)
        return answer(f"You asked: {question.text}")


def test_a_mention_gets_one_answer_in_its_thread(workspace: Workspace, start_bot: StartBot) -> None:
    answerer = ScriptedAnswerer()
    start_bot(answerer)
    channel = workspace.channel_id("general")

    ts = workspace.post_as(workspace.member.id, channel, mention(workspace, "when &amp; where?"))

    (text,) = replied(workspace, channel, ts)
    assert "“You asked: when &amp; where?”" in text
    assert answerer.questions == [Question("when & where?")]
    (message,) = workspace.replies(channel, ts)
    assert message.blocks[0]["type"] == "markdown"
    assert message.thread_ts == ts


def test_a_direct_message_is_answered_without_a_mention(
    workspace: Workspace, start_bot: StartBot
) -> None:
    start_bot(ScriptedAnswerer())
    channel = workspace.direct_channel_id(workspace.member.id)

    ts = workspace.post_as(workspace.member.id, channel, "when?")

    assert len(replied(workspace, channel, ts)) == 1


def test_a_private_channel_is_answered_as_any(workspace: Workspace, start_bot: StartBot) -> None:
    start_bot(ScriptedAnswerer())
    channel = workspace.channel_id("owners")

    ts = workspace.post_as(workspace.admin.id, channel, mention(workspace, "when?"))

    assert len(replied(workspace, channel, ts)) == 1


def test_a_follow_up_needs_no_mention_and_knows_what_was_said(
    workspace: Workspace, start_bot: StartBot
) -> None:
    answerer = ScriptedAnswerer()
    start_bot(answerer)
    channel, member = workspace.channel_id("questions"), workspace.member.id
    ts = workspace.post_as(member, channel, mention(workspace, "first?"))
    replied(workspace, channel, ts)

    workspace.post_as(member, channel, "and then?", thread_ts=ts)

    assert len(replied(workspace, channel, ts, times=2)) == 2
    history = (Turn("user", "first?"), Turn("onrecord", "“You asked: first?” [1]"))
    assert answerer.questions[1] == Question("and then?", history)


def test_where_follow_ups_are_off_only_direct_messages_need_no_mention(
    workspace: Workspace, start_bot: StartBot
) -> None:
    answerer = ScriptedAnswerer()
    start_bot(answerer, options=BotOptions(admins=frozenset({workspace.admin.id})))
    channel, member = workspace.channel_id("questions"), workspace.member.id
    workspace.answer_of(
        workspace.command_as(workspace.admin.id, channel, "/onrecord followups off")
    )
    assert workspace.wait_for(lambda: bool(workspace.ephemerals(workspace.admin.id)))
    ts = workspace.post_as(member, channel, mention(workspace, "first?"))
    replied(workspace, channel, ts)
    workspace.post_as(member, channel, "and then?", thread_ts=ts)

    direct = workspace.direct_channel_id(member)
    root = workspace.post_as(member, direct, "direct?")
    replied(workspace, direct, root)
    workspace.post_as(member, direct, "and direct?", thread_ts=root)
    replied(workspace, direct, root, times=2)

    asked = [question.text for question in answerer.questions]
    assert asked == ["first?", "direct?", "and direct?"]


def test_the_bot_does_not_butt_in(workspace: Workspace, start_bot: StartBot) -> None:
    answerer = ScriptedAnswerer()
    start_bot(answerer)
    channel, member, admin = workspace.channel_id("general"), workspace.member, workspace.admin

    def say(user: str, text: str, thread_ts: str | None = None) -> str:
        ts = workspace.post_as(user, channel, text, thread_ts=thread_ts)
        assert workspace.wait_until_delivered()
        return ts

    say(member.id, "talk among people")
    ts = say(member.id, mention(workspace, "first?"))
    replied(workspace, channel, ts)

    say(admin.id, "I can help", ts)
    say(member.id, "thank you", ts)
    say(member.id, mention(workspace, "second?"), ts)
    replied(workspace, channel, ts, times=2)
    say(member.id, f"{admin.mention} see?", ts)
    say(member.id, "funny bot", ts)
    say(member.id, mention(workspace, "third?"), ts)

    assert len(replied(workspace, channel, ts, times=3)) == 3
    assert [question.text for question in answerer.questions] == ["first?", "second?", "third?"]
    assert workspace.recorder.count(POST) == 3


def test_messages_of_a_thread_are_heard_in_their_order(
    workspace: Workspace, start_bot: StartBot
) -> None:
    answerer = ScriptedAnswerer()
    start_bot(answerer)
    channel, member, admin = workspace.channel_id("general"), workspace.member, workspace.admin
    asked = [f"question {n}?" for n in range(12)]
    threads = [workspace.post_as(member.id, channel, mention(workspace, q)) for q in asked]
    for ts in threads:
        replied(workspace, channel, ts)

    for ts in threads:
        workspace.post_as(admin.id, channel, "I can help", thread_ts=ts)
        workspace.post_as(member.id, channel, "thank you", thread_ts=ts)
    last = workspace.post_as(member.id, channel, mention(workspace, "last?"))

    replied(workspace, channel, last)
    assert sorted(q.text for q in answerer.questions) == sorted([*asked, "last?"])


def test_a_mere_mention_gets_help(workspace: Workspace, start_bot: StartBot) -> None:
    answerer = ScriptedAnswerer()
    start_bot(answerer)
    channel = workspace.channel_id("general")

    ts = workspace.post_as(workspace.member.id, channel, workspace.bot.mention)

    (text,) = replied(workspace, channel, ts)
    assert "Ask me" in text
    assert answerer.questions == []


def test_a_refusal_is_posted_with_its_reason(workspace: Workspace, start_bot: StartBot) -> None:
    start_bot(ScriptedAnswerer(lambda question: refusal()))
    channel = workspace.channel_id("general")

    ts = workspace.post_as(workspace.member.id, channel, mention(workspace, "who?"))

    (text,) = replied(workspace, channel, ts)
    assert "The documents do not say." in text


def test_a_failure_is_told_and_logged_without_what_was_asked(
    workspace: Workspace, start_bot: StartBot, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(question: Question) -> Answer | Refusal:
        raise ValueError(f"cannot answer {question.text}")

    start_bot(ScriptedAnswerer(fail))
    channel = workspace.channel_id("general")

    ts = workspace.post_as(workspace.member.id, channel, mention(workspace, "my secret?"))

    (text,) = replied(workspace, channel, ts)
    assert FAILED in text
    assert "answer_failed event_id=Ev" in caplog.text
    assert "secret" not in caplog.text


def test_status_is_shown_while_searching_and_cleared(
    workspace: Workspace, start_bot: StartBot
) -> None:
    answerer = Gate()
    start_bot(answerer)
    channel = workspace.channel_id("general")
    ts = workspace.post_as(workspace.member.id, channel, mention(workspace, "when?"))

    assert workspace.wait_for(lambda: workspace.status(channel, ts) == SEARCHING)
    answerer.open_gate()
    replied(workspace, channel, ts)
    assert workspace.wait_for(lambda: workspace.recorder.count(STATUS) == 2)
    assert [c.arguments["status"] for c in workspace.recorder.calls(STATUS)] == [SEARCHING, ""]


def test_what_waits_is_told_how_many_are_before_it(
    workspace: Workspace, start_bot: StartBot
) -> None:
    answerer = Gate()
    start_bot(answerer, workers=1)
    channel, member = workspace.channel_id("general"), workspace.member.id
    workspace.command_as(member, channel, "/onrecord ask in private?")
    assert answerer.begun.acquire(timeout=10)
    first = workspace.post_as(member, channel, mention(workspace, "first?"))
    second = workspace.post_as(member, channel, mention(workspace, "second?"))

    waits = "is answering others first: {} before you"
    assert workspace.wait_for(lambda: workspace.status(channel, first) == waits.format(1))
    assert workspace.wait_for(lambda: workspace.status(channel, second) == waits.format(2))
    answerer.open_gate()
    for ts in (first, second):
        replied(workspace, channel, ts)
        assert workspace.wait_for(lambda ts=ts: workspace.status(channel, ts) == "")  # type: ignore[misc]
    shown = {call.arguments["thread_ts"] for call in workspace.recorder.calls(STATUS)}
    assert shown == {first, second}


def test_a_broken_status_line_does_not_touch_the_answer(
    workspace: Workspace, start_bot: StartBot
) -> None:
    workspace.faults.answer_5xx(times=100, method=STATUS)
    start_bot(ScriptedAnswerer())
    channel = workspace.channel_id("general")

    ts = workspace.post_as(workspace.member.id, channel, mention(workspace, "when?"))

    assert len(replied(workspace, channel, ts)) == 1


def test_an_answer_that_takes_too_long_is_given_up_and_said(
    workspace: Workspace, start_bot: StartBot
) -> None:
    answerer = Gate()
    start_bot(answerer, answer_timeout_s=0.2)
    channel = workspace.channel_id("general")
    ts = workspace.post_as(workspace.member.id, channel, mention(workspace, "when?"))

    (text,) = replied(workspace, channel, ts)
    assert TOO_LONG in text
    answerer.open_gate()


def test_beyond_its_queue_the_bot_says_at_once_that_it_is_busy(
    workspace: Workspace, start_bot: StartBot
) -> None:
    answerer = Gate()
    start_bot(answerer, queue=2)
    channel, member = workspace.channel_id("general"), workspace.member.id
    asked = [workspace.post_as(member, channel, mention(workspace, f"{n}?")) for n in range(5)]

    def told_busy() -> int:
        texts = [message.text for ts in asked for message in workspace.replies(channel, ts)]
        return sum("2 questions are before yours" in text for text in texts)

    assert workspace.wait_for(lambda: told_busy() == 3)
    answerer.open_gate()
    for ts in asked:
        assert len(replied(workspace, channel, ts)) == 1
    assert told_busy() == 3


def test_a_command_is_queued_like_a_question_and_answered_in_private(
    workspace: Workspace, start_bot: StartBot
) -> None:
    answerer = Gate()
    start_bot(answerer, queue=1)
    channel, member = workspace.channel_id("general"), workspace.member.id
    workspace.command_as(member, channel, "/onrecord ask when?")
    assert answerer.begun.acquire(timeout=10)
    workspace.command_as(workspace.admin.id, channel, "/onrecord ask where?")

    def said(user: str, text: str) -> bool:
        return any(text in message.text for message in workspace.ephemerals(user))

    assert workspace.wait_for(lambda: said(workspace.admin.id, "1 question is before yours"))
    answerer.open_gate()
    assert workspace.wait_for(lambda: said(member, "You asked: when?"))
    assert workspace.messages(channel) == []


def test_a_shortcut_checks_a_message_and_fills_its_modal(
    workspace: Workspace, start_bot: StartBot
) -> None:
    answerer = ScriptedAnswerer()
    start_bot(answerer)
    channel, member = workspace.channel_id("general"), workspace.member.id
    ts = workspace.post_as(workspace.admin.id, channel, "It opened in 1950.")

    workspace.shortcut_as(member, "check_message", channel, ts)

    assert workspace.wait_for(lambda: "The documents say otherwise" in str(workspace.modal(member)))
    assert answerer.checked == ["It opened in 1950."]
