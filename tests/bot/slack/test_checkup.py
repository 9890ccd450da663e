from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.findings import Finding
from bot.manifest import wanted_events, wanted_scopes
from bot.slack.checkup import check_up
from bot.slack.connect import SlackAccess
from bot.workspace.workspace import Workspace, WorkspaceOptions


@contextmanager
def running(**options: object) -> Iterator[Workspace]:
    with Workspace(WorkspaceOptions(**options)) as workspace:  # type: ignore[arg-type]
        yield workspace


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with running() as workspace:
        yield workspace


def access(workspace: Workspace, **changes: object) -> SlackAccess:
    given: dict[str, object] = {
        "bot_token": workspace.bot_token,
        "app_token": workspace.app_token,
        "api_url": workspace.api_url,
    }
    return SlackAccess(**{**given, **changes})  # type: ignore[arg-type]  # each key is a field


def over_http(workspace: Workspace) -> SlackAccess:
    return access(workspace, app_token="", signing_secret=workspace.signing_secret, http_port=1)


def findings(reached: SlackAccess, **arguments: object) -> dict[str, Finding]:
    return {f.part: f for f in check_up(reached, **arguments)}  # type: ignore[arg-type]


def test_a_good_installation_is_all_in_order(workspace: Workspace) -> None:
    found = findings(
        access(workspace),
        admins=(workspace.admin.id,),
        owners_channel=workspace.channel_id("owners"),
    )
    assert [f for f in found.values() if f.remedy] == []
    assert f"@{workspace.bot.name} in {workspace.team.name}" in found["Bot token"].fact
    assert "Socket Mode connection" in found["App token"].fact
    assert found["Admin"].fact == f"{workspace.admin.id} is @admin"
    assert str(len(wanted_scopes())) in found["Scopes"].fact


def test_nothing_is_posted(workspace: Workspace) -> None:
    findings(access(workspace), owners_channel=workspace.channel_id("owners"))
    assert {call.method for call in workspace.recorder.calls()} <= {
        "auth.test",
        "apps.connections.open",
        "bots.info",
        "users.conversations",
        "conversations.history",
        "users.info",
    }


def test_no_line_shows_a_token(workspace: Workspace) -> None:
    for reached in (access(workspace), over_http(workspace)):
        shown = str(list(check_up(reached)))
        for secret in (workspace.bot_token, workspace.app_token, workspace.signing_secret):
            assert secret not in shown


def test_scopes_that_are_not_granted_are_named_with_the_way_to_get_them() -> None:
    with running(scopes=frozenset(wanted_scopes()) - {"im:history"}) as workspace:
        found = findings(access(workspace))
    assert found["Scopes"].fact == "not granted: im:history"
    assert "install the app again" in (found["Scopes"].remedy or "")


def test_scopes_that_nothing_uses_are_no_trouble() -> None:
    with running(scopes=frozenset(wanted_scopes()) | {"reactions:write"}) as workspace:
        found = findings(access(workspace))
    assert "reactions:write as well" in found["Scopes"].fact
    assert found["Scopes"].remedy is None


def test_a_bot_token_that_slack_refuses_ends_the_examination(workspace: Workspace) -> None:
    found = findings(access(workspace, bot_token="xoxb-wrong"))
    assert set(found) == {"Proxy", "Bot token"}
    assert "invalid_auth" in found["Bot token"].fact
    assert "SLACK_BOT_TOKEN" in (found["Bot token"].remedy or "")


def test_an_app_token_that_slack_refuses_is_told_where_to_make_one(workspace: Workspace) -> None:
    found = findings(access(workspace, app_token="xapp-wrong"))
    assert "invalid_auth" in found["App token"].fact
    assert "connections:write" in (found["App token"].remedy or "")
    assert "Events" in found


def test_socket_mode_that_is_switched_off_is_named() -> None:
    with running(request_url="http://127.0.0.1:9/slack/events") as workspace:
        found = findings(access(workspace))
    assert "Switch Socket Mode on" in (found["App token"].remedy or "")


def test_slack_out_of_reach_names_network_and_proxy(workspace: Workspace) -> None:
    workspace.faults.cut_off(60)
    found = findings(access(workspace))
    assert "cannot be reached" in found["Slack"].fact
    assert "HTTPS_PROXY" in (found["Slack"].remedy or "")


def test_slack_with_a_bad_day_is_told_as_such(workspace: Workspace) -> None:
    workspace.faults.answer_5xx(method="auth.test")
    found = findings(access(workspace))
    assert found["Slack"].remedy == "Try again in a minute."


def test_tokens_of_two_apps_are_noticed(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = "xapp-1-A0OTHERAPP-1-abc"
    monkeypatch.setattr(workspace, "app_token", other)
    tokens = workspace._front_desk._api
    monkeypatch.setattr(tokens, "_tokens", type(tokens._tokens)(workspace.bot_token, other))
    found = findings(access(workspace))
    assert "two apps" in found["Tokens"].fact
    assert "A0OTHERAPP" in found["Tokens"].fact


def test_what_slack_does_not_tell_is_said(workspace: Workspace) -> None:
    found = findings(access(workspace))
    assert "does not tell" in found["Events"].fact
    assert all(event in found["Events"].fact for event in wanted_events())


def test_the_channels_of_the_bot_are_named(workspace: Workspace) -> None:
    named = "the bot is in #general, #questions, #owners"
    assert findings(access(workspace))["Channels"].fact == named
    for name in ("general", "questions", "owners"):
        workspace.channel(workspace.channel_id(name)).members.remove(workspace.bot.id)
    assert "/invite @onrecord" in findings(access(workspace))["Channels"].fact
    with running(scopes={*wanted_scopes()} - {"groups:read"}) as lacking:
        assert "does not tell" in findings(access(lacking))["Channels"].fact


def test_an_owners_channel_without_the_bot_needs_an_invitation(workspace: Workspace) -> None:
    found = findings(access(workspace), owners_channel="C0NOWHERE")
    assert "/invite @onrecord" in (found["Owners' channel"].remedy or "")
    assert "C0NOWHERE" in found["Owners' channel"].fact


def test_an_unknown_admin_is_named(workspace: Workspace) -> None:
    found = findings(access(workspace), admins=("U0NOBODY",))
    assert "U0NOBODY" in found["Admin"].fact
    assert "ONRECORD_ADMINS" in (found["Admin"].remedy or "")


@pytest.mark.parametrize("skew_s", [-400, 400])
def test_a_wrong_clock_matters_to_signed_requests_only(workspace: Workspace, skew_s: int) -> None:
    def wrong() -> float:
        return time.time() + skew_s

    by_socket = findings(access(workspace), clock=wrong)["Clock"]
    assert by_socket.remedy is None
    signed = findings(over_http(workspace), clock=wrong)["Clock"]
    assert "time synchronisation" in (signed.remedy or "")
    assert 395 <= int(signed.fact.split()[0]) <= 405
    assert findings(over_http(workspace))["Clock"].remedy is None


def test_http_mode_tells_where_to_see_whether_requests_come_through(workspace: Workspace) -> None:
    found = findings(over_http(workspace))
    assert "no bot listens now at 127.0.0.1:1" in found["Request URL"].fact
    assert "Verified" in found["Request URL"].fact
    assert "App token" not in found


def test_a_proxy_is_shown_without_its_password(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://someone:s3cr3t@127.0.0.1:1")
    monkeypatch.setenv("no_proxy", "")
    proxy = next(check_up(access(workspace)))
    assert proxy.fact == "127.0.0.1 is reached through http://…@127.0.0.1:1"
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert "NO_PROXY" in next(check_up(access(workspace))).fact
