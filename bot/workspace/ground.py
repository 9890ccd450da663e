"""What a workspace stands on: its state under one lock, its manifest, and the way to the app."""

from __future__ import annotations

import itertools
import secrets
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from bot.workspace.changes import Changes
from bot.workspace.composer import Composer
from bot.workspace.courier import Courier
from bot.workspace.delivery import EVENTS, Delivery, Taken
from bot.workspace.events import Event, envelope_body
from bot.workspace.faults import Faults
from bot.workspace.furnished import furnished_state
from bot.workspace.links import strange_links
from bot.workspace.manifest import Manifest, read_manifest
from bot.workspace.method import Office
from bot.workspace.payload import JsonObject
from bot.workspace.recorder import Recorder
from bot.workspace.socket_mode import SocketModeServer
from bot.workspace.vouchers import Vouchers

_KEPT_DELIVERIES: Final = 20_000


@dataclass(frozen=True, slots=True)
class WorkspaceOptions:
    """How a workspace behaves; the defaults are Slack's, without its rate limits."""

    port: int = 0
    """Port of the Web API and of the page; 0 takes any free one."""
    request_url: str | None = None
    """Where the app listens, to be told over signed HTTP instead of Socket Mode."""
    ack_timeout_s: float = 3.0
    retry_delays_s: tuple[float, ...] = (0.0, 60.0, 300.0)
    enforces_rate_limits: bool = False
    manifest: Manifest = field(default_factory=read_manifest)
    scopes: frozenset[str] | None = None
    """What the app may do; by default what its manifest asks for."""
    subscriptions: frozenset[str] | None = None
    """What the app hears; by default what its manifest asks for."""


class Ground:
    """The parts that all of a workspace shares."""

    def __init__(self, options: WorkspaceOptions | None = None) -> None:
        self.options = options or WorkspaceOptions()
        # An app that is told over HTTP has switched Socket Mode off on its page.
        self.manifest = replace(
            self.options.manifest,
            uses_sockets=self.options.manifest.uses_sockets and self.options.request_url is None,
        )
        self.bot_token: Final = f"xoxb-local-{secrets.token_hex(12)}"
        self.app_token: Final = f"xapp-local-{secrets.token_hex(12)}"
        self.signing_secret: Final = secrets.token_hex(16)
        self.faults = Faults()
        self.recorder = Recorder()
        self._changes = Changes()
        self._state = furnished_state()
        self._vouchers = Vouchers()
        self._deliveries: deque[Delivery] = deque(maxlen=_KEPT_DELIVERIES)
        self._numbers = itertools.count(1)
        given = self.options.scopes
        self.scopes: Final = self.manifest.scopes if given is None else given
        heard = self.options.subscriptions
        self.subscriptions: Final = self.manifest.subscriptions if heard is None else heard
        self.courier = Courier(
            self.faults,
            ack_timeout_s=self.options.ack_timeout_s,
            retry_delays_s=self.options.retry_delays_s,
            changed=self._changes.announce,
        )
        self.socket_mode = SocketModeServer(
            self._state.app.id, self.courier, self.faults, changed=self._changes.announce
        )
        self._office = Office(
            self._state,
            self._publish,
            self.socket_mode.new_url,
            lambda: self.api_url,
            self._vouchers,
            self.manifest,
            self.scopes,
            self.subscriptions,
        )

    @property
    def api_url(self) -> str:
        """The value for SLACK_API_URL."""
        raise NotImplementedError

    @property
    def page_url(self) -> str:
        """Where the page is that a person opens in a browser."""
        return self.api_url.removesuffix("api/")

    def wait_for(self, predicate: Callable[[], bool], timeout_s: float = 10.0) -> bool:
        """Wait until something is true, looking again whenever anything has changed."""
        return self._changes.wait_for(predicate, timeout_s)

    def announce(self) -> None:
        """Let everybody who waits look again, after something outside of the state has changed."""
        self._changes.announce()

    def _publish(self, events: Iterable[Event]) -> None:
        for event in events:
            if event.subscription in self.subscriptions:
                event_id = f"Ev{next(self._numbers):010d}"
                body = envelope_body(self._state, event.body, event_id=event_id)
                self._deliver(EVENTS, body)
        self._changes.announce()

    def _deliver(self, kind: str, payload: JsonObject, taken: Taken | None = None) -> Delivery:
        delivery = self.courier.submit(kind, payload, taken)
        self._deliveries.append(delivery)
        return delivery

    def _composer(self) -> Composer:
        return Composer(self._state.users.values(), self._state.channels.values())

    def _note_links(self, place: str, shown: JsonObject) -> None:
        self.recorder.add_strange_links(place, strange_links(shown, self._office.origin))
