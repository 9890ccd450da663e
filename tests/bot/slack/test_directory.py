"""What Slack says of people and channels, asked over its Web API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.slack.clients import web_client
from bot.slack.directory import ROSTER_KNOWN_FOR_S, SlackDirectory, UnknownError
from bot.workspace.workspace import Workspace, WorkspaceOptions


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with Workspace() as workspace:
        yield workspace


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def directory(workspace: Workspace, clock: Clock) -> SlackDirectory:
    client = web_client(workspace.api_url, workspace.bot_token)
    return SlackDirectory(client, workspace.team.id, clock=clock)


def test_members_and_guests_and_people_from_elsewhere(
    workspace: Workspace, directory: SlackDirectory
) -> None:
    assert not directory.is_guest(workspace.member.id)
    assert directory.is_guest(workspace.guest.id)
    client = web_client(workspace.api_url, workspace.bot_token)
    assert SlackDirectory(client, "T0ELSEWHERE").is_guest(workspace.member.id)


def test_groups_are_those_of_now(
    workspace: Workspace, directory: SlackDirectory, clock: Clock
) -> None:
    workspace.user_groups["S0HR"] = [workspace.member.id]
    assert directory.groups_of(workspace.member.id) == {"S0HR"}
    workspace.user_groups["S0HR"].clear()
    assert directory.groups_of(workspace.member.id) == {"S0HR"}  # for three seconds
    clock.now = 3.5
    assert directory.groups_of(workspace.member.id) == frozenset()
    assert len(workspace.recorder.calls("usergroups.list")) == 2


def test_a_channel_is_shared_and_has_guests_as_soon_as_they_are_in_it(
    workspace: Workspace, directory: SlackDirectory, clock: Clock
) -> None:
    channel = workspace.channel_id("general")
    assert not directory.is_shared(channel)
    assert not directory.has_guests(channel)
    workspace.channel(channel).members.append(workspace.guest.id)
    workspace.channel(channel).is_ext_shared = True
    clock.now = 4.0
    assert directory.has_guests(channel)
    assert directory.is_shared(channel)
    assert directory.has_guests(workspace.channel_id("questions"))


def test_the_list_of_full_members_is_read_rarely(
    workspace: Workspace, directory: SlackDirectory, clock: Clock
) -> None:
    for _ in range(3):
        assert not directory.has_guests(workspace.channel_id("general"))
        clock.now += ROSTER_KNOWN_FOR_S / 2.5
    assert len(workspace.recorder.calls("users.list")) == 1
    assert len(workspace.recorder.calls("conversations.members")) == 3


def test_what_slack_refuses_is_unknown_and_asked_again(
    workspace: Workspace, directory: SlackDirectory
) -> None:
    workspace.faults.answer_429(retry_after_s=30, method="conversations.members")
    with pytest.raises(UnknownError, match="ratelimited"):
        directory.has_guests(workspace.channel_id("general"))
    assert not directory.has_guests(workspace.channel_id("general"))
    with pytest.raises(UnknownError, match="user_not_found"):
        directory.is_guest("U0NOBODY")
    with pytest.raises(UnknownError, match="channel_not_found"):
        directory.is_shared("C0NOWHERE")


def test_a_crowd_is_looked_up_in_the_list_of_all(
    workspace: Workspace, directory: SlackDirectory, clock: Clock
) -> None:
    workspace.faults.answer_429(times=10, retry_after_s=30, method="users.info")
    everybody = (workspace.member, workspace.colleague, workspace.guest)
    assert [directory.is_guest(person.id) for person in everybody] == [False, False, True]
    assert len(workspace.recorder.calls("users.list")) == 1
    clock.now = 3.5
    assert directory.is_guest("U0NOBODY")
    assert len(workspace.recorder.calls("users.list")) == 2  # as fresh as any other word on rights

    workspace.faults.answer_429(retry_after_s=30, method="users.list")
    clock.now = 7.0
    with pytest.raises(UnknownError, match="ratelimited"):
        directory.is_guest(workspace.colleague.id)


def test_many_channels_are_looked_up_in_the_list_of_the_bots_own(
    workspace: Workspace, directory: SlackDirectory, clock: Clock
) -> None:
    workspace.faults.answer_429(times=10, retry_after_s=30, method="conversations.info")
    general, questions, owners = map(workspace.channel_id, ("general", "questions", "owners"))
    workspace.channel(questions).is_ext_shared = True
    assert [directory.is_shared(place) for place in (general, questions, owners)] == [
        *(False, True, False)
    ]
    assert len(workspace.recorder.calls("users.conversations")) == 1
    workspace.channel(general).is_ext_shared = True
    workspace.channel(owners).members.remove(workspace.bot.id)
    clock.now = 3.5
    assert directory.is_shared(general)
    with pytest.raises(UnknownError, match="ratelimited"):
        directory.is_shared(owners)


def test_a_missing_scope_is_unknown() -> None:
    every = WorkspaceOptions().manifest.scopes
    with Workspace(replace(WorkspaceOptions(), scopes=every - {"usergroups:read"})) as workspace:
        client = web_client(workspace.api_url, workspace.bot_token)
        with pytest.raises(UnknownError, match="missing_scope"):
            SlackDirectory(client, workspace.team.id).groups_of(workspace.member.id)
