"""What people do in Slack and what they get, event in, message out."""

from __future__ import annotations

import threading

import pytest

from bot.slack.status import SEARCHING
from bot.slack.worker import BUSY, FAILED, TOO_LONG
from bot.workspace.workspace import Workspace
from retrieval.model import Answer, Question, Refusal, Turn
from tests.bot.slack.examples import ScriptedAnswerer, answer, refusal
from tests.scenarios.conftest import StartBot

POST = "chat.postMessage"


def replied(workspace: Workspace, channel: str, ts: str, times: int = 1) -> list[str]:
    """Wait for replies, and for every event to have settled; return their texts."""
    assert workspace.wait_for(lambda: len(workspace.replies(channel, ts)) >= times)
    assert workspace.wait_until_delivered()
    return [message.text for message in workspace.replies(channel, ts)]


def mention(workspace: Workspace, text: str) -> str:
    return f"{workspace.bot.mention} {text}"


def test_a_mention_gets_one_answer_in_its_thread(workspace: Workspace, start_bot: StartBot) -> None:
    answerer = ScriptedAnswerer()
    start_bot(answerer)
    channel = workspace.channel_id("general")

    ts = workspace.post_as(workspace.member.id, channel, mention(workspace, "when &amp; where?"))

    (text,) = replied(workspace, channel, ts)
    assert text.startswith("“You asked: when &amp; where?” [1] Sources: [1] Bridges")
    assert answerer.questions == [Question("when & where?")]
    (message,) = workspace.replies(channel, ts)
    assert [block["type"] for block in message.blocks] == ["markdown", "context", "context"]
    assert message.thread_ts == ts


def test_a_direct_message_is_answered_without_a_mention(
    workspace: Workspace, start_bot: StartBot
) -> None:
    start_bot(ScriptedAnswerer())
    channel = workspace.direct_channel_id(workspace.member.id)

    ts = workspace.post_as(workspace.member.id, channel, "when?")

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


def test_the_bot_does_not_butt_in(workspace: Workspace, start_bot: StartBot) -> None:
    answerer = ScriptedAnswerer()
    start_bot(answerer)
    channel, member, admin = workspace.channel_id("general"), workspace.member, workspace.admin
    workspace.post_as(member.id, channel, "talk among people")
    ts = workspace.post_as(member.id, channel, mention(workspace, "first?"))
    replied(workspace, channel, ts)

    workspace.post_as(admin.id, channel, "I can help", thread_ts=ts)
    workspace.post_as(member.id, channel, "thank you", thread_ts=ts)
    workspace.post_as(member.id, channel, mention(workspace, "second?"), thread_ts=ts)
    replied(workspace, channel, ts, times=2)
    workspace.post_as(member.id, channel, f"{admin.mention} see?", thread_ts=ts)
    workspace.post_as(member.id, channel, "funny bot", thread_ts=ts)
    workspace.post_as(member.id, channel, mention(workspace, "third?"), thread_ts=ts)

    assert len(replied(workspace, channel, ts, times=3)) == 3
    assert [question.text for question in answerer.questions] == ["first?", "second?", "third?"]
    assert workspace.recorder.count(POST) == 3


def test_edits_and_deletions_are_left_alone(workspace: Workspace, start_bot: StartBot) -> None:
    start_bot(ScriptedAnswerer())
    channel, member = workspace.channel_id("general"), workspace.member.id
    ts = workspace.post_as(member, channel, mention(workspace, "first?"))
    replied(workspace, channel, ts)

    workspace.edit_as(member, channel, ts, mention(workspace, "first, edited?"))
    other = workspace.post_as(member, channel, "other")
    workspace.delete_as(member, channel, other)

    assert workspace.wait_until_delivered()
    assert len(workspace.replies(channel, ts)) == 1


def test_a_mere_mention_gets_help(workspace: Workspace, start_bot: StartBot) -> None:
    answerer = ScriptedAnswerer()
    start_bot(answerer)
    channel = workspace.channel_id("general")

    ts = workspace.post_as(workspace.member.id, channel, workspace.bot.mention)

    (text,) = replied(workspace, channel, ts)
    assert text.startswith("Ask me a question")
    assert answerer.questions == []


def test_a_refusal_is_posted_with_its_reason(workspace: Workspace, start_bot: StartBot) -> None:
    start_bot(ScriptedAnswerer(lambda question: refusal()))
    channel = workspace.channel_id("general")

    ts = workspace.post_as(workspace.member.id, channel, mention(workspace, "who?"))

    (text,) = replied(workspace, channel, ts)
    assert text.startswith("The documents do not say.")


def test_a_failure_is_told_and_logged_without_what_was_asked(
    workspace: Workspace, start_bot: StartBot, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(question: Question) -> Answer | Refusal:
        raise ValueError(f"cannot answer {question.text}")

    start_bot(ScriptedAnswerer(fail))
    channel = workspace.channel_id("general")

    ts = workspace.post_as(workspace.member.id, channel, mention(workspace, "my secret?"))

    assert replied(workspace, channel, ts) == [FAILED]
    assert "answer_failed event_id=Ev" in caplog.text
    assert "secret" not in caplog.text


def test_status_is_shown_while_searching_and_cleared(
    workspace: Workspace, start_bot: StartBot
) -> None:
    released = threading.Event()

    def wait(question: Question) -> Answer | Refusal:
        released.wait(timeout=10)
        return answer()

    start_bot(ScriptedAnswerer(wait))
    channel = workspace.channel_id("general")
    ts = workspace.post_as(workspace.member.id, channel, mention(workspace, "when?"))

    assert workspace.wait_for(lambda: workspace.status(channel, ts) == SEARCHING)
    released.set()
    replied(workspace, channel, ts)
    statuses = "assistant.threads.setStatus"
    assert workspace.wait_for(lambda: workspace.recorder.count(statuses) == 2)
    assert [c.arguments["status"] for c in workspace.recorder.calls(statuses)] == [SEARCHING, ""]


def test_a_broken_status_line_does_not_touch_the_answer(
    workspace: Workspace, start_bot: StartBot
) -> None:
    workspace.faults.answer_5xx(times=100, method="assistant.threads.setStatus")
    start_bot(ScriptedAnswerer())
    channel = workspace.channel_id("general")

    ts = workspace.post_as(workspace.member.id, channel, mention(workspace, "when?"))

    assert len(replied(workspace, channel, ts)) == 1


def test_an_answer_that_takes_too_long_is_given_up_and_said(
    workspace: Workspace, start_bot: StartBot
) -> None:
    released = threading.Event()

    def hang(question: Question) -> Answer | Refusal:
        released.wait(timeout=30)
        return answer()

    start_bot(ScriptedAnswerer(hang), answer_timeout_s=0.2)
    channel = workspace.channel_id("general")
    ts = workspace.post_as(workspace.member.id, channel, mention(workspace, "when?"))

    assert replied(workspace, channel, ts) == [TOO_LONG]
    released.set()


def test_beyond_its_queue_the_bot_says_at_once_that_it_is_busy(
    workspace: Workspace, start_bot: StartBot
) -> None:
    released = threading.Event()

    def wait(question: Question) -> Answer | Refusal:
        released.wait(timeout=10)
        return answer()

    start_bot(ScriptedAnswerer(wait), queue=2)
    channel, member = workspace.channel_id("general"), workspace.member.id
    asked = [workspace.post_as(member, channel, mention(workspace, f"{n}?")) for n in range(5)]

    def told_busy() -> int:
        texts = [message.text for ts in asked for message in workspace.replies(channel, ts)]
        return texts.count(BUSY)

    assert workspace.wait_for(lambda: told_busy() == 3)
    released.set()
    for ts in asked:
        assert len(replied(workspace, channel, ts)) == 1
    assert told_busy() == 3
