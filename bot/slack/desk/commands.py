"""`/onrecord`: what each word after it does. Everything it says, only its user sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.run_text import pace_of, run_text
from bot.slack.desk.admin_digests import AdminDigests
from bot.slack.desk.admins import Admins
from bot.slack.desk.asking import Asking
from bot.slack.desk.documents import Documents
from bot.slack.desk.interactions import Command
from bot.slack.desk.post import Post
from bot.slack.desk.preview import Previews
from bot.slack.desk.running import Runs
from bot.slack.events import Wants
from bot.slack.inbox import Inbox
from bot.slack.records import Records
from bot.slack.rights import Rights
from bot.slack.show.actions import REINDEX, ROLLBACK
from bot.slack.show.answers import help_message, note_message
from bot.slack.show.corpus import digest_message, sources_message, status_message
from bot.slack.show.message import Message
from bot.slack.show.running import rollback_offer

NOT_ADMIN: Final = "Only admins of Onrecord may do that. /onrecord help lists what you can do."
NO_QUESTION: Final = "Write your question after the command: /onrecord ask When do we open?"
NO_CLAIM: Final = "Write the claim after the command: /onrecord check We open at nine."
NO_GAPS: Final = "Nobody has reported a gap."
NO_FEEDBACK: Final = "Nobody has said anything of an answer yet."
NO_WRITING: Final = "No chat model has been asked for an answer yet."
MOST_WRITTEN: Final = 20
FOLLOW_UPS: Final = "Write /onrecord followups on, or off, in the channel that it is for."
FOLLOW_UPS_ON: Final = "In this channel I answer follow-ups in my threads without a mention."
FOLLOW_UPS_OFF: Final = "In this channel I wait for a mention each time."


class Commands:
    """One method a word."""

    def __init__(
        self,
        bot_name: str,
        post: Post,
        inbox: Inbox,
        records: Records,
        corpus: Documents,
        admins: Admins,
        asking: Asking,
        runs: Runs,
        previews: Previews,
        rights: Rights,
        digests: AdminDigests,
    ) -> None:
        self._rights = rights
        self._digests = digests
        self._bot_name = bot_name
        self._post = post
        self._inbox = inbox
        self._records = records
        self._corpus = corpus
        self._admins = admins
        self._asking = asking
        self._runs = runs
        self._previews = previews
        self._everybody: dict[str, Callable[[Command], None]] = {
            "ask": self._ask,
            "check": self._check,
            "sources": self._sources,
            "status": self._status,
            "help": self._help,
        }
        self._for_admins: dict[str, Callable[[Command], None]] = {
            REINDEX: self._reindex,
            ROLLBACK: self._rollback,
            "gaps": self._gaps,
            "feedback": self._feedback,
            "written": self._written,
            "followups": self._follow_ups,
        }

    def asks(self, command: Command) -> bool:
        """Whether a command is a question or a claim, and so has to be kept until answered."""
        word = command.word.lower()
        known = word in self._everybody or word in self._for_admins
        return bool(command.rest) and (word in ("ask", "check") or not known)

    def obey(self, command: Command) -> None:
        """Do what a command says; words that are no command are a question."""
        word = command.word.lower()
        if word in self._for_admins:
            if self._admins.include(command.user):
                self._for_admins[word](command)
            else:
                self._records.audit.refuse(command.user, word)
                self._tell(command, NOT_ADMIN)
        elif word in self._everybody:
            self._everybody[word](command)
        elif command.rest:
            self._asking.by_command(command, command.text, Wants.ANSWER)
        else:
            self._help(command)

    def _ask(self, command: Command) -> None:
        if command.rest:
            self._asking.by_command(command, command.rest, Wants.ANSWER)
        else:
            self._tell(command, NO_QUESTION)

    def _check(self, command: Command) -> None:
        if command.rest:
            self._asking.by_command(command, command.rest, Wants.CHECK)
        else:
            self._tell(command, NO_CLAIM)

    def _sources(self, command: Command) -> None:
        allowed = self._rights.alone(command.user, command.channel)
        if allowed.names:
            self._show(command, sources_message(self._corpus.within(allowed.names).status()))
        else:
            self._tell(command, allowed.why_not)

    def _status(self, command: Command) -> None:
        whole = status = self._corpus.status()
        is_admin = self._admins.include(command.user)
        if not is_admin:
            allowed = self._rights.alone(command.user, command.channel)
            if not allowed.names:
                self._tell(command, allowed.why_not)
                return
            status = self._corpus.within(allowed.names).status()
        run, waiting = self._runs.in_work, self._inbox.unanswered()
        # Who runs it and which file it reads is for admins; how many there are, for whoever sees
        # them all.
        in_work = "" if run is None else (run_text(run) if is_admin else pace_of(run))
        last = self._runs.last()
        if status != whole:
            in_work = last = ""
        self._show(command, status_message(status, waiting, last, in_work=in_work))

    def _help(self, command: Command) -> None:
        is_admin = self._admins.include(command.user)
        self._show(command, help_message(self._bot_name, is_admin=is_admin))

    def _reindex(self, command: Command) -> None:
        self._previews.open(command.trigger_id)

    def _rollback(self, command: Command) -> None:
        self._show(command, rollback_offer(self._corpus.status()))

    def _gaps(self, command: Command) -> None:
        self._records.audit.note_reading(command.user, "gaps")
        digest = self._digests.gaps()
        self._show(command, digest_message("Gaps", digest, NO_GAPS))

    def _feedback(self, command: Command) -> None:
        self._records.audit.note_reading(command.user, "feedback")
        digest = self._digests.feedback(command.user)
        self._show(command, digest_message("Feedback", digest, NO_FEEDBACK))

    def _written(self, command: Command) -> None:
        self._records.audit.note_reading(command.user, "written")
        digest = self._digests.writing(command.user)
        self._show(command, digest_message("Written by the chat model", digest, NO_WRITING))

    def _follow_ups(self, command: Command) -> None:
        if command.rest not in ("on", "off"):
            self._tell(command, FOLLOW_UPS)
            return
        is_on = command.rest == "on"
        self._records.channels.set_follow_ups(command.channel, is_on)
        self._records.audit.note(command.user, f"followups {command.rest}", command.channel)
        self._tell(command, FOLLOW_UPS_ON if is_on else FOLLOW_UPS_OFF)

    def _tell(self, command: Command, text: str) -> None:
        self._show(command, note_message(text))

    def _show(self, command: Command, message: Message) -> None:
        self._post.respond(command.response_url, message)
