"""What people take back, edit and stop: what stands under a question is what they want last."""

from __future__ import annotations

import pytest

from bot.slack.answering import STOPPED, UPDATED
from bot.workspace import people
from bot.workspace.events import Event, session_stopped
from bot.workspace.workspace import Workspace
from retrieval.model import Answer, Question
from tests.bot.slack.examples import ScriptedAnswerer, answer
from tests.scenarios.conftest import StartBot
from tests.scenarios.test_asking import POST, Gate, mention, replied

UPDATE, DELETE = "chat.update", "chat.delete"


def ask(workspace: Workspace, text: str = "when?") -> tuple[str, str]:
    channel = workspace.channel_id("general")
    return channel, workspace.post_as(workspace.member.id, channel, mention(workspace, text))


def says(workspace: Workspace, channel: str, ts: str, text: str) -> bool:
    """Wait until one reply stands there and says this, and all events have settled."""

    def stands() -> bool:
        replies = workspace.replies(channel, ts)
        return len(replies) == 1 and text in replies[0].text

    return workspace.wait_for(stands) and workspace.wait_until_delivered() and stands()


def is_silent(workspace: Workspace, channel: str, ts: str) -> bool:
    return workspace.wait_for(lambda: workspace.replies(channel, ts) == [])


class Backstage:
    """Does things in the workspace whose events are delivered when told, in any order."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._member = workspace.member.id
        self.channel = workspace.channel_id("general")
        self.ts = ""
        self.asked: list[Event] = []
        self.edited: list[Event] = []
        self.deleted: list[Event] = []

    def ask(self, text: str) -> None:
        typed = mention(self._workspace, text)
        message, self.asked = people.post(
            self._workspace._state, self._member, self.channel, typed, None
        )
        self.ts = message.ts

    def edit(self, text: str) -> None:
        typed = mention(self._workspace, text)
        place = (self._member, self.channel, self.ts)
        self.edited = people.edit(self._workspace._state, *place, typed)

    def delete(self) -> None:
        place = (self._member, self.channel, self.ts)
        self.deleted = people.delete(self._workspace._state, *place)

    def deliver(self, *events: list[Event]) -> None:
        for some in events:
            self._workspace._publish(some)
            assert self._workspace.wait_until_delivered()


def answered(workspace: Workspace) -> tuple[str, str]:
    """Ask, and wait for the answer."""
    channel, ts = ask(workspace)
    replied(workspace, channel, ts)
    return channel, ts


def test_an_edited_question_has_its_answer_changed_in_its_place(
    workspace: Workspace, start_bot: StartBot
) -> None:
    start_bot(ScriptedAnswerer())
    channel, ts = answered(workspace)
    (before,) = workspace.replies(channel, ts)

    workspace.edit_as(workspace.member.id, channel, ts, mention(workspace, "where?"))

    assert says(workspace, channel, ts, "You asked: where?")
    (after,) = workspace.replies(channel, ts)
    assert after.ts == before.ts
    assert UPDATED in after.text
    assert (workspace.recorder.count(POST), workspace.recorder.count(UPDATE)) == (1, 1)


def test_an_edit_in_a_direct_message_counts_too(workspace: Workspace, start_bot: StartBot) -> None:
    start_bot(ScriptedAnswerer())
    channel, member = workspace.direct_channel_id(workspace.member.id), workspace.member.id
    ts = workspace.post_as(member, channel, "when?")
    replied(workspace, channel, ts)

    workspace.edit_as(member, channel, ts, "where?")

    assert says(workspace, channel, ts, "You asked: where?")


def test_follow_ups_build_on_the_question_as_it_reads_now(
    workspace: Workspace, start_bot: StartBot
) -> None:
    answerer = ScriptedAnswerer()
    start_bot(answerer)
    channel, ts = answered(workspace)
    workspace.edit_as(workspace.member.id, channel, ts, mention(workspace, "where?"))
    assert says(workspace, channel, ts, "You asked: where?")

    workspace.post_as(workspace.member.id, channel, "and then?", thread_ts=ts)

    replied(workspace, channel, ts, times=2)
    assert [turn.text for turn in answerer.questions[-1].history] == [
        "where?",
        "“You asked: where?” [1]",
    ]


def test_an_edit_that_does_not_change_the_words_does_nothing(
    workspace: Workspace, start_bot: StartBot
) -> None:
    answerer = ScriptedAnswerer()
    start_bot(answerer)
    channel, ts = answered(workspace)

    workspace.edit_as(workspace.member.id, channel, ts, mention(workspace, "  when?"))

    assert workspace.wait_until_delivered()
    assert says(workspace, channel, ts, "You asked: when?")
    assert len(answerer.questions) == 1
    assert workspace.recorder.count(UPDATE) == 0


def test_an_edit_that_adds_a_mention_is_a_new_question(
    workspace: Workspace, start_bot: StartBot
) -> None:
    start_bot(ScriptedAnswerer())
    channel, member = workspace.channel_id("general"), workspace.member.id
    ts = workspace.post_as(member, channel, "when?")
    assert workspace.wait_until_delivered()

    workspace.edit_as(member, channel, ts, mention(workspace, "when?"))

    assert says(workspace, channel, ts, "You asked: when?")


def test_an_edit_to_a_mere_mention_gets_help(workspace: Workspace, start_bot: StartBot) -> None:
    start_bot(ScriptedAnswerer())
    channel, ts = answered(workspace)

    workspace.edit_as(workspace.member.id, channel, ts, workspace.bot.mention)

    assert says(workspace, channel, ts, "Ask me")


def test_edits_sent_twice_and_sent_again_change_the_answer_once(
    workspace: Workspace, start_bot: StartBot
) -> None:
    answerer = ScriptedAnswerer()
    start_bot(answerer)
    channel, ts = answered(workspace)
    workspace.faults.duplicate(times=2)
    workspace.faults.redeliver(times=2)

    workspace.edit_as(workspace.member.id, channel, ts, mention(workspace, "where?"))

    assert says(workspace, channel, ts, "You asked: where?")
    for delivery in workspace.deliveries():
        workspace.courier.submit("events_api", delivery.payload)
    assert says(workspace, channel, ts, "You asked: where?")
    assert len(answerer.questions) == 2
    assert workspace.recorder.count(UPDATE) == 1


def test_only_the_last_of_many_edits_while_answering_is_answered(
    workspace: Workspace, start_bot: StartBot
) -> None:
    answerer = Gate()
    start_bot(answerer)
    channel, ts = ask(workspace)
    assert answerer.begun.acquire(timeout=10)
    for text in ("who?", "why?", "where?"):
        workspace.edit_as(workspace.member.id, channel, ts, mention(workspace, text))
    assert workspace.wait_until_delivered()

    answerer.open_gate()

    assert says(workspace, channel, ts, "You asked: where?")
    assert [question.text for question in answerer.questions] == ["when?", "where?"]
    assert (workspace.recorder.count(POST), workspace.recorder.count(UPDATE)) == (1, 0)


def test_an_edit_that_arrives_before_its_message_is_what_is_answered(
    workspace: Workspace, start_bot: StartBot
) -> None:
    answerer = ScriptedAnswerer()
    start_bot(answerer)
    backstage = Backstage(workspace)
    backstage.ask("when?")
    backstage.edit("where?")

    backstage.deliver(backstage.edited, backstage.asked)

    assert says(workspace, backstage.channel, backstage.ts, "You asked: where?")
    assert [question.text for question in answerer.questions] == ["where?"]


def test_a_deleted_question_takes_its_answer_along(
    workspace: Workspace, start_bot: StartBot
) -> None:
    start_bot(ScriptedAnswerer())
    channel, ts = answered(workspace)

    workspace.delete_as(workspace.member.id, channel, ts)

    assert is_silent(workspace, channel, ts)
    assert workspace.recorder.count(DELETE) == 1


def test_a_question_that_leaves_a_stone_takes_its_answer_along(
    workspace: Workspace, start_bot: StartBot
) -> None:
    start_bot(ScriptedAnswerer())
    channel, ts = answered(workspace)
    asked = next(d.payload for d in workspace.deliveries() if d.kind == "events_api")
    was = dict(asked["event"])  # type: ignore[arg-type, call-overload]  # JSON
    stone = {
        **was,
        "subtype": "tombstone",
        "user": "USLACKBOT",
        "text": "This message was deleted.",
    }
    change = {"subtype": "message_changed", "message": stone, "previous_message": was}
    place = {
        "type": "message",
        "channel": channel,
        "channel_type": "channel",
        "ts": ts,
        "hidden": True,
    }
    body = {**asked, "event_id": "EvStone", "event": {**place, **change, "event_ts": ts}}

    workspace.courier.submit("events_api", body)  # type: ignore[arg-type]  # JSON

    assert is_silent(workspace, channel, ts)


def test_a_question_deleted_while_it_is_answered_is_not_answered(
    workspace: Workspace, start_bot: StartBot
) -> None:
    answerer = Gate()
    start_bot(answerer, workers=1)
    channel, ts = ask(workspace)
    assert answerer.begun.acquire(timeout=10)

    workspace.delete_as(workspace.member.id, channel, ts)

    # Its worker is free at once, although the answer to it is still being looked for.
    _, other = ask(workspace, "where?")
    assert answerer.begun.acquire(timeout=10)
    answerer.open_gate()
    assert says(workspace, channel, other, "You asked: where?")
    assert workspace.replies(channel, ts) == []
    assert workspace.recorder.count(POST) == 1


def test_a_question_deleted_while_it_waits_is_not_answered(
    workspace: Workspace, start_bot: StartBot
) -> None:
    answerer = Gate()
    start_bot(answerer, workers=1)
    channel, first = ask(workspace)
    assert answerer.begun.acquire(timeout=10)
    _, ts = ask(workspace, "where?")
    workspace.delete_as(workspace.member.id, channel, ts)
    assert workspace.wait_until_delivered()

    answerer.open_gate()

    assert says(workspace, channel, first, "You asked: when?")
    assert workspace.replies(channel, ts) == []
    assert len(answerer.questions) == 1


def test_a_deletion_that_arrives_before_its_message_counts(
    workspace: Workspace, start_bot: StartBot
) -> None:
    answerer = ScriptedAnswerer()
    start_bot(answerer)
    backstage = Backstage(workspace)
    backstage.ask("when?")
    backstage.edit("where?")
    backstage.delete()

    backstage.deliver(backstage.deleted, backstage.edited, backstage.asked)

    channel, other = ask(workspace, "who?")
    assert says(workspace, channel, other, "You asked: who?")
    assert workspace.replies(backstage.channel, backstage.ts) == []
    assert len(answerer.questions) == 1


def test_stopping_ends_the_wait_for_an_answer_at_once(
    workspace: Workspace, start_bot: StartBot
) -> None:
    answerer = Gate()
    start_bot(answerer)
    channel, ts = ask(workspace)
    assert answerer.begun.acquire(timeout=10)

    workspace.stop_as(workspace.member.id, channel, ts)

    assert says(workspace, channel, ts, STOPPED)
    assert workspace.wait_for(lambda: workspace.status(channel, ts) == "")
    answerer.open_gate()
    assert says(workspace, channel, ts, STOPPED)


def test_stopping_ends_what_waits_in_the_thread_and_nothing_else(
    workspace: Workspace, start_bot: StartBot
) -> None:
    answerer = Gate()
    start_bot(answerer, workers=1)
    channel, busy = ask(workspace)
    assert answerer.begun.acquire(timeout=10)
    _, ts = ask(workspace, "where?")
    assert workspace.wait_until_delivered()

    workspace.stop_as(workspace.member.id, channel, ts)

    assert says(workspace, channel, ts, STOPPED)
    answerer.open_gate()
    assert says(workspace, channel, busy, "You asked: when?")
    assert [question.text for question in answerer.questions] == ["when?"]


def test_a_stopped_question_can_be_asked_again_by_an_edit(
    workspace: Workspace, start_bot: StartBot
) -> None:
    answerer = Gate()
    start_bot(answerer)
    channel, ts = ask(workspace)
    assert answerer.begun.acquire(timeout=10)
    stop = session_stopped(workspace._state, workspace.member.id, channel, ts)
    workspace._publish(stop)
    assert says(workspace, channel, ts, STOPPED)
    answerer.open_gate()

    workspace.edit_as(workspace.member.id, channel, ts, mention(workspace, "where?"))
    assert says(workspace, channel, ts, "You asked: where?")

    workspace._publish(stop)  # once more, late
    assert workspace.wait_until_delivered()
    assert says(workspace, channel, ts, "You asked: where?")


def test_a_stop_where_nothing_is_asked_says_nothing(
    workspace: Workspace, start_bot: StartBot
) -> None:
    start_bot(ScriptedAnswerer())
    channel, ts = answered(workspace)

    workspace.stop_as(workspace.member.id, channel, ts)

    assert says(workspace, channel, ts, "You asked: when?")


@pytest.mark.parametrize("restarts", ["before the change", "after the change", "both"])
def test_a_restart_in_between_changes_nothing(
    workspace: Workspace, start_bot: StartBot, restarts: str
) -> None:
    member = workspace.member.id
    bot = start_bot(ScriptedAnswerer())
    channel, edited = ask(workspace)
    _, deleted = ask(workspace)
    replied(workspace, channel, edited)
    replied(workspace, channel, deleted)
    if restarts != "after the change":
        bot.close()
        bot = start_bot(ScriptedAnswerer())

    workspace.edit_as(member, channel, edited, mention(workspace, "where?"))
    workspace.delete_as(member, channel, deleted)
    if restarts != "before the change":
        bot.close()
        bot = start_bot(ScriptedAnswerer())

    assert says(workspace, channel, edited, "You asked: where?")
    assert is_silent(workspace, channel, deleted)


def test_what_changes_while_the_bot_is_away_is_done_when_it_is_back(
    workspace: Workspace, start_bot: StartBot
) -> None:
    member = workspace.member.id
    answerer = Gate()
    bot = start_bot(answerer, grace_s=0.1)
    channel, edited = ask(workspace)
    _, deleted = ask(workspace)
    _, stopped = ask(workspace, "stop?")
    for _ in range(2):
        assert answerer.begun.acquire(timeout=10)
    assert workspace.wait_until_delivered()
    bot.close()
    workspace.edit_as(member, channel, edited, mention(workspace, "where?"))
    workspace.delete_as(member, channel, deleted)
    workspace.stop_as(member, channel, stopped)

    def slowly(question: Question) -> Answer:
        assert workspace.wait_until_delivered()
        return answer(f"You asked: {question.text}")

    start_bot(ScriptedAnswerer(slowly))

    assert says(workspace, channel, edited, "You asked: where?")
    assert is_silent(workspace, channel, deleted)
    # What is asked first may be answered before the stop has come; never both.
    assert workspace.wait_for(lambda: len(workspace.replies(channel, stopped)) == 1)
    answerer.open_gate()
