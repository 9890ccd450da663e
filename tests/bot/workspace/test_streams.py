"""Messages written bit by bit, sessions, and the stop button."""

from __future__ import annotations

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import WebClient

from bot.workspace.agent_threads import STREAM_LIFE_S, AgentThreads
from bot.workspace.workspace import Workspace, WorkspaceOptions
from tests.bot.workspace.made import MANIFEST

GENERAL = "C0GENERAL"
MEMBER = "U0MEMBER"
TO_MEMBER = {"recipient_team_id": "T0LOCAL", "recipient_user_id": MEMBER}


@pytest.fixture
def root(workspace: Workspace) -> str:
    return workspace.post_as(MEMBER, GENERAL, "a question")


@pytest.fixture
def ts(web: WebClient, root: str) -> str:
    return str(web.chat_startStream(channel=GENERAL, thread_ts=root, **TO_MEMBER)["ts"])


def refused(web: WebClient, method: str, **arguments: object) -> str:
    with pytest.raises(SlackApiError) as raised:
        web.api_call(method, json=arguments)
    return str(raised.value.response["error"])


def test_a_message_grows_until_it_is_stopped(
    workspace: Workspace, web: WebClient, root: str, ts: str
) -> None:
    assert workspace.session(GENERAL, root) == "processing"
    web.chat_appendStream(channel=GENERAL, ts=ts, markdown_text="one ")
    web.chat_appendStream(channel=GENERAL, ts=ts, markdown_text="two")
    last = [{"type": "divider"}]
    hidden = {"event_type": "answer", "event_payload": {"id": "7"}}
    web.chat_stopStream(channel=GENERAL, ts=ts, blocks=last, metadata=hidden)
    (answer,) = workspace.replies(GENERAL, root)
    assert answer.text == "one two"
    assert [block["type"] for block in answer.blocks] == ["markdown", "divider"]
    assert answer.metadata == hidden
    assert workspace.session(GENERAL, root) == "active"
    late = {"channel": GENERAL, "ts": ts, "markdown_text": "three"}
    assert refused(web, "chat.appendStream", **late) == "message_not_in_streaming_state"
    assert web.chat_update(channel=GENERAL, ts=ts, text="changed")["ok"]


def test_the_library_writes_in_chunks(workspace: Workspace, web: WebClient, root: str) -> None:
    stream = web.chat_stream(channel=GENERAL, thread_ts=root, buffer_size=1, **TO_MEMBER)
    stream.append(markdown_text="one ")
    stream.append(markdown_text="two")
    stream.stop()
    assert [m.text for m in workspace.replies(GENERAL, root)] == ["one two"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({}, "no_text"),
        ({"markdown_text": "x", "chunks": [{"type": "plan_update", "title": "x"}]}, "mismatch"),
        ({"chunks": [{"type": "poem"}]}, "invalid_chunks"),
        ({"chunks": [{"type": "markdown_text"}]}, "invalid_chunks"),
        ({"markdown_text": "x" * 12_001}, "msg_too_long"),
    ],
)
def test_a_bit_that_slack_would_refuse_is_refused(
    web: WebClient, ts: str, arguments: dict[str, object], error: str
) -> None:
    assert error in refused(web, "chat.appendStream", channel=GENERAL, ts=ts, **arguments)


def test_text_and_chunks_do_not_mix(web: WebClient, ts: str) -> None:
    web.chat_appendStream(channel=GENERAL, ts=ts, markdown_text="x")
    chunks = [{"type": "markdown_text", "text": "y"}]
    error = refused(web, "chat.appendStream", channel=GENERAL, ts=ts, chunks=chunks)
    assert error == "streaming_mode_mismatch"


def test_a_stream_into_a_channel_names_for_whom_it_is(
    workspace: Workspace, web: WebClient, root: str
) -> None:
    place = {"channel": GENERAL, "thread_ts": root}
    assert refused(web, "chat.startStream", **place) == "missing_recipient_team_id"
    place["recipient_team_id"] = "T0LOCAL"
    assert refused(web, "chat.startStream", **place) == "missing_recipient_user_id"
    assert refused(web, "chat.startStream", channel=GENERAL) == "invalid_arguments"
    direct = workspace.direct_channel_id(MEMBER)
    question = workspace.post_as(MEMBER, direct, "a question")
    assert web.chat_startStream(channel=direct, thread_ts=question)["ok"]


def test_only_own_messages_are_written(web: WebClient, root: str) -> None:
    theirs = {"channel": GENERAL, "ts": root, "markdown_text": "x"}
    assert refused(web, "chat.appendStream", **theirs) == "message_not_owned_by_app"


def test_a_message_being_written_cannot_be_changed_otherwise(web: WebClient, ts: str) -> None:
    update = {"channel": GENERAL, "ts": ts, "text": "x"}
    assert refused(web, "chat.update", **update) == "streaming_state_conflict"


def test_the_stop_button_ends_the_stream_and_tells_the_app(
    workspace: Workspace, web: WebClient, root: str, ts: str
) -> None:
    workspace.stop_as(MEMBER, GENERAL, root)
    event = workspace.deliveries()[-1].payload["event"]
    assert isinstance(event, dict)
    assert event.pop("event_ts")
    assert event == {
        "type": "agent_session_stopped",
        "user": MEMBER,
        "channel": GENERAL,
        "thread_ts": root,
        "streaming_message_ts": [ts],
    }
    more = {"channel": GENERAL, "ts": ts, "markdown_text": "x"}
    assert refused(web, "chat.appendStream", **more) == "stopped_by_user"
    assert workspace.session(GENERAL, root) == "processing"


def test_a_stream_that_nobody_ends_fades_and_so_does_a_status() -> None:
    now = [100.0]
    threads = AgentThreads(lambda: now[0])
    threads.set_status("C1", "1.0", "is searching")
    assert threads.session("C1", "1.0") == "processing"
    now[0] += STREAM_LIFE_S
    assert (threads.status("C1", "1.0"), threads.session("C1", "1.0")) == ("", "active")


def test_a_session_has_a_status_and_a_title(
    workspace: Workspace, web: WebClient, root: str
) -> None:
    place = {"channel_id": GENERAL, "thread_ts": root}
    assert refused(web, "agents.sessions.rename", **place, title="x") == "session_not_found"
    begun = web.agents_sessions_setStatus(**place, status="processing", title="A question")
    assert (begun["status"], begun["title"]) == ("processing", "A question")
    assert "warning" not in begun.data
    later = web.agents_sessions_setStatus(**place, status="active", title="Another")
    assert later["title"] == "A question"
    assert workspace.session(GENERAL, root) == "active"
    assert web.agents_sessions_rename(**place, title="Renamed")["title"] == "Renamed"
    too_long = {**place, "title": "x" * 201}
    assert refused(web, "agents.sessions.rename", **too_long) == "invalid_arguments"
    wrong = {**place, "status": "asleep"}
    assert refused(web, "agents.sessions.setStatus", **wrong) == "invalid_arguments"


def test_an_app_that_does_not_hear_the_stop_button_is_warned() -> None:
    options = WorkspaceOptions(manifest=MANIFEST, subscriptions=frozenset())
    with Workspace(options) as workspace:
        web = WebClient(token=workspace.bot_token, base_url=workspace.api_url)
        root = workspace.post_as(MEMBER, GENERAL, "hello")
        session = {"channel_id": GENERAL, "thread_ts": root, "status": "processing"}
        warning = web.agents_sessions_setStatus(**session)["warning"]
    assert warning == "missing_agent_session_stopped_event_subscription"


def test_a_user_group_lists_its_people(web: WebClient) -> None:
    assert web.usergroups_users_list(usergroup="S0ADMINS")["users"] == ["U0ADMIN"]
    assert refused(web, "usergroups.users.list", usergroup="S0NONE") == "no_such_subteam"
