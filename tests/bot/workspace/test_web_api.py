"""The Web API as Slack's own client and as plain HTTP experience it."""

from __future__ import annotations

import http.client
import json
import socket
from urllib.parse import urlencode, urlsplit

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import WebClient

from bot.workspace.recorder import Call
from bot.workspace.workspace import Workspace, WorkspaceOptions

GENERAL = "C0GENERAL"
MEMBER = "U0MEMBER"


def refusal(web: WebClient, method: str, **arguments: object) -> dict[str, object]:
    with pytest.raises(SlackApiError) as refused:
        web.api_call(method, json=arguments)
    body = refused.value.response.data
    assert body["ok"] is False
    return body


def test_auth_test_says_who_the_app_is(web: WebClient) -> None:
    response = web.auth_test()
    assert response["user_id"] == "U0ONRECORD"
    assert response["bot_id"] == "B0ONRECORD"
    assert "chat:write" in response.headers["x-oauth-scopes"]


def test_a_posted_message_comes_back_as_slack_shows_it(
    workspace: Workspace, web: WebClient
) -> None:
    root = workspace.post_as(MEMBER, GENERAL, "a question")
    blocks = [{"type": "markdown", "text": "**an** answer"}]
    response = web.chat_postMessage(
        channel=GENERAL, thread_ts=root, text="an answer", blocks=blocks
    )
    message = response["message"]
    assert response["channel"] == GENERAL
    assert response["ts"] > root
    assert message["bot_id"] == "B0ONRECORD"
    assert message["bot_profile"]["name"] == "onrecord"
    assert message["thread_ts"] == root
    assert message["parent_user_id"] == MEMBER
    (block,) = message["blocks"]
    assert block.pop("block_id")
    assert block == blocks[0]
    assert [m.text for m in workspace.thread(GENERAL, root)] == ["a question", "an answer"]


@pytest.mark.parametrize("reference", [GENERAL, "#general", MEMBER])
def test_a_channel_is_named_by_id_by_name_or_by_the_person(
    workspace: Workspace, web: WebClient, reference: str
) -> None:
    channel = web.chat_postMessage(channel=reference, text="hello")["channel"]
    expected = workspace.direct_channel_id(MEMBER) if reference == MEMBER else GENERAL
    assert channel == expected


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ({"text": "x"}, "invalid_arguments"),
        ({"channel": GENERAL}, "no_text"),
        ({"channel": GENERAL, "text": "   "}, "no_text"),
        ({"channel": GENERAL, "text": "x", "markdown_text": "x"}, "markdown_text_conflict"),
        ({"channel": GENERAL, "markdown_text": "x" * 12_001}, "msg_too_long"),
        ({"channel": GENERAL, "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
        ({"channel": GENERAL, "text": "x", "blocks": "not json"}, "invalid_blocks_format"),
        ({"channel": GENERAL, "text": "x", "blocks": [{"type": "poem"}]}, "invalid_blocks"),
        ({"channel": GENERAL, "text": "x", "metadata": {"a": 1}}, "invalid_metadata_format"),
        ({"channel": GENERAL, "text": ["x"]}, "invalid_arguments"),
    ],
)
def test_a_post_that_slack_would_refuse_is_refused(
    workspace: Workspace, web: WebClient, arguments: dict[str, object], error: str
) -> None:
    assert refusal(web, "chat.postMessage", **arguments)["error"] == error
    assert workspace.messages(GENERAL) == []


def test_a_refused_block_says_where_the_mistake_is(web: WebClient) -> None:
    body = refusal(web, "chat.postMessage", channel=GENERAL, blocks=[{"type": "section"}])
    assert "[json-pointer:/blocks/0]" in body["response_metadata"]["messages"][0]


def test_text_beyond_the_limit_is_cut_off(workspace: Workspace, web: WebClient) -> None:
    web.chat_postMessage(channel=GENERAL, text="x" * 40_001)
    assert len(workspace.messages(GENERAL)[0].text) == 40_000


def test_a_token_is_needed_and_must_be_the_right_one(workspace: Workspace) -> None:
    def error(token: str, method: str = "auth.test") -> object:
        return refusal(WebClient(token=token, base_url=workspace.api_url), method)["error"]

    assert error("") == "not_authed"
    assert error("xoxb-wrong") == "invalid_auth"
    assert error(workspace.app_token) == "not_allowed_token_type"
    assert error(workspace.bot_token, "apps.connections.open") == "not_allowed_token_type"


def test_an_unknown_method_is_unknown(web: WebClient) -> None:
    assert refusal(web, "chat.shout", channel=GENERAL)["error"] == "unknown_method"


def test_a_missing_scope_is_named() -> None:
    options = WorkspaceOptions(scopes=frozenset({"app_mentions:read", "users:read"}))
    with Workspace(options) as workspace:
        web = WebClient(token=workspace.bot_token, base_url=workspace.api_url)
        body = refusal(web, "chat.postMessage", channel=GENERAL, text="x")
    assert body["error"] == "missing_scope"
    assert body["needed"] == "chat:write"
    assert body["provided"] == "app_mentions:read,users:read"


def test_only_own_messages_can_be_changed(workspace: Workspace, web: WebClient) -> None:
    theirs = workspace.post_as(MEMBER, GENERAL, "mine")
    update = {"channel": GENERAL, "ts": theirs, "text": "yours"}
    assert refusal(web, "chat.update", **update)["error"] == "cant_update_message"
    assert refusal(web, "chat.delete", **update)["error"] == "cant_delete_message"
    gone = {"channel": GENERAL, "ts": "1.000001", "text": "x"}
    assert refusal(web, "chat.update", **gone)["error"] == "message_not_found"


def test_a_message_is_changed_and_deleted(workspace: Workspace, web: WebClient) -> None:
    ts = web.chat_postMessage(
        channel=GENERAL, text="one", metadata={"event_type": "answer", "event_payload": {"id": "7"}}
    )["ts"]
    web.chat_update(channel=GENERAL, ts=ts, text="two")
    changed = workspace.messages(GENERAL)[0]
    assert (changed.text, changed.ts, changed.edited_ts is None) == ("two", ts, False)
    assert changed.metadata == {"event_type": "answer", "event_payload": {"id": "7"}}
    too_long = {"channel": GENERAL, "ts": ts, "text": "x" * 4_001}
    assert refusal(web, "chat.update", **too_long)["error"] == "msg_too_long"
    web.chat_delete(channel=GENERAL, ts=ts)
    assert workspace.messages(GENERAL) == []


def test_replies_are_read_in_pages_and_metadata_only_on_request(
    workspace: Workspace, web: WebClient
) -> None:
    root = workspace.post_as(MEMBER, GENERAL, "root")
    metadata = {"event_type": "answer", "event_payload": {"id": "7"}}
    for number in range(4):
        web.chat_postMessage(
            channel=GENERAL, thread_ts=root, text=f"reply {number}", metadata=metadata
        )
    first = web.conversations_replies(channel=GENERAL, ts=root, limit=3)
    assert [m["text"] for m in first["messages"]] == ["root", "reply 0", "reply 1"]
    assert first["messages"][0]["reply_count"] == 4
    assert first["has_more"]
    assert "metadata" not in first["messages"][1]
    cursor = first["response_metadata"]["next_cursor"]
    rest = web.conversations_replies(
        channel=GENERAL, ts=root, cursor=cursor, include_all_metadata=True
    )
    assert [m["text"] for m in rest["messages"]] == ["reply 2", "reply 3"]
    assert rest["messages"][0]["metadata"] == metadata
    newest = web.conversations_replies(
        channel=GENERAL, ts=root, oldest=rest["messages"][0]["ts"], inclusive=False
    )
    assert [m["text"] for m in newest["messages"]] == ["reply 3"]


def test_reading_a_thread_that_is_not_there(web: WebClient) -> None:
    missing = {"channel": GENERAL, "ts": "1.000001"}
    assert refusal(web, "conversations.replies", **missing)["error"] == "thread_not_found"


def test_history_leaves_replies_out_and_begins_with_the_newest(
    workspace: Workspace, web: WebClient
) -> None:
    root = workspace.post_as(MEMBER, GENERAL, "one")
    workspace.post_as(MEMBER, GENERAL, "inside", thread_ts=root)
    workspace.post_as(MEMBER, GENERAL, "two")
    messages = web.conversations_history(channel=GENERAL)["messages"]
    assert [m["text"] for m in messages] == ["two", "one"]


def test_people_and_conversations_are_described(workspace: Workspace, web: WebClient) -> None:
    assert web.users_info(user="U0ADMIN")["user"]["is_admin"]
    assert not web.users_info(user=MEMBER)["user"]["is_admin"]
    assert refusal(web, "users.info", user="U0NOBODY")["error"] == "user_not_found"
    assert web.conversations_info(channel=GENERAL)["channel"]["name"] == "general"
    direct = web.conversations_open(users=MEMBER)["channel"]["id"]
    assert web.conversations_info(channel=direct)["channel"]["is_im"]
    assert MEMBER in web.conversations_members(channel=GENERAL)["members"]
    assert web.bots_info(bot="B0ONRECORD")["bot"]["app_id"] == "A0ONRECORD"


def test_a_status_shows_until_the_reply(workspace: Workspace, web: WebClient) -> None:
    root = workspace.post_as(MEMBER, GENERAL, "a question")
    web.assistant_threads_setStatus(channel_id=GENERAL, thread_ts=root, status="is searching")
    assert workspace.status(GENERAL, root) == "is searching"
    web.chat_postMessage(channel=GENERAL, thread_ts=root, text="an answer")
    assert workspace.status(GENERAL, root) == ""


def test_prompts_and_titles_are_checked(workspace: Workspace, web: WebClient) -> None:
    direct = workspace.direct_channel_id(MEMBER)
    prompts = [{"title": "Ask", "message": "What can you answer?"}]
    assert web.assistant_threads_setSuggestedPrompts(channel_id=direct, prompts=prompts)["ok"]
    body = refusal(
        web, "assistant.threads.setSuggestedPrompts", channel_id=direct, prompts=prompts * 5
    )
    assert body["error"] == "invalid_arguments"
    untitled = {"channel_id": direct, "thread_ts": "1.000001", "title": "x"}
    assert refusal(web, "assistant.threads.setTitle", **untitled)["error"] == "invalid_thread_ts"


def test_reactions(workspace: Workspace, web: WebClient) -> None:
    ts = workspace.post_as(MEMBER, GENERAL, "well done")
    eyes = {"channel": GENERAL, "timestamp": ts, "name": "eyes"}
    web.reactions_add(**eyes)
    assert refusal(web, "reactions.add", **eyes)["error"] == "already_reacted"
    reactions = web.conversations_history(channel=GENERAL)["messages"][0]["reactions"]
    assert reactions == [{"name": "eyes", "users": ["U0ONRECORD"], "count": 1}]
    web.reactions_remove(**eyes)
    assert refusal(web, "reactions.remove", **eyes)["error"] == "no_reaction"


def test_an_ephemeral_message_reaches_one_person(workspace: Workspace, web: WebClient) -> None:
    web.chat_postEphemeral(channel=GENERAL, user=MEMBER, text="only you")
    assert [m.text for m in workspace.ephemerals(MEMBER)] == ["only you"]
    assert workspace.ephemerals("U0ADMIN") == []
    assert workspace.messages(GENERAL) == []
    stranger = {"channel": GENERAL, "user": "U0NOBODY", "text": "x"}
    assert refusal(web, "chat.postEphemeral", **stranger)["error"] == "user_not_in_channel"


def test_permalinks_lead_to_the_message_in_its_thread(workspace: Workspace, web: WebClient) -> None:
    root = workspace.post_as(MEMBER, GENERAL, "root")
    reply = workspace.post_as(MEMBER, GENERAL, "reply", thread_ts=root)
    link = web.chat_getPermalink(channel=GENERAL, message_ts=reply)["permalink"]
    assert f"/archives/{GENERAL}/p{reply.replace('.', '')}?thread_ts={root}" in link


def test_every_call_is_recorded_without_its_token(workspace: Workspace, web: WebClient) -> None:
    web.chat_postMessage(channel=GENERAL, text="hello", unfurl_links=False)
    refusal(web, "chat.postMessage", channel="C0NOWHERE", text="hello")
    posted, refused = workspace.recorder.calls("chat.postMessage")
    assert posted.arguments == {"channel": GENERAL, "text": "hello", "unfurl_links": False}
    assert posted.error is None
    assert refused.error == "channel_not_found"
    assert workspace.recorder.count("chat.postMessage") == 2
    assert all(workspace.bot_token not in str(call) for call in workspace.recorder.calls())


def test_rate_limits_hold_when_switched_on() -> None:
    with Workspace(WorkspaceOptions(enforces_rate_limits=True)) as workspace:
        web = WebClient(token=workspace.bot_token, base_url=workspace.api_url)
        for _ in range(3):
            web.chat_postMessage(channel=GENERAL, text="quick")
        with pytest.raises(SlackApiError) as refused:
            web.chat_postMessage(channel=GENERAL, text="too quick")
        assert refused.value.response.status_code == 429
        assert int(refused.value.response.headers["Retry-After"]) >= 1
        assert web.chat_postMessage(channel="#questions", text="elsewhere")["ok"]


def test_faults_are_used_up(workspace: Workspace, web: WebClient) -> None:
    workspace.faults.answer_429(times=1, retry_after_s=7)
    with pytest.raises(SlackApiError) as limited:
        web.chat_postMessage(channel=GENERAL, text="x")
    assert limited.value.response.headers["Retry-After"] == "7"
    workspace.faults.answer_5xx(times=1, status=500)
    with pytest.raises(SlackApiError) as failed:
        web.chat_postMessage(channel=GENERAL, text="x")
    assert failed.value.response.status_code == 500
    assert workspace.messages(GENERAL) == []
    assert web.chat_postMessage(channel=GENERAL, text="x")["ok"]


def test_cleared_faults_do_nothing(workspace: Workspace, web: WebClient) -> None:
    workspace.faults.answer_5xx(times=100)
    workspace.faults.clear()
    assert web.auth_test()["ok"]


def test_a_connection_cut_after_the_post_makes_the_default_client_post_twice(
    workspace: Workspace, web: WebClient
) -> None:
    workspace.faults.cut_after_accept()
    web.chat_postMessage(channel=GENERAL, text="once?")
    assert [m.text for m in workspace.messages(GENERAL)] == ["once?", "once?"]


def test_a_client_that_does_not_retry_learns_of_the_cut(workspace: Workspace) -> None:
    web = WebClient(token=workspace.bot_token, base_url=workspace.api_url, retry_handlers=[])
    workspace.faults.cut_after_accept()
    with pytest.raises(ConnectionError):
        web.chat_postMessage(channel=GENERAL, text="once")
    assert [m.text for m in workspace.messages(GENERAL)] == ["once"]


def test_a_slow_answer_outlasts_an_impatient_client(workspace: Workspace) -> None:
    web = WebClient(
        token=workspace.bot_token, base_url=workspace.api_url, timeout=1, retry_handlers=[]
    )
    workspace.faults.slow(1.3, method="auth.test")
    with pytest.raises(TimeoutError):
        web.auth_test()


class RawClient:
    """HTTP as it comes, over one connection kept open."""

    def __init__(self, workspace: Workspace) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(workspace.api_url).netloc)
        self._token = {"Authorization": f"Bearer {workspace.bot_token}"}

    def send(self, verb: str, path: str, body: str | None = None, kind: str = "") -> dict:
        headers = self._token | ({"Content-Type": kind} if kind else {})
        self._connection.request(verb, path, body, headers)
        return json.loads(self._connection.getresponse().read())

    def close(self) -> None:
        self._connection.close()


def test_a_request_that_is_cut_off_is_none(workspace: Workspace) -> None:
    place = urlsplit(workspace.api_url)
    head = "POST /api/chat.postMessage HTTP/1.1\r\nHost: here\r\nContent-Length: 50\r\n\r\n"
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=10) as client:
        client.sendall(f"{head}channel=".encode())
        client.shutdown(socket.SHUT_WR)
        assert client.recv(100) == b""
    assert workspace.recorder.count("chat.postMessage") == 0


def test_forms_json_and_addresses_are_read_alike(workspace: Workspace) -> None:
    raw = RawClient(workspace)
    form = urlencode({"channel": GENERAL, "text": "by form", "unfurl_links": "false"})
    raw.send("POST", "/api/chat.postMessage", form, "application/x-www-form-urlencoded")
    body = json.dumps({"channel": GENERAL, "text": "by JSON"})
    raw.send("POST", "/api/chat.postMessage", body, "application/json; charset=utf-8")
    history = raw.send("GET", f"/api/conversations.history?channel={GENERAL}&limit=1")
    raw.close()
    assert [m.text for m in workspace.messages(GENERAL)] == ["by form", "by JSON"]
    assert [m["text"] for m in history["messages"]] == ["by JSON"]


@pytest.mark.parametrize(
    ("body", "kind", "error"),
    [
        ("{not json", "application/json", "invalid_json"),
        ("[1]", "application/json", "json_not_object"),
        ("no form", "application/x-www-form-urlencoded", "invalid_form_data"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(
    workspace: Workspace, body: str, kind: str, error: str
) -> None:
    raw = RawClient(workspace)
    assert raw.send("POST", "/api/auth.test", body, kind)["error"] == error
    raw.close()


def test_a_path_outside_the_api_is_unknown(workspace: Workspace) -> None:
    raw = RawClient(workspace)
    assert raw.send("GET", "/elsewhere")["error"] == "unknown_method"
    raw.close()


def test_an_idle_connection_does_not_keep_the_workspace_from_stopping() -> None:
    with Workspace() as workspace:
        raw = RawClient(workspace)
        raw.send("GET", "/api/auth.test")
    with pytest.raises((ConnectionError, http.client.RemoteDisconnected)):
        raw.send("GET", "/api/auth.test")
    raw.close()


def test_a_call_knows_its_error() -> None:
    assert Call("auth.test", {}, 200, {"ok": True}).error is None
    assert Call("auth.test", {}, 200, {"ok": False, "error": "not_authed"}).error == "not_authed"
