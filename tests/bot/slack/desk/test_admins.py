from __future__ import annotations

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from bot.slack.clients import web_client
from bot.slack.desk.admins import KNOWN_FOR_S, Admins
from bot.workspace.workspace import Workspace

CALL = "users.info"


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with Workspace() as workspace:
        yield workspace


@pytest.fixture
def client(workspace: Workspace) -> WebClient:
    return web_client(workspace.api_url, workspace.bot_token)


def admins(client: WebClient, *named: str, trusts: bool = True, now: float = 0.0) -> Admins:
    return Admins(frozenset(named), client, trusts_workspace=trusts, clock=lambda: now)


def test_named_users_are_admins_and_slack_is_not_asked(
    workspace: Workspace, client: WebClient
) -> None:
    assert admins(client, "U0MEMBER").include("U0MEMBER")
    assert not workspace.recorder.count(CALL)


def test_workspace_admins_count_only_where_they_are_trusted(
    workspace: Workspace, client: WebClient
) -> None:
    assert admins(client).include(workspace.admin.id)
    assert not admins(client).include(workspace.member.id)
    assert not admins(client, trusts=False).include(workspace.admin.id)


def test_slacks_word_holds_for_a_while(workspace: Workspace, client: WebClient) -> None:
    now = [0.0]
    known = Admins(frozenset(), client, trusts_workspace=True, clock=lambda: now[0])
    assert known.include(workspace.admin.id)
    assert known.include(workspace.admin.id)
    assert workspace.recorder.count(CALL) == 1

    now[0] += KNOWN_FOR_S + 1
    assert known.include(workspace.admin.id)
    assert workspace.recorder.count(CALL) == 2


def test_when_slack_cannot_be_asked_nobody_is_an_admin(
    workspace: Workspace, client: WebClient
) -> None:
    workspace.faults.answer_5xx(method=CALL)
    unsure = admins(client)
    assert not unsure.include(workspace.admin.id)
    assert unsure.include(workspace.admin.id)


@pytest.mark.parametrize("unknown", ["", "U0NOBODY", "U0ONRECORD"])
def test_strangers_and_bots_are_no_admins(client: WebClient, unknown: str) -> None:
    assert not admins(client).include(unknown)
