"""What Bolt calls: each event is noted, then acknowledged; everything slow is done elsewhere."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from concurrent.futures import Executor

from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.slack.connect import SlackAccess
from bot.slack.events import (
    Asked,
    BotIdentity,
    Deleted,
    Edited,
    Heard,
    Overheard,
    Stopped,
    read_event,
)
from bot.slack.inbox import Change, Claim, Inbox
from bot.slack.logs import library_log

log = logging.getLogger(__name__)

Body = dict[str, object]
Register = Callable[[App], None]

_EVERYTHING = re.compile(".*", re.DOTALL)
_HEARD_EVENTS = ("app_mention", "message", "agent_session_stopped")
_LAST_EVENTS = ("tokens_revoked", "app_uninstalled")


class Receiver:
    """Notes what Slack delivers, before Slack is told that it arrived."""

    def __init__(self, bot: BotIdentity, inbox: Inbox) -> None:
        self._bot = bot
        self._inbox = inbox

    def receive(self, body: Body) -> None:
        """Note one event; an exception leaves it unacknowledged, and Slack sends it again."""
        heard = read_event(body, self._bot)
        noted = self._note(heard)
        if noted is not None:
            is_news = noted in (Claim.NEW, Change.NOTED)
            log.log(
                logging.INFO if is_news else logging.DEBUG,
                "event event_id=%s is=%s noted=%s",
                body.get("event_id"),
                type(heard).__name__.lower(),
                noted,
            )

    def _note(self, heard: Heard) -> Claim | Change | None:
        match heard:
            case Asked():
                return self._inbox.claim(heard)
            case Edited():
                return self._inbox.edit(heard)
            case Deleted():
                return self._inbox.take_back(heard)
            case Stopped():
                return self._inbox.stop(heard)
            case Overheard():
                self._inbox.overhear(heard)
        return None


def build_app(
    client: WebClient,
    access: SlackAccess,
    bot: BotIdentity,
    receiver: Receiver,
    listeners: Executor,
    register: Register = lambda app: None,
) -> App:
    """Make the Bolt app; `register` adds the listeners for everything but messages."""

    def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=bot.team,
            bot_user_id=bot.user,
            bot_id=bot.bot_id,
            bot_token=access.bot_token,
        )

    app = App(
        name="onrecord",
        client=client,
        signing_secret=access.signing_secret or None,
        # Given, it also keeps SLACK_CLIENT_ID in the environment from switching to OAuth.
        authorize=authorize,
        listener_executor=listeners,
        logger=library_log("slack_bolt", logging.ERROR),
    )
    app.middleware(_acknowledge_notices)

    # Middleware, since Bolt acknowledges events before it runs their listener.
    def note(body: Body, next: Callable[[], None]) -> None:
        receiver.receive(body)
        next()

    for name in _HEARD_EVENTS:
        app.event(name, middleware=[note])(_acknowledged)
    for name in _LAST_EVENTS:
        app.event(name)(_report_the_end)
    register(app)
    # Whatever else the app is subscribed to: unmatched, it would be delivered again.
    app.event(_EVERYTHING)(_acknowledged)
    return app


def _acknowledge_notices(body: Body, next: Callable[[], None]) -> BoltResponse | None:
    # `app_rate_limited` carries no event, so no listener could match it.
    if body.get("type") == "app_rate_limited":
        log.error("slack_drops_events reason=app_rate_limited")
        return BoltResponse(status=200)
    next()
    return None


def _acknowledged() -> None: ...


def _report_the_end(event: Body) -> None:
    log.error("slack_access_ended reason=%s remedy=install the app again", event.get("type"))
