"""The page's way to the workspace, as a browser uses it."""

from __future__ import annotations

import http.client
import json
import threading
from typing import Any

import pytest
from slack_sdk.web import WebClient

from bot.workspace import page_server
from bot.workspace.snapshot import MAX_MESSAGES
from bot.workspace.workspace import Workspace
from tests.bot.workspace.browser import Browser
from tests.bot.workspace.listener import Listener
from tests.bot.workspace.made import plain

GENERAL = "C0GENERAL"
MEMBER = "U0MEMBER"
IMPATIENT = pytest.mark.parametrize("ack_timeout_s", [0.2])


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


def test_a_browser_that_is_closed_while_it_waits_is_forgotten_in_silence(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with Workspace() as workspace:
        browsers = [Browser(workspace) for _ in range(2)]
        for browser in browsers:
            version = browser.see()["version"]
            browser.ask_and_hang_up(f"/page/snapshot?user={MEMBER}&after={version}")
        workspace.announce()
    assert capfd.readouterr().err == ""


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
