"""Questions and claims that come by other ways than a message: queued like any other."""

from __future__ import annotations

from bot.slack.desk.interactions import Command, Press, Shortcut
from bot.slack.desk.post import Post
from bot.slack.events import Asked, BotIdentity, Kind, Wants
from bot.slack.inbox import Inbox
from bot.slack.mrkdwn import plain_text
from bot.slack.show.answers import note_message
from bot.slack.show.verdicts import checking_view


class Asking:
    """Puts a question or a claim into the inbox, with the way that its answer takes."""

    def __init__(self, bot: BotIdentity, post: Post, inbox: Inbox) -> None:
        self._bot = bot
        self._post = post
        self._inbox = inbox

    def by_command(self, command: Command, text: str, wants: Wants) -> None:
        """Answer in private, at the command's address."""
        self._claim(
            command.team,
            command.channel,
            command.user,
            Kind.COMMAND,
            self._read(text),
            (command.trigger_id, command.response_url),
            wants,
        )

    def by_shortcut(self, shortcut: Shortcut) -> None:
        """Check a message's claims in a modal that opens at once."""
        text = self._read(shortcut.text)
        view_id = self._post.open_view(shortcut.trigger_id, checking_view(text))
        self._claim(
            shortcut.team,
            shortcut.channel,
            shortcut.user,
            Kind.SHORTCUT,
            text,
            (shortcut.trigger_id, f"view:{view_id}"),
            Wants.CHECK,
        )

    def by_suggestion(self, press: Press) -> None:
        """Ask a suggested question in the conversation with the one who pressed it."""
        root = self._post.send(press.user, note_message(f"You asked: {press.value}"))
        self._inbox.claim(
            Asked(
                event_id=f"suggestion/{press.trigger_id}",
                team=self._bot.team,
                channel=root.channel,
                ts=root.ts,
                thread=root.ts,
                user=press.user,
                kind=Kind.DIRECT,
                text=press.value,
            )
        )

    def _claim(
        self,
        team: str,
        channel: str,
        user: str,
        kind: Kind,
        text: str,
        ways: tuple[str, str],
        wants: Wants,
    ) -> None:
        trigger_id, reply_to = ways
        place = f"{kind.value}/{trigger_id}"  # no message of Slack's, so no timestamp of Slack's
        self._inbox.claim(
            Asked(
                event_id=place,
                team=team or self._bot.team,
                channel=channel,
                ts=place,
                thread=place,
                user=user,
                kind=kind,
                text=text,
                reply_to=reply_to,
                wants=wants,
            )
        )

    def _read(self, text: str) -> str:
        return plain_text(text, self._bot.user)
