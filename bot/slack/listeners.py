"""What Bolt calls: each event is claimed, then acknowledged; everything slow is done elsewhere."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from concurrent.futures import Executor

from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.slack.connect import SlackAccess
from bot.slack.events import Asked, BotIdentity, Overheard, read_event
from bot.slack.inbox import Claim, Inbox
from bot.slack.logs import library_log

log = logging.getLogger(__name__)

Body = dict[str, object]


class Receiver:
    """Claims what Slack delivers, before Slack is told that it arrived."""

    def __init__(self, bot: BotIdentity, inbox: Inbox) -> None:
        self._bot = bot
        self._inbox = inbox

    def receive(self, body: Body) -> None:
        """Claim one event; an exception leaves it unacknowledged, and Slack sends it again."""
        heard = read_event(body, self._bot)
        if isinstance(heard, Overheard):
            self._inbox.overhear(heard)
        elif isinstance(heard, Asked):
            claim = self._inbox.claim(heard)
            level = logging.INFO if claim is Claim.NEW else logging.DEBUG
            log.log(level, "event event_id=%s kind=%s claim=%s", heard.event_id, heard.kind, claim)


def build_app(
    client: WebClient,
    access: SlackAccess,
    bot: BotIdentity,
    receiver: Receiver,
    listeners: Executor,
) -> App:
    """Make the Bolt app. It claims and acknowledges; everything slow is done elsewhere."""

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
        # Given, it also keeps SLACK_CLIENT_ID in the environment from switching to OAuth.
        authorize=authorize,
        listener_executor=listeners,
        logger=library_log("slack_bolt", logging.ERROR),
    )

    @app.middleware
    def acknowledge_notices(body: Body, next: Callable[[], None]) -> BoltResponse | None:
        # `app_rate_limited` carries no event, so no listener could match it.
        if body.get("type") == "app_rate_limited":
            log.error("slack_drops_events reason=app_rate_limited")
            return BoltResponse(status=200)
        next()
        return None

    # Middleware, since Bolt acknowledges events before it runs their listener.
    def claim(body: Body, next: Callable[[], None]) -> None:
        receiver.receive(body)
        next()

    def acknowledged() -> None: ...

    app.event("app_mention", middleware=[claim])(acknowledged)
    app.event("message", middleware=[claim])(acknowledged)
    # Whatever else the app is subscribed to: unmatched, it would be delivered again.
    app.event(re.compile(".*"))(acknowledged)
    return app
