from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.audiences import Audience, Collections
from bot.slack.checkup_audiences import check_audiences
from bot.slack.clients import web_client
from bot.workspace.workspace import Workspace


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with Workspace() as workspace:
        yield workspace


def found(workspace: Workspace, audience: Audience) -> list[str]:
    client = web_client(workspace.api_url, workspace.bot_token)
    collections = Collections({"hr": audience}, is_set=True)
    return [f.fact for f in check_audiences(client, workspace.team.id, collections)]


def test_an_audience_that_slack_knows_is_in_order(workspace: Workspace) -> None:
    groups, people = ("S0ADMINS",), (workspace.member.id,)
    channels = (workspace.channel_id("general"),)
    audience = Audience(groups=groups, people=people, channels=channels)
    assert found(workspace, audience) == ["Slack knows its audience"]


def test_what_opens_nothing_is_named(workspace: Workspace) -> None:
    workspace.channel(workspace.channel_id("general")).is_ext_shared = True
    channels = tuple(workspace.channel_id(name) for name in ("general", "questions"))
    audience = Audience(groups=("S0GONE",), people=("U0GONE",), channels=(*channels, "C0GONE"))
    assert found(workspace, audience) == [
        "Slack does not tell of U0GONE (user_not_found)",
        "there is no user group S0GONE",
        "others than this workspace read in C0GENERAL, so it is not shown there",
        "guests read in C0QUESTIONS, so it is not shown there",
        "Slack does not tell who reads in C0GONE (channel_not_found)",
    ]
