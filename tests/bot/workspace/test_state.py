"""What the workspace remembers."""

from __future__ import annotations

import pytest

from bot.workspace.errors import SlackError
from bot.workspace.state import App, Channel, ChannelKind, Message, Team, User, WorkspaceState


class Clock:
    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def state(clock: Clock) -> WorkspaceState:
    app = App("A1", "B1", User("U0BOT", "onrecord", is_bot=True))
    state = WorkspaceState(Team("T1", "Team", "team"), app, now=clock)
    state.add_user(User("U1", "Member"))
    state.add_channel(Channel("C1", "general", ChannelKind.PUBLIC, ["U1", "U0BOT"]))
    return state


def post(state: WorkspaceState, text: str, thread_ts: str | None = None) -> Message:
    return state.add_message(Message("C1", state.next_ts(), "U1", text, thread_ts=thread_ts))


def test_timestamps_grow_even_when_the_clock_stands_still_or_goes_back(
    state: WorkspaceState, clock: Clock
) -> None:
    first, second = state.next_ts(), state.next_ts()
    clock.now -= 60
    third = state.next_ts()
    assert first == "1700000000.000000"
    assert second == "1700000000.000100"
    assert first < second < third


def test_a_thread_is_its_first_message_and_the_replies_in_order(state: WorkspaceState) -> None:
    root = post(state, "root")
    post(state, "beside")
    for text in ("one", "two"):
        post(state, text, thread_ts=root.ts)
    assert [m.text for m in state.thread("C1", root.ts)] == ["root", "one", "two"]
    assert state.message("C1", root.ts).thread_ts == root.ts
    assert state.message("C1", root.ts).is_reply is False


def test_replies_outlive_the_message_they_answer(state: WorkspaceState) -> None:
    root = post(state, "root")
    reply = post(state, "reply", thread_ts=root.ts)
    state.remove_message("C1", root.ts)
    assert state.thread("C1", root.ts) == [reply]
    state.remove_message("C1", reply.ts)
    assert state.thread("C1", root.ts) == []


def test_one_direct_conversation_a_person(state: WorkspaceState) -> None:
    channel = state.direct_channel("U1")
    assert channel.kind is ChannelKind.DIRECT
    assert state.direct_channel("U1") is channel
    with pytest.raises(SlackError, match="user_not_found"):
        state.direct_channel("U9")


def test_a_status_that_nobody_refreshes_goes_away(state: WorkspaceState, clock: Clock) -> None:
    root = post(state, "question")
    state.set_status("C1", root.ts, "is searching")
    clock.now += 119
    assert state.status("C1", root.ts) == "is searching"
    clock.now += 2
    assert state.status("C1", root.ts) == ""


def test_an_empty_status_clears_it(state: WorkspaceState) -> None:
    root = post(state, "question")
    state.set_status("C1", root.ts, "is searching")
    state.set_status("C1", root.ts, "")
    assert state.status("C1", root.ts) == ""
