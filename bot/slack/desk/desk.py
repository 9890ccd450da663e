"""Bolt's listeners for everything but messages: acknowledge, then do, and never end in silence."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.slack.desk.admin_digests import AdminDigests
from bot.slack.desk.admins import Admins
from bot.slack.desk.asking import Asking
from bot.slack.desk.commands import NO_FEEDBACK, NO_GAPS, NOT_ADMIN, Commands
from bot.slack.desk.documents import Documents
from bot.slack.desk.feedback import FeedbackDesk
from bot.slack.desk.gaps import GapDesk
from bot.slack.desk.home import Home
from bot.slack.desk.interactions import (
    Press,
    read_command,
    read_press,
    read_shortcut,
    read_submission,
)
from bot.slack.desk.options import BotOptions
from bot.slack.desk.passages import Passages
from bot.slack.desk.post import Post
from bot.slack.desk.preview import Previews
from bot.slack.desk.running import STARTED, Runs
from bot.slack.desk.sharing import Sharing
from bot.slack.desk.upkeep import NO_UPKEEP
from bot.slack.events import BotIdentity
from bot.slack.inbox import Inbox
from bot.slack.logs import where
from bot.slack.poster import AbandonedError
from bot.slack.records import Records
from bot.slack.rights import Rights
from bot.slack.show import actions
from bot.slack.show.answers import note_message
from bot.slack.show.corpus import digest_view
from retrieval.errors import OnrecordError

log = logging.getLogger(__name__)

FAILED = "Something went wrong. The operators can see why in the log."

Body = dict[str, object]
_EVERYTHING = re.compile(".*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Handlers:
    """The desk's parts, each with one kind of thing to do."""

    commands: Commands
    asking: Asking
    passages: Passages
    feedback: FeedbackDesk
    gaps: GapDesk
    sharing: Sharing
    home: Home
    runs: Runs
    previews: Previews
    admins: Admins
    digests: AdminDigests


def build_handlers(
    bot: BotIdentity,
    client: WebClient,
    post: Post,
    inbox: Inbox,
    records: Records,
    documents: Documents,
    options: BotOptions,
    rights: Rights,
) -> Handlers:
    """Put the parts together."""
    admins = Admins(options.admins, client, trusts_workspace=options.trusts_workspace_admins)
    upkeep = options.upkeep or NO_UPKEEP
    runs = Runs(post, records, upkeep)
    previews = Previews(post, runs, upkeep.preview)
    asking = Asking(bot, post, inbox)
    digests = AdminDigests(records, documents, rights)
    home = Home(bot.name, post, records, documents, admins, runs, bot.permalink, rights, digests)
    runs.changed = home.publish
    return Handlers(
        commands=Commands(
            *(bot.name, post, inbox, records, documents, admins, asking),
            *(runs, previews, rights, digests),
        ),
        asking=asking,
        passages=Passages(post, records, documents, rights),
        feedback=FeedbackDesk(post, records),
        gaps=GapDesk(*(post, records, options.owners_channel, bot.permalink, documents, rights)),
        sharing=Sharing(post, records, documents, rights),
        digests=digests,
        home=home,
        runs=runs,
        previews=previews,
        admins=admins,
    )


class Desk:
    """Registers a listener for each kind of interaction."""

    def __init__(self, handlers: Handlers, post: Post, records: Records) -> None:
        self._handlers = handlers
        self._post = post
        self._records = records

    def register(self, app: App) -> None:
        """Let Bolt call the desk."""
        h = self._handlers
        presses: dict[str, Callable[[Press], None]] = {
            actions.SHOW_PASSAGES: h.passages.show,
            actions.FEEDBACK: h.feedback.say,
            actions.ASK_PERSON: h.gaps.ask_person,
            actions.REPORT_GAP: h.gaps.report,
            actions.SHARE: h.sharing.share,
            actions.TRY_QUESTION: self._try_question,
            actions.REINDEX: self._only_admins(
                actions.REINDEX, lambda p: h.previews.open(p.trigger_id)
            ),
            actions.ROLLBACK: self._only_admins(actions.ROLLBACK, self._roll_back),
            actions.CANCEL_RUN: self._only_admins(actions.CANCEL_RUN, self._cancel_run),
            actions.SHOW_GAPS: self._only_admins(actions.SHOW_GAPS, self._show_gaps),
            actions.SHOW_FEEDBACK: self._only_admins(actions.SHOW_FEEDBACK, self._show_feedback),
        }
        app.command(_EVERYTHING)(self._command)
        for action_id, act in presses.items():
            app.action(action_id)(self._press(act))
        app.shortcut(actions.CHECK_SHORTCUT)(self._shortcut)
        app.view(actions.FEEDBACK_VIEW)(self._submission)
        app.view(actions.REINDEX_VIEW)(self._reindex_agreed)
        app.event("app_home_opened")(self._home_opened)
        # What nothing above takes, such as a choice made in a form, needs only to be acknowledged.
        app.action(_EVERYTHING)(_acknowledge)
        app.view(_EVERYTHING)(_acknowledge)
        app.view_closed(_EVERYTHING)(_acknowledge)
        app.shortcut(_EVERYTHING)(_acknowledge)

    def _command(self, ack: Ack, body: Body) -> None:
        command = read_command(body)
        if self._handlers.commands.asks(command):
            # Kept on disk first: once acknowledged, Slack does not send it again.
            self._handlers.commands.obey(command)
            ack()
            return
        ack()
        self._guarded(
            lambda: self._handlers.commands.obey(command),
            *("command", command.user, command.response_url),
        )

    def _press(self, act: Callable[[Press], None]) -> Callable[[Ack, Body], None]:
        def pressed(ack: Ack, body: Body) -> None:
            ack()
            press = read_press(body)
            self._guarded(
                lambda: act(press), press.action_id, press.user, press.response_url, press.thread
            )

        return pressed

    def _shortcut(self, ack: Ack, body: Body) -> None:
        ack()
        shortcut = read_shortcut(body)
        self._guarded(
            lambda: self._handlers.asking.by_shortcut(shortcut), "shortcut", shortcut.user
        )

    def _submission(self, ack: Ack, body: Body) -> None:
        # Kept first: a modal that closes has been heard.
        self._handlers.feedback.explain(read_submission(body))
        ack()

    def _reindex_agreed(self, ack: Ack, body: Body) -> None:
        ack()
        submission = read_submission(body)
        if self._handlers.admins.include(submission.user):  # they may have ceased to be one
            self._guarded(
                lambda: self._handlers.previews.agreed(submission), "reindex", submission.user
            )
        else:
            self._records.audit.refuse(submission.user, actions.REINDEX)
            self._tell(submission.user, "", "", NOT_ADMIN)

    def _home_opened(self, event: Body) -> None:
        self._guarded(lambda: self._handlers.home.opened(event), "home", "")

    def _try_question(self, press: Press) -> None:
        self._handlers.asking.by_suggestion(press)
        self._handlers.home.publish(press.user, just_asked=press.value)

    def _roll_back(self, press: Press) -> None:
        said = self._handlers.runs.rollback(press.user)
        if press.is_ephemeral:
            self._post.respond(press.response_url, note_message(said), replaces=True)
        elif said != STARTED:
            self._tell(press.user, press.response_url, press.thread, said)

    def _cancel_run(self, press: Press) -> None:
        text = self._handlers.runs.cancel(press.user, press.value)
        if press.response_url:
            self._tell(press.user, press.response_url, press.thread, text)
        else:
            self._handlers.home.publish(press.user)

    def _show_gaps(self, press: Press) -> None:
        self._records.audit.note_reading(press.user, "gaps")
        digest = self._handlers.digests.gaps()
        self._post.open_view(press.trigger_id, digest_view("Gaps", digest, NO_GAPS))

    def _show_feedback(self, press: Press) -> None:
        self._records.audit.note_reading(press.user, "feedback")
        digest = self._handlers.digests.feedback(press.user)
        self._post.open_view(press.trigger_id, digest_view("Feedback", digest, NO_FEEDBACK))

    def _only_admins(self, act: str, do: Callable[[Press], None]) -> Callable[[Press], None]:
        def checked(press: Press) -> None:
            if self._handlers.admins.include(press.user):
                do(press)
                return
            self._records.audit.refuse(press.user, act)
            self._tell(press.user, press.response_url, press.thread, NOT_ADMIN)

        return checked

    def _guarded(
        self, do: Callable[[], None], what: str, user: str, response_url: str = "", thread: str = ""
    ) -> None:
        """Do something; whatever goes wrong, the log says where and its author is told."""
        try:
            do()
        except AbandonedError:
            log.info("interaction_abandoned what=%s", what)  # the bot stops
        except Exception as error:
            # The Slack edge: a listener that raises would end in silence.
            log.error("interaction_failed what=%s error=%s", what, where(error))
            text = error.message if isinstance(error, OnrecordError) else FAILED
            self._tell(user, response_url, thread, text)

    def _tell(self, user: str, response_url: str, thread: str, text: str) -> None:
        """Tell somebody alone, where they are; what comes from a view, in the direct messages."""
        try:
            if response_url:
                self._post.respond(response_url, note_message(text), thread=thread)
            elif user:
                self._post.send(user, note_message(text))
        except Exception as error:
            log.error("failure_not_told error=%s", where(error))


def _acknowledge(ack: Ack) -> None:
    ack()
