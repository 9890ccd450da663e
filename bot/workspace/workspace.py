"""A workspace that runs: people, channels, the installed app, and the servers it talks to."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from bot.workspace.acts import Acts
from bot.workspace.front_desk import FrontDesk
from bot.workspace.ground import WorkspaceOptions
from bot.workspace.http_delivery import HttpDelivery
from bot.workspace.http_server import API_PATH, HttpServer, Reply, Request
from bot.workspace.page_server import PageServer
from bot.workspace.payload import JsonObject
from bot.workspace.rate_limits import RateLimits
from bot.workspace.sights import Sights
from bot.workspace.web_api import Tokens, WebApi

__all__ = ["Workspace", "WorkspaceOptions"]


class Workspace(Acts, Sights):
    """A local Slack with a few people and channels, and the app installed.

    Use it as a context manager, or call `start` and `stop`. The app only needs `api_url`,
    `bot_token` and `app_token` (or `signing_secret`); it cannot tell that this is not Slack. A
    person opens `page_url` in a browser.
    """

    def __init__(self, options: WorkspaceOptions | None = None) -> None:
        super().__init__(options)
        self._front_desk = self._make_front_desk()
        self._page = PageServer(self)
        self._http = HttpServer(self._answer, self.faults, wake=self._changes.wake)
        self.http_delivery: HttpDelivery | None = None
        if self.options.request_url is not None:
            self.http_delivery = HttpDelivery(
                self.options.request_url,
                self.signing_secret,
                self.courier,
                self.faults,
                timeout_s=self.options.ack_timeout_s,
                changed=self._changes.announce,
            )

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Open the workspace."""
        self._http.start(self.options.port)
        self.socket_mode.start()
        self.courier.start()
        if self.http_delivery is not None:
            self.http_delivery.start()

    def stop(self) -> None:
        """Close the workspace and every connection to it."""
        if self.http_delivery is not None:
            self.http_delivery.stop()
        self.socket_mode.stop()
        self.courier.stop()
        self._http.stop()

    @contextmanager
    def unreachable(self) -> Iterator[None]:
        """Refuse every connection for a while, as when the network is down."""
        self.faults.cut_off(math.inf)
        self._http.stop()
        self.socket_mode.stop()
        try:
            yield
        finally:
            self.faults.cut_off(0)
            self._http.start(self._http.port)
            self.socket_mode.start()

    def cut_off(self, seconds: float) -> None:
        """Cut every call and connection of the app's for a while; the page stays reachable."""
        self.faults.cut_off(seconds)
        self.socket_mode.drop()

    @property
    def api_url(self) -> str:
        """The value for SLACK_API_URL."""
        return f"http://127.0.0.1:{self._http.port}{API_PATH}"

    @property
    def port(self) -> int:
        """The port of the Web API and of the page."""
        return self._http.port

    @property
    def is_connected(self) -> bool:
        """Whether the app can be told anything now."""
        if self.http_delivery is not None:
            return self.http_delivery.is_verified
        return self.socket_mode.open_connections > 0

    def look(
        self, user: str, window: str, after: int, timeout_s: float, request: Request
    ) -> JsonObject:
        """Return what a person sees as soon as it is newer than the version `after`."""
        self._changes.wait_for(lambda: self._changes.version > after or request.is_cut(), timeout_s)
        return self.snapshot(user, window)

    def _answer(self, request: Request) -> Reply:
        if self._page.knows(request.path):
            return self._page.answer(request)
        return self._front_desk.answer(request)

    def _connection(self) -> JsonObject:
        if self.http_delivery is not None:
            verified = int(self.http_delivery.is_verified)
            return {"open": verified, "total": verified, "mode": "http"}
        sockets = self.socket_mode
        return {
            "open": sockets.open_connections,
            "total": sockets.total_connections,
            "mode": "socket",
        }

    def _make_front_desk(self) -> FrontDesk:
        limits = RateLimits(is_enforced=self.options.enforces_rate_limits)
        tokens = Tokens(self.bot_token, self.app_token)
        api = WebApi(self._office, tokens, self.scopes, limits)
        return FrontDesk(api, self._office, self.recorder, self._changes)
