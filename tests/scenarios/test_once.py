"""Every question gets exactly one answer, whatever Slack, the network or a restart does."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from bot.slack.answering import FAILED, MAX_TRIES
from bot.slack.records import RECORDS_FILE
from bot.workspace.workspace import Workspace
from retrieval.model import Answer, Question, Refusal
from tests.bot.slack.examples import ScriptedAnswerer, answer, asked
from tests.bot.slack.questions_at_hand import AtHand
from tests.scenarios.conftest import StartBot
from tests.scenarios.test_asking import POST, mention, replied


def ask(workspace: Workspace, text: str = "when?") -> tuple[str, str]:
    channel = workspace.channel_id("general")
    return channel, workspace.post_as(workspace.member.id, channel, mention(workspace, text))


def test_a_mention_arrives_as_two_events_and_is_answered_once(
    workspace: Workspace, start_bot: StartBot
) -> None:
    start_bot(ScriptedAnswerer())

    channel, ts = ask(workspace)

    assert len(replied(workspace, channel, ts)) == 1
    kinds = [d.payload["event"]["type"] for d in workspace.deliveries()]
    assert kinds[:2] == ["app_mention", "message"] or kinds[:2] == ["message", "app_mention"]
    assert workspace.recorder.count(POST) == 1


def test_envelopes_sent_twice_and_sent_again_are_answered_once(
    workspace: Workspace, start_bot: StartBot
) -> None:
    start_bot(ScriptedAnswerer())
    workspace.faults.duplicate(times=3)
    workspace.faults.redeliver(times=3)

    channel, ts = ask(workspace)

    assert len(replied(workspace, channel, ts)) == 1
    assert max(delivery.attempts for delivery in workspace.deliveries()) >= 2
    assert workspace.recorder.count(POST) == 1


def test_what_was_asked_while_the_bot_was_away_is_answered_when_it_is_back(
    workspace: Workspace, start_bot: StartBot
) -> None:
    start_bot(ScriptedAnswerer()).close()
    channel, ts = ask(workspace)

    start_bot(ScriptedAnswerer())

    assert len(replied(workspace, channel, ts)) == 1


def test_a_redelivery_after_a_restart_is_answered_once(
    workspace: Workspace, start_bot: StartBot
) -> None:
    first = start_bot(ScriptedAnswerer())
    channel, ts = ask(workspace)
    replied(workspace, channel, ts)
    first.close()
    second = ScriptedAnswerer()
    start_bot(second)

    for delivery in workspace.deliveries():
        workspace.courier.submit("events_api", delivery.payload)

    assert len(replied(workspace, channel, ts)) == 1
    assert second.questions == []


def test_a_question_in_work_when_the_bot_stops_is_answered_by_the_next(
    workspace: Workspace, start_bot: StartBot
) -> None:
    begun, released = threading.Event(), threading.Event()

    def hang(question: Question) -> Answer | Refusal:
        begun.set()
        released.wait(timeout=30)
        return answer()

    first = start_bot(ScriptedAnswerer(hang), grace_s=0.1)
    channel, ts = ask(workspace)
    assert begun.wait(timeout=10)
    first.close()
    assert workspace.replies(channel, ts) == []

    start_bot(ScriptedAnswerer())

    assert len(replied(workspace, channel, ts)) == 1
    released.set()


def test_a_stopping_bot_finishes_what_it_has_begun(
    workspace: Workspace, start_bot: StartBot
) -> None:
    begun = threading.Event()

    def slowly(question: Question) -> Answer | Refusal:
        begun.set()
        threading.Event().wait(0.3)
        return answer()

    bot = start_bot(ScriptedAnswerer(slowly))
    channel, ts = ask(workspace)
    assert begun.wait(timeout=10)
    bot.close()

    assert len(workspace.replies(channel, ts)) == 1


def test_a_post_whose_connection_was_cut_is_not_repeated(
    workspace: Workspace, start_bot: StartBot
) -> None:
    start_bot(ScriptedAnswerer())
    workspace.faults.cut_after_accept()

    channel, ts = ask(workspace)

    assert len(replied(workspace, channel, ts)) == 1
    assert workspace.wait_for(lambda: workspace.recorder.count("conversations.replies") == 1)
    assert workspace.recorder.count(POST) == 1


def test_a_change_whose_connection_was_cut_is_done_once_more_and_harms_nothing(
    workspace: Workspace, start_bot: StartBot
) -> None:
    start_bot(ScriptedAnswerer())
    channel, ts = ask(workspace)
    replied(workspace, channel, ts)
    workspace.faults.cut_after_accept(method="chat.update")
    workspace.faults.cut_after_accept(method="chat.delete")

    workspace.edit_as(workspace.member.id, channel, ts, mention(workspace, "where?"))
    assert workspace.wait_for(lambda: "where?" in workspace.replies(channel, ts)[0].text)
    workspace.delete_as(workspace.member.id, channel, ts)

    assert workspace.wait_for(lambda: workspace.replies(channel, ts) == [])
    assert workspace.wait_until_delivered()
    assert workspace.recorder.count(POST) == 1


def test_a_slack_that_cannot_be_reached_for_a_while_gets_everything_later(
    workspace: Workspace, start_bot: StartBot
) -> None:
    member = workspace.member.id
    start_bot(ScriptedAnswerer())
    channel, edited = ask(workspace)
    _, deleted = ask(workspace)
    replied(workspace, channel, edited)
    replied(workspace, channel, deleted)

    with workspace.unreachable():
        _, asked_then = ask(workspace, "who?")
        workspace.edit_as(member, channel, edited, mention(workspace, "where?"))
        workspace.delete_as(member, channel, deleted)

    assert len(replied(workspace, channel, asked_then)) == 1
    assert workspace.wait_for(lambda: "where?" in workspace.replies(channel, edited)[0].text)
    assert workspace.wait_for(lambda: workspace.replies(channel, deleted) == [])


def test_a_slack_that_fails_for_a_while_is_outlasted(
    workspace: Workspace, start_bot: StartBot
) -> None:
    start_bot(ScriptedAnswerer())
    workspace.faults.answer_5xx(times=4, method=POST)
    workspace.faults.answer_429(times=2, retry_after_s=0)

    channel, ts = ask(workspace)

    assert len(replied(workspace, channel, ts)) == 1


def test_dropped_and_refreshed_connections_lose_nothing(
    workspace: Workspace, start_bot: StartBot
) -> None:
    start_bot(ScriptedAnswerer())
    places = []
    for n in range(12):
        places.append(ask(workspace, f"question {n}?"))
        if n % 4 == 1:
            workspace.socket_mode.drop()
        elif n % 4 == 3:
            workspace.socket_mode.send_disconnect()

    for channel, ts in places:
        assert len(replied(workspace, channel, ts)) == 1
    assert workspace.recorder.count(POST) == len(places)


# The library forgets to close the socket of a refused connection.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_refused_address_is_replaced_by_a_new_one(
    workspace: Workspace, start_bot: StartBot
) -> None:
    workspace.faults.refuse_tickets(times=2)
    start_bot(ScriptedAnswerer())

    channel, ts = ask(workspace)

    assert len(replied(workspace, channel, ts)) == 1


def claimed_before(tmp_path: Path, channel: str, ts: str, takes: int = 0) -> None:
    """Leave a claimed question behind, as an earlier bot did that died `takes` times over it."""
    question = asked(ts, team="T0LOCAL", channel=channel)
    for n in range(takes + 1):
        at_hand = AtHand(tmp_path / RECORDS_FILE)
        at_hand.inbox.claim(question)
        at_hand.backlog.recover()
        if n:
            at_hand.take()
        at_hand.close()


def test_an_answer_that_slack_refuses_for_good_does_not_stop_the_others(
    workspace: Workspace, start_bot: StartBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    claimed_before(tmp_path, "C0GONE", "1700000001.000100")
    start_bot(ScriptedAnswerer(), workers=1)

    channel, ts = ask(workspace)

    assert len(replied(workspace, channel, ts)) == 1
    assert (
        "answer_undeliverable event_id=Ev1700000001.000100 error=channel_not_found" in caplog.text
    )


def test_a_question_that_keeps_taking_the_bot_down_gets_an_apology(
    workspace: Workspace, start_bot: StartBot, tmp_path: Path
) -> None:
    channel = workspace.channel_id("general")
    ts = workspace.post_as(workspace.member.id, channel, "deadly")
    claimed_before(tmp_path, channel, ts, takes=MAX_TRIES)
    answerer = ScriptedAnswerer()

    start_bot(answerer)

    (text,) = replied(workspace, channel, ts)
    assert FAILED in text
    assert answerer.questions == []
