"""Where requests come in: the Web API and response addresses, one at a time, all on record."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Final

from bot.workspace.arguments import Arguments
from bot.workspace.errors import RateLimitedError, SlackError
from bot.workspace.http_server import API_PATH, Reply, Request
from bot.workspace.method import Office
from bot.workspace.methods.response import respond
from bot.workspace.payload import JsonObject
from bot.workspace.recorder import Call, Recorder
from bot.workspace.vouchers import RESPONSE_PATH
from bot.workspace.web_api import WebApi

RESPONSE_CALL: Final = "response_url"
"""Under which name answers to interactions are recorded."""


class FrontDesk:
    """Answers requests under the workspace's lock and tells everybody who waits."""

    def __init__(
        self, api: WebApi, office: Office, recorder: Recorder, changed: threading.Condition
    ) -> None:
        self._api = api
        self._office = office
        self._recorder = recorder
        self._changed = changed

    def answer(self, request: Request) -> Reply:
        """Do what a request asks for."""
        with self._changed:
            if request.path.startswith(RESPONSE_PATH):
                reply = self._respond(request)
            else:
                reply = self._call(request)
            self._changed.notify_all()
        return reply

    def _call(self, request: Request) -> Reply:
        method = request.path.removeprefix(API_PATH)
        headers = {"x-oauth-scopes": ",".join(sorted(self._api.scopes))}
        reply = _reply(lambda: self._api.call(method, request.token, request.values), headers)
        self._recorder.add(Call(method, dict(request.values), reply.status, reply.body))
        return reply

    def _respond(self, request: Request) -> Reply:
        response_id = request.path.removeprefix(RESPONSE_PATH)

        def answer() -> JsonObject:
            respond(self._office, response_id, Arguments(request.values))
            return {"ok": True}

        reply = _reply(answer, {}, refused_status=404)
        self._recorder.add(Call(RESPONSE_CALL, dict(request.values), reply.status, reply.body))
        return reply


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
