"""The page's way to the workspace, as a browser uses it."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk.web import WebClient
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from bot.workspace import page_server
from bot.workspace.snapshot import MAX_MESSAGES
from bot.workspace.workspace import Workspace
from tests.bot.workspace.listener import Listener
from tests.bot.workspace.made import FORM, button, plain

GENERAL = "C0GENERAL"
MEMBER = "U0MEMBER"
IMPATIENT = pytest.mark.parametrize("ack_timeout_s", [0.2])


class Browser:
    """A page's requests, over one connection."""

    def __init__(self, workspace: Workspace) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", workspace.port, timeout=10)

    def ask(
        self, verb: str, path: str, body: object = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        sent = {"Content-Type": "application/json", "X-Workspace": "page"}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        text = None if body is None else json.dumps(body)
        self._connection.request(verb, path, text, {**sent, **named})
        response = self._connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()

    def see(self, user: str = MEMBER, after: int | None = None) -> dict[str, Any]:
        wanted = f"&after={after}" if after is not None else ""
        return json.loads(self.ask("GET", f"/page/snapshot?user={user}{wanted}")[2])

    def act(self, act: str, user: str = MEMBER, **fields: object) -> dict[str, Any]:
        return json.loads(self.ask("POST", "/page/act", {"user": user, "act": act, **fields})[2])

    def channel(self, channel_id: str, user: str = MEMBER) -> dict[str, Any]:
        return next(c for c in self.see(user)["channels"] if c["id"] == channel_id)

    def close(self) -> None:
        self._connection.close()


@pytest.fixture
def browser(workspace: Workspace) -> Iterator[Browser]:
    browser = Browser(workspace)
    yield browser
    browser.close()


@pytest.fixture
def files(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "index.html").write_text("<!doctype html>", encoding="utf-8")
    (tmp_path / "kit").mkdir()
    (tmp_path / "kit" / "a.js").write_text("export {};", encoding="utf-8")
    (tmp_path / "style.css").write_text("p {}", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("no", encoding="utf-8")
    monkeypatch.setattr(page_server, "PAGE_DIR", tmp_path)


@pytest.mark.parametrize(
    ("path", "kind", "text"),
    [
        ("/", "text/html; charset=utf-8", b"<!doctype html>"),
        ("/page/style.css", "text/css; charset=utf-8", b"p {}"),
        ("/page/kit/a.js", "text/javascript; charset=utf-8", b"export {};"),
    ],
)
@pytest.mark.usefixtures("files")
def test_files_come_with_their_types_and_are_never_kept(
    browser: Browser, path: str, kind: str, text: bytes
) -> None:
    status, headers, body = browser.ask("GET", path)
    assert (status, headers["Content-Type"], body) == (200, kind, text)
    assert headers["Content-Security-Policy"] == "default-src 'self'"
    assert headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize(
    "path",
    ["/page/secret.txt", "/page/../workspace.py", "/page/%2e%2e/workspace.py", "/page/", "/page/x"],
)
@pytest.mark.usefixtures("files")
def test_nothing_else_is_served(browser: Browser, path: str) -> None:
    assert browser.ask("GET", path)[0] == 404


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "localhost:1"])
def test_a_foreign_host_is_turned_away(browser: Browser, host: str) -> None:
    for path in ("/", f"/page/snapshot?user={MEMBER}"):
        assert browser.ask("GET", path, Host=host)[0] == 403
    assert browser.ask("POST", "/page/act", {"act": "post"}, Host=host)[0] == 403


def test_localhost_is_this_machine_too(browser: Browser, workspace: Workspace) -> None:
    host = f"localhost:{workspace.port}"
    assert browser.ask("GET", f"/page/snapshot?user={MEMBER}", Host=host)[0] == 200


def test_an_act_needs_the_pages_own_header(browser: Browser, workspace: Workspace) -> None:
    act = {"user": MEMBER, "act": "post", "channel": GENERAL, "text": "x"}
    status, headers, body = browser.ask("POST", "/page/act", act, X_Workspace="other")
    assert (status, json.loads(body)["error"]) == (403, "forbidden")
    assert "Access-Control-Allow-Origin" not in headers
    assert workspace.messages(GENERAL) == []


def test_a_person_sees_their_own_channels_and_conversation(browser: Browser) -> None:
    seen = browser.see()
    assert (seen["me"], seen["team"]["name"]) == (MEMBER, "Local workspace")
    assert seen["bot"] == {"id": "U0ONRECORD", "bot_id": "B0ONRECORD", "name": "onrecord"}
    assert {p["name"]: (p["is_admin"], p["is_guest"], p["is_bot"]) for p in seen["people"]} == {
        "onrecord": (False, False, True),
        "Admin": (True, False, False),
        "Member": (False, False, False),
        "Colleague": (False, False, False),
        "Guest": (False, True, False),
    }
    places = [(c["name"], c["kind"], c.get("with")) for c in seen["channels"]]
    assert places == [
        ("general", "channel", None),
        ("questions", "channel", None),
        ("onrecord", "im", "U0ONRECORD"),
    ]
    guest = [c["name"] for c in browser.see("U0GUEST")["channels"]]
    admin = [c["name"] for c in browser.see("U0ADMIN")["channels"]]
    assert guest == ["questions", "onrecord"]
    assert admin == ["general", "questions", "owners", "onrecord"]


def test_what_the_manifest_offers_is_offered(browser: Browser) -> None:
    seen = browser.see()
    (command,) = seen["commands"]
    assert (command["command"], command["description"]) == ("/onrecord", "Ask the documents")
    assert command["words"][0] == {"word": "check", "hint": "CLAIM", "admin": False}
    assert command["words"][-1] == {"word": "gaps", "hint": "", "admin": True}
    assert seen["shortcuts"] == [{"callback_id": "check_message", "name": "Check this message"}]
    assert seen["tabs"] == ["home", "messages"]
    assert seen["prompts"] == [{"title": "Start", "message": "What can you answer?"}]


def test_typed_text_becomes_what_slack_sends(browser: Browser, workspace: Workspace) -> None:
    typed = "@onrecord is 1 < 2 in #general? https://a.example/?b=1&c. @here"
    ts = browser.act("post", channel=GENERAL, text=typed)["ts"]
    (message,) = browser.channel(GENERAL)["messages"]
    assert message["text"] == (
        "<@U0ONRECORD> is 1 &lt; 2 in <#C0GENERAL>? <https://a.example/?b=1&amp;c>. <!here>"
    )
    words = message["blocks"][0]["elements"][0]["elements"]
    assert [(e["type"], e.get("text")) for e in words] == [
        ("user", None),
        ("text", " is 1 < 2 in "),
        ("channel", None),
        ("text", "? "),
        ("link", None),
        ("text", ". "),
        ("broadcast", None),
    ]
    assert (message["is_mine"], message["ts"]) == (True, ts)
    assert browser.channel(GENERAL, "U0ADMIN")["messages"][0]["is_mine"] is False
    kinds = [delivery.payload["event"]["type"] for delivery in workspace.deliveries()]
    assert kinds == ["message", "app_mention"]


def test_messages_are_answered_changed_and_deleted(browser: Browser) -> None:
    ts = browser.act("post", channel=GENERAL, text="one")["ts"]
    reply = browser.act("post", channel=GENERAL, text="two", thread_ts=ts)["ts"]
    assert browser.act("edit", channel=GENERAL, ts=ts, text="@admin one")["ok"]
    root, answer = browser.channel(GENERAL)["messages"]
    assert (root["text"], root["reply_count"]) == ("<@U0ADMIN> one", 1)
    assert (answer["ts"], answer["thread_ts"]) == (reply, ts)
    assert browser.act("delete", channel=GENERAL, ts=reply)["ok"]
    assert [m["ts"] for m in browser.channel(GENERAL)["messages"]] == [ts]


@pytest.mark.parametrize(
    ("act", "fields", "error", "message"),
    [
        ("post", {"channel": GENERAL, "text": " "}, "no_text", "Write something first."),
        ("post", {"channel": "C0OWNERS", "text": "x"}, "not_in_channel", "not in that channel"),
        ("post", {"channel": "C0NONE", "text": "x"}, "channel_not_found", "no such channel"),
        ("post", {"text": "x"}, "invalid_arguments", "does not understand"),
        ("post", {"channel": GENERAL, "text": "x" * 40_001}, "msg_too_long", "too long"),
        ("edit", {"channel": GENERAL, "ts": "1.0", "text": "x"}, "message_not_found", "any more"),
        ("command", {"channel": GENERAL, "typed": "/dance"}, "unknown_command", "no such command"),
        ("press", {"place": "modal", "action_id": "x"}, "not_found", "not open"),
        ("press", {"place": "roof", "action_id": "x"}, "invalid_arguments", "understand"),
        ("submit", {"values": {}}, "not_found", "not open"),
        ("submit", {"values": {"a": "b"}}, "invalid_arguments", "understand"),
        ("close_modal", {}, "not_found", "not open"),
        ("open_home", {"tab": "attic"}, "home_not_enabled", "no such tab"),
        ("fault", {"name": "fire"}, "unknown_fault", "no such fault"),
        ("fault", {"name": "slow", "seconds": "long"}, "invalid_arguments", "understand"),
        ("fault", {"name": "slow", "seconds": -1}, "invalid_arguments", "understand"),
        ("dance", {}, "unknown_act", "cannot do"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(
    browser: Browser, act: str, fields: dict[str, object], error: str, message: str
) -> None:
    answer = browser.act(act, **fields)
    assert (answer["ok"], answer["error"]) == (False, error)
    assert message in answer["message"]


@pytest.mark.parametrize("user", ["U0NOBODY", "U0ONRECORD", 7])
def test_nobody_acts_for_the_app_or_for_a_stranger(browser: Browser, user: Any) -> None:
    assert browser.act("post", user, channel=GENERAL, text="x")["error"] == "user_not_found"
    assert browser.see(user)["error"] == "user_not_found"


def test_somebody_else_cannot_change_a_message(browser: Browser) -> None:
    ts = browser.act("post", channel=GENERAL, text="mine")["ts"]
    refused = browser.act("edit", "U0ADMIN", channel=GENERAL, ts=ts, text="yours")
    assert refused["error"] == "cant_update_message"
    assert (
        browser.act("delete", "U0ADMIN", channel=GENERAL, ts=ts)["error"] == "cant_delete_message"
    )


def test_a_look_waits_until_something_has_changed(browser: Browser, workspace: Workspace) -> None:
    version = browser.see()["version"]
    seen: list[dict[str, Any]] = []
    waiting = threading.Thread(target=lambda: seen.append(browser.see(after=version)))
    waiting.start()
    waiting.join(0.1)
    assert waiting.is_alive()
    workspace.post_as("U0ADMIN", GENERAL, "news")
    waiting.join(5)
    assert [c["messages"][0]["text"] for c in seen[0]["channels"][:1]] == ["news"]
    assert seen[0]["version"] > version
    assert browser.see(after=version)["version"] == seen[0]["version"]


def test_a_look_that_waits_too_long_is_answered_all_the_same(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_server, "POLL_S", 0.05)
    version = browser.see()["version"]
    assert browser.see(after=version)["version"] == version


def test_somebody_who_waits_does_not_keep_the_workspace_from_stopping() -> None:
    workspace = Workspace()
    workspace.start()
    browser = Browser(workspace)
    version = browser.see()["version"]

    def wait() -> None:
        with pytest.raises((ConnectionError, http.client.HTTPException)):
            browser.see(after=version)

    waiting = threading.Thread(target=wait)
    waiting.start()
    waiting.join(0.05)
    workspace.stop()
    waiting.join(5)
    assert not waiting.is_alive()
    browser.close()


def test_what_the_app_shows_is_seen(
    browser: Browser, workspace: Workspace, web: WebClient, listener: Listener
) -> None:
    root = workspace.post_as(MEMBER, GENERAL, "a question")
    web.chat_postEphemeral(channel=GENERAL, user=MEMBER, text="psst", thread_ts=root)
    web.chat_postEphemeral(channel=GENERAL, user="U0ADMIN", text="not you")
    web.assistant_threads_setStatus(channel_id=GENERAL, thread_ts=root, status="is searching")
    web.views_publish(user_id=MEMBER, view={"type": "home", "blocks": []})
    direct = workspace.direct_channel_id(MEMBER)
    prompts = [{"title": "Ask", "message": "Who are you?"}]
    web.assistant_threads_setSuggestedPrompts(channel_id=direct, prompts=prompts)
    seen = browser.see()
    (whispered,) = seen["ephemerals"]
    assert (whispered["channel"], whispered["thread_ts"], whispered["text"]) == (
        GENERAL,
        root,
        "psst",
    )
    assert seen["statuses"] == [{"channel": GENERAL, "thread_ts": root, "text": "is searching"}]
    assert (seen["home"]["type"], seen["modal"], seen["prompts"]) == ("home", None, prompts)
    last = seen["calls"][-1]
    assert (last["method"], last["error"]) == ("assistant.threads.setSuggestedPrompts", None)
    assert last["ms"] >= 0
    assert browser.see("U0GUEST")["statuses"] == []
    assert seen["connection"] == {"open": 0, "total": 0, "mode": "socket"}
    listener.connect()
    assert browser.see()["connection"]["open"] == 1


def test_work_that_the_app_only_announces_is_seen(
    browser: Browser, workspace: Workspace, web: WebClient
) -> None:
    root = workspace.post_as(MEMBER, GENERAL, "a question")
    web.agents_sessions_setStatus(channel_id=GENERAL, thread_ts=root, status="processing")
    assert [s["text"] for s in browser.see()["statuses"]] == ["is working…"]
    web.agents_sessions_setStatus(channel_id=GENERAL, thread_ts=root, status="active")
    assert browser.see()["statuses"] == []


def test_a_channel_shows_its_last_messages_and_their_threads(
    browser: Browser, workspace: Workspace
) -> None:
    old = workspace.post_as(MEMBER, GENERAL, "old")
    root = workspace.post_as(MEMBER, GENERAL, "root")
    for number in range(MAX_MESSAGES - 1):
        workspace.post_as(MEMBER, GENERAL, f"message {number}")
    reply = workspace.post_as(MEMBER, GENERAL, "reply", thread_ts=root)
    shown = [m["ts"] for m in browser.channel(GENERAL)["messages"]]
    assert old not in shown
    assert (shown[0], shown[-1], len(shown)) == (root, reply, MAX_MESSAGES + 1)


def test_a_person_works_through_commands_buttons_and_modals(
    browser: Browser, workspace: Workspace, web: WebClient, listener: Listener
) -> None:
    listener.connect()
    row = [{"type": "actions", "block_id": "row", "elements": [button("show")]}]
    ts = str(web.chat_postMessage(channel=GENERAL, text="pick", blocks=row)["ts"])
    assert browser.act("command", channel=GENERAL, typed="/onrecord help") == {"ok": True}
    pressed = {"place": "message", "channel": GENERAL, "ts": ts, "action_id": "show"}
    assert browser.act("press", **pressed, block_id="row", value="7") == {"ok": True}
    trigger_id = listener.last("block_actions")["trigger_id"]
    more = {"type": "actions", "block_id": "more", "elements": [button("more")]}
    web.views_open(trigger_id=trigger_id, view={**FORM, "blocks": [*FORM["blocks"], more]})
    modal = browser.see()["modal"]
    assert (modal["callback_id"], modal["errors"]) == ("form", {})
    state = {"comment": {"comment": "so far"}}
    assert browser.act("press", place="modal", action_id="more", state=state)["ok"]
    values = listener.last("block_actions")["view"]["state"]["values"]
    assert values["comment"]["comment"]["value"] == "so far"
    refused = browser.act("submit", values={"kind": {"kind": None}, **state})
    assert (refused["error"], list(browser.see()["modal"]["errors"])) == (
        "invalid_entries",
        ["kind"],
    )
    answer = {"response_action": "errors", "errors": {"comment": "Say more."}}
    listener.answers = lambda request: answer
    assert browser.act("submit", values={"kind": {"kind": "wrong"}})["ok"]
    assert browser.see()["modal"]["errors"] == {"comment": "Say more."}
    listener.answers = lambda request: None
    assert browser.act("close_modal")["ok"]
    assert browser.see()["modal"] is None
    shortcut = {"callback_id": "check_message", "channel": GENERAL, "ts": ts}
    assert browser.act("shortcut", **shortcut)["ok"]
    assert listener.last("message_action")["message_ts"] == ts


def test_a_person_uses_the_home_looks_around_and_stops_the_app(
    browser: Browser, workspace: Workspace, web: WebClient, listener: Listener
) -> None:
    row = {"type": "actions", "elements": [button("reindex")]}
    web.views_publish(user_id=MEMBER, view={"type": "home", "blocks": [row]})
    listener.connect()
    assert browser.act("press", place="home", action_id="reindex")["ok"]
    assert browser.act("open_home", tab="messages")["ok"]
    assert browser.act("look_at", channel=GENERAL)["ok"]
    ts = browser.act("post", channel=GENERAL, text="hello")["ts"]
    assert browser.act("stop", channel=GENERAL, thread_ts=ts)["ok"]
    assert workspace.wait_until_delivered()
    kinds = [r.payload["event"]["type"] for r in listener.requests if "event" in r.payload]
    assert kinds == [
        "app_home_opened",
        "app_context_changed",
        "message",
        "agent_session_stopped",
    ]


@IMPATIENT
def test_an_app_that_does_not_respond_is_reported(browser: Browser) -> None:
    answer = browser.act("command", channel=GENERAL, typed="/onrecord help")
    assert (answer["error"], answer["message"]) == (
        "operation_timeout",
        "onrecord did not respond.",
    )


@pytest.mark.parametrize(
    ("fault", "name", "value"),
    [
        ({"name": "slow", "seconds": 0.5}, "slow_s", 0.5),
        ({"name": "answer_429"}, "status", 429),
        ({"name": "answer_5xx", "times": 2}, "status", 503),
        ({"name": "cut_after_accept"}, "cut_after_accept", True),
        ({"name": "unreachable"}, "unreachable", True),
        ({"name": "redeliver", "times": 2}, "redeliver", 2),
        ({"name": "duplicate"}, "duplicate", 1),
    ],
)
def test_a_fault_is_switched_on_and_off_while_the_page_goes_on(
    browser: Browser, fault: dict[str, Any], name: str, value: object
) -> None:
    calm = browser.see()["faults"]
    assert browser.act("fault", **fault)["ok"]
    assert browser.see()["faults"] == {**calm, name: value}
    assert browser.act("fault", name="clear")["ok"]
    assert browser.see()["faults"] == calm


def test_an_outage_cuts_the_app_off_and_ends(browser: Browser, workspace: Workspace) -> None:
    quiet = WebClient(token=workspace.bot_token, base_url=workspace.api_url, retry_handlers=[])
    with connect(workspace.socket_mode.new_url(), proxy=None):
        assert workspace.wait_for(lambda: workspace.is_connected)
        assert browser.act("fault", name="unreachable", seconds=60)["ok"]
        assert workspace.wait_for(lambda: not workspace.is_connected)
    with pytest.raises((ConnectionError, http.client.HTTPException)):
        quiet.auth_test()
    with (
        pytest.raises(InvalidStatus, match="403"),
        connect(workspace.socket_mode.new_url(), proxy=None),
    ):
        pass
    assert browser.act("post", channel=GENERAL, text="anybody there?")["ok"]
    assert browser.act("fault", name="clear")["ok"]
    assert quiet.auth_test()["ok"]


def test_a_dropped_socket_is_seen_to_go_and_another_to_come(
    browser: Browser, workspace: Workspace
) -> None:
    with connect(workspace.socket_mode.new_url(), proxy=None):
        assert workspace.wait_for(lambda: workspace.is_connected)
        assert browser.act("fault", name="drop_socket")["ok"]
        assert workspace.wait_for(lambda: not workspace.is_connected)
        assert browser.see()["connection"] == {"open": 0, "total": 1, "mode": "socket"}
    with connect(workspace.socket_mode.new_url(), proxy=None):
        assert workspace.wait_for(lambda: workspace.is_connected)
        assert browser.see()["connection"] == {"open": 1, "total": 2, "mode": "socket"}


def test_a_link_to_a_message_leads_to_the_page(browser: Browser, web: WebClient) -> None:
    ts = str(web.chat_postMessage(channel=GENERAL, text="hello")["ts"])
    link = web.chat_getPermalink(channel=GENERAL, message_ts=ts)["permalink"]
    path = f"/archives/{link.partition('/archives/')[2]}"
    status, headers, _ = browser.ask("GET", path)
    assert (status, headers["Location"]) == (302, f"/#/{GENERAL}/{ts}")


def test_an_error_of_the_apps_is_seen_behind_the_scenes(browser: Browser, web: WebClient) -> None:
    web.chat_postMessage(channel=GENERAL, text="x", blocks=[{"type": "header", "text": plain("x")}])
    with pytest.raises(Exception, match="channel_not_found"):
        web.chat_postMessage(channel="C0NOWHERE", text="x")
    lines = [(c["method"], c["error"]) for c in browser.see()["calls"]]
    assert lines == [("chat.postMessage", None), ("chat.postMessage", "channel_not_found")]
