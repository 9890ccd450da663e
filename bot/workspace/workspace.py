"""A workspace that runs: people, channels, the installed app, and the two servers it talks to."""

from __future__ import annotations

import itertools
import secrets
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

from bot.workspace import people
from bot.workspace.courier import Courier, Delivery
from bot.workspace.events import ALL_SUBSCRIPTIONS, Event, envelope_body, home_opened
from bot.workspace.faults import Faults
from bot.workspace.front_desk import FrontDesk
from bot.workspace.furnished import furnished_state
from bot.workspace.http_server import API_PATH, HttpServer
from bot.workspace.method import Office
from bot.workspace.payload import JsonObject
from bot.workspace.rate_limits import RateLimits
from bot.workspace.recorder import Recorder
from bot.workspace.socket_mode import SocketModeServer
from bot.workspace.state import Channel, Ephemeral, Message, Team, User
from bot.workspace.vouchers import Vouchers
from bot.workspace.web_api import ALL_SCOPES, Tokens, WebApi

_KEPT_DELIVERIES: Final = 100_000


@dataclass(frozen=True, slots=True)
class WorkspaceOptions:
    """How a workspace behaves; the defaults are Slack's, without its rate limits."""

    port: int = 0
    """Port of the Web API; 0 takes any free one."""
    ack_timeout_s: float = 3.0
    retry_delays_s: tuple[float, ...] = (0.0, 60.0, 300.0)
    enforces_rate_limits: bool = False
    scopes: frozenset[str] = ALL_SCOPES
    subscriptions: frozenset[str] = ALL_SUBSCRIPTIONS


class Workspace:
    """A local Slack with an admin, a member, #general, #questions, and the app installed.

    Use it as a context manager, or call `start` and `stop`. The app only needs `api_url`,
    `bot_token` and `app_token`; it cannot tell that this is not Slack.
    """

    def __init__(self, options: WorkspaceOptions | None = None) -> None:
        self.options = options or WorkspaceOptions()
        self.bot_token: Final = f"xoxb-local-{secrets.token_hex(12)}"
        self.app_token: Final = f"xapp-local-{secrets.token_hex(12)}"
        self.faults = Faults()
        self.recorder = Recorder()
        self._deliveries: deque[Delivery] = deque(maxlen=_KEPT_DELIVERIES)
        self._changed = threading.Condition(threading.RLock())
        self._numbers = itertools.count(1)
        self._state = furnished_state()
        self.courier = Courier(
            self.faults,
            ack_timeout_s=self.options.ack_timeout_s,
            retry_delays_s=self.options.retry_delays_s,
            changed=self._notify,
        )
        self.socket_mode = SocketModeServer(
            self._state.app.id, self.courier, self.faults, changed=self._notify
        )
        self._vouchers = Vouchers()
        self._http = HttpServer(self._front_desk().answer, self.faults)

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

    def stop(self) -> None:
        """Close the workspace and every connection to it."""
        self.socket_mode.stop()
        self.courier.stop()
        self._http.stop()

    @contextmanager
    def unreachable(self) -> Iterator[None]:
        """Refuse every connection for a while, as when the network is down."""
        self._http.stop()
        self.socket_mode.stop()
        yield
        self._http.start(self._http.port)
        self.socket_mode.start()

    @property
    def api_url(self) -> str:
        """The value for SLACK_API_URL."""
        return f"http://127.0.0.1:{self._http.port}{API_PATH}"

    @property
    def team(self) -> Team:
        """The workspace's name and ids."""
        return self._state.team

    @property
    def bot(self) -> User:
        """The app's bot user."""
        return self._state.app.user

    @property
    def bot_id(self) -> str:
        """The id under which the app's messages are posted."""
        return self._state.app.bot_id

    @property
    def admin(self) -> User:
        """Somebody who may administer the app."""
        return self._state.user("U0ADMIN")

    @property
    def member(self) -> User:
        """Somebody who may not."""
        return self._state.user("U0MEMBER")

    def users(self) -> list[User]:
        """Return everybody, the bot user included."""
        with self._changed:
            return list(self._state.users.values())

    def user(self, user_id: str) -> User:
        """Return a user by id."""
        with self._changed:
            return self._state.user(user_id)

    def channel(self, channel_id: str) -> Channel:
        """Return a channel by id."""
        with self._changed:
            return self._state.channel(channel_id)

    def channels_of(self, user: str) -> list[Channel]:
        """Return the channels and direct conversations that somebody is in."""
        with self._changed:
            return [c for c in self._state.channels.values() if user in c.members]

    def channel_id(self, name: str) -> str:
        """Return the id of a channel by its name, such as `general`."""
        with self._changed:
            return self._state.channel(f"#{name}").id

    def direct_channel_id(self, user: str) -> str:
        """Return the id of the conversation between a person and the app."""
        with self._changed:
            return self._state.direct_channel(user).id

    def post_as(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> str:
        """Post a message as a person, as Slack would receive it; return its timestamp."""
        with self._changed:
            message, events = people.post(self._state, user, channel, text, thread_ts)
            self._publish(events)
            return message.ts

    def edit_as(self, user: str, channel: str, ts: str, text: str) -> None:
        """Edit one's own message."""
        with self._changed:
            self._publish(people.edit(self._state, user, channel, ts, text))

    def delete_as(self, user: str, channel: str, ts: str) -> None:
        """Delete one's own message."""
        with self._changed:
            self._publish(people.delete(self._state, user, channel, ts))

    def command_as(self, user: str, channel: str, typed: str) -> Delivery:
        """Send a slash command, such as `/onrecord help`."""
        with self._changed:
            payload = people.command(
                self._state, self._vouchers, self.api_url, user, channel, typed
            )
            return self._deliver("slash_commands", payload)

    def press_as(self, user: str, channel: str, ts: str, action_id: str) -> Delivery:
        """Press a button of a message, found by its `action_id`."""
        with self._changed:
            message = self._state.message(channel, ts)
            payload = people.press(
                self._state, self._vouchers, self.api_url, user, message, action_id
            )
            return self._deliver("interactive", payload)

    def open_home_as(self, user: str, tab: str = "home") -> None:
        """Open the app's `home` or `messages` tab."""
        with self._changed:
            self._publish(home_opened(self._state, user, tab))

    def home(self, user: str) -> JsonObject | None:
        """Return the home that the app shows to a person."""
        with self._changed:
            return self._state.home_views.get(user)

    def modal(self, user: str) -> JsonObject | None:
        """Return the modal that a person has before them."""
        with self._changed:
            return self._state.modals.get(self._state.open_modal.get(user, ""))

    def messages(self, channel: str) -> list[Message]:
        """Return all messages of a channel, replies included, oldest first."""
        with self._changed:
            return list(self._state.messages(channel))

    def thread(self, channel: str, ts: str) -> list[Message]:
        """Return a conversation: its first message, then the replies in order."""
        with self._changed:
            return self._state.thread(channel, ts)

    def replies(self, channel: str, ts: str) -> list[Message]:
        """Return what the app has written under a message."""
        return [message for message in self.thread(channel, ts) if message.bot_id == self.bot_id]

    def status(self, channel: str, ts: str) -> str:
        """Return what the app says it is doing in a thread, or nothing."""
        with self._changed:
            return self._state.status(channel, ts)

    def ephemerals(self, user: str) -> list[Ephemeral]:
        """Return the messages that only this person has seen."""
        with self._changed:
            return [message for message in self._state.ephemerals if message.user == user]

    def deliveries(self) -> list[Delivery]:
        """Return every payload sent to the app, with its attempts and its acknowledgement."""
        with self._changed:
            return list(self._deliveries)

    def wait_until_delivered(self, timeout_s: float = 10.0) -> bool:
        """Wait until every event has been acknowledged or given up."""
        return self.wait_for(lambda: self.courier.pending == 0, timeout_s)

    def wait_for(self, predicate: Callable[[], bool], timeout_s: float = 10.0) -> bool:
        """Wait until something is true, looking again whenever anything has changed."""
        with self._changed:
            return self._changed.wait_for(predicate, timeout_s)

    def _front_desk(self) -> FrontDesk:
        office = Office(
            self._state,
            self._publish,
            self.socket_mode.new_url,
            lambda: self.api_url,
            self._vouchers,
        )
        limits = RateLimits(is_enforced=self.options.enforces_rate_limits)
        tokens = Tokens(self.bot_token, self.app_token)
        api = WebApi(office, tokens, self.options.scopes, limits)
        return FrontDesk(api, office, self.recorder, self._changed)

    def _publish(self, events: Iterable[Event]) -> None:
        for event in events:
            if event.subscription in self.options.subscriptions:
                event_id = f"Ev{next(self._numbers):010d}"
                body = envelope_body(self._state, event.body, event_id=event_id)
                self._deliver("events_api", body)
        self._changed.notify_all()

    def _deliver(self, kind: str, payload: JsonObject) -> Delivery:
        delivery = self.courier.submit(kind, payload)
        self._deliveries.append(delivery)
        return delivery

    def _notify(self) -> None:
        with self._changed:
            self._changed.notify_all()
