"""Where requests come in: the Web API and response addresses, one at a time, all on record."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Final

from bot.workspace.arguments import Arguments
from bot.workspace.changes import Changes
from bot.workspace.errors import RateLimitedError, SlackError
from bot.workspace.http_server import API_PATH, Reply, Request
from bot.workspace.links import strange_links
from bot.workspace.method import Office
from bot.workspace.methods.response import respond
from bot.workspace.payload import JsonObject
from bot.workspace.recorder import Call, Recorder
from bot.workspace.vouchers import RESPONSE_PATH
from bot.workspace.web_api import WebApi

RESPONSE_CALL: Final = "response_url"
"""Under which name answers to interactions are recorded."""
_POST_CALL: Final = "chat.postMessage"


class FrontDesk:
    """Answers requests under the workspace's lock and tells everybody who waits."""

    def __init__(self, api: WebApi, office: Office, recorder: Recorder, changes: Changes) -> None:
        self._api = api
        self._office = office
        self._recorder = recorder
        self._changes = changes

    def answer(self, request: Request) -> Reply:
        """Do what a request asks for."""
        if request.path.startswith(RESPONSE_PATH):
            return self._record(RESPONSE_CALL, request, lambda: self._respond(request))
        method = request.path.removeprefix(API_PATH)
        return self._record(method, request, lambda: self._call(method, request))

    def _record(self, name: str, request: Request, act: Callable[[], Reply]) -> Reply:
        with self._changes:
            begun = time.perf_counter()
            reply = act()
            body = reply.body if isinstance(reply.body, dict) else {}
            elapsed_ms = (time.perf_counter() - begun) * 1000
            self._recorder.add(Call(name, dict(request.values), reply.status, body, elapsed_ms))
            if body.get("ok"):
                links = strange_links(request.values, self._office.origin)
                self._recorder.add_strange_links(name, links)
                if _may_unfurl(name, Arguments(request.values)):
                    self._recorder.add_unfurling(name)
            self._changes.announce()
        return reply

    def _call(self, method: str, request: Request) -> Reply:
        headers = {"x-oauth-scopes": ",".join(sorted(self._api.scopes))}
        return _reply(lambda: self._api.call(method, request.token, request.values), headers)

    def _respond(self, request: Request) -> Reply:
        response_id = request.path.removeprefix(RESPONSE_PATH)

        def answer() -> JsonObject:
            respond(self._office, response_id, Arguments(request.values))
            return {"ok": True}

        return _reply(answer, {}, refused_status=404)


def _may_unfurl(name: str, arguments: Arguments) -> bool:
    """Whether a message was posted of whose links Slack would show what they lead to.

    It does so unless told not to, and never in messages that one person sees or that are changed.
    """
    is_shared = name == RESPONSE_CALL and arguments.text("response_type") == "in_channel"
    if name != _POST_CALL and not is_shared:
        return False
    return any(arguments.flag(f"unfurl_{what}", default=True) for what in ("links", "media"))


def _reply(
    act: Callable[[], JsonObject], headers: Mapping[str, str], *, refused_status: int = 200
) -> Reply:
    try:
        return Reply(act(), headers=headers)
    except RateLimitedError as limited:
        retry_after = {"Retry-After": str(limited.retry_after_s)}
        return Reply(limited.response(), 429, {**headers, **retry_after})
    except SlackError as refused:
        return Reply(refused.response(), refused_status, headers)
