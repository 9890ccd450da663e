"""The page in the browser: its files, what it shows, and what people do on it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.workspace.arguments import Arguments
from bot.workspace.complaints import complaint
from bot.workspace.errors import SlackError
from bot.workspace.http_server import Reply, Request
from bot.workspace.page_acts import PageActs
from bot.workspace.payload import JsonObject

if TYPE_CHECKING:
    from bot.workspace.workspace import Workspace

PAGE_DIR: Final = Path(__file__).parent / "page"
POLL_S: Final = 25.0
_PREFIX: Final = "/page/"
_PERMALINK: Final = re.compile(r"/archives/(\w+)/p(\d{10})(\d{6})")
_FILE: Final = re.compile(r"(?:[a-z_]+/)*[a-z_]+\.(html|css|js|svg)")
"""Names without a dot before the last, so that none leads out of the page's folder."""
_TYPES: Final[Mapping[str, str]] = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
_HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": "default-src 'self'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}


class PageServer:
    """Serves one page to browsers on this machine, and to nothing else on it.

    A foreign page that a browser shows can send requests here, too. It cannot name this host as
    its own, and it cannot set a header without asking first, which is never granted.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._acts = PageActs(workspace)

    def knows(self, path: str) -> bool:
        """Say whether a request is meant for the page."""
        return path == "/" or path.startswith(_PREFIX) or _PERMALINK.fullmatch(path) is not None

    def answer(self, request: Request) -> Reply:
        """Do what the page asks for."""
        if not self._may_ask(request):
            return _refusal("forbidden", "This page belongs to the workspace on this machine.", 403)
        try:
            return self._route(request)
        except SlackError as refused:
            return _refusal(refused.code, complaint(refused), 200)

    def _may_ask(self, request: Request) -> bool:
        port = self._workspace.port
        if request.headers.get("host") not in (f"127.0.0.1:{port}", f"localhost:{port}"):
            return False
        return request.verb == "GET" or request.headers.get("x-workspace") == "page"

    def _route(self, request: Request) -> Reply:
        if request.path == f"{_PREFIX}snapshot" and request.verb == "GET":
            return _reply(self._snapshot(request))
        if request.path == f"{_PREFIX}act" and request.verb == "POST":
            return _reply({"ok": True, **self._acts.do(request.values)})
        permalink = _PERMALINK.fullmatch(request.path)
        if permalink is not None:
            place = f"/#/{permalink[1]}/{permalink[2]}.{permalink[3]}"
            return Reply(b"", 302, {**_HEADERS, "Location": place}, _TYPES["html"])
        return _file(request)

    def _snapshot(self, request: Request) -> JsonObject:
        asked = Arguments(request.values)
        person, window = self._acts.person(request.values.get("user")), asked.text("window")
        after = asked.text("after")
        if not after.isdecimal():
            return self._workspace.snapshot(person, window)
        return self._workspace.look(person, window, int(after), POLL_S, request)


def _file(request: Request) -> Reply:
    name = request.path.removeprefix(_PREFIX) if request.path != "/" else "index.html"
    named, path = _FILE.fullmatch(name), PAGE_DIR / name
    if named is None or request.verb != "GET" or not path.is_file():
        return _refusal("not_found", "There is no such file.", 404)
    return Reply(path.read_bytes(), 200, _HEADERS, _TYPES[named[1]])


def _reply(body: JsonObject) -> Reply:
    return Reply(body, headers=_HEADERS)


def _refusal(code: str, message: str, status: int) -> Reply:
    return Reply({"ok": False, "error": code, "message": message}, status, _HEADERS)
