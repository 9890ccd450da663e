"""The app's home, and the questions suggested above a conversation with the bot."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from bot.slack.desk.admin_digests import AdminDigests
from bot.slack.desk.admins import Admins
from bot.slack.desk.digests import audit_digest
from bot.slack.desk.documents import Documents
from bot.slack.desk.post import Post
from bot.slack.desk.running import Runs
from bot.slack.poster import UndeliverableError
from bot.slack.records import Records
from bot.slack.records.answers import KeptAnswer
from bot.slack.rights import Rights
from bot.slack.show.home import AdminPart, AskedBefore, home_view
from retrieval.errors import OnrecordError
from retrieval.index.status import CorpusStatus

log = logging.getLogger(__name__)

_LAST_QUESTIONS = 5
_LAST_ACTS = 10


class Home:
    """Shows each person their home: admins see more."""

    def __init__(
        self,
        bot_name: str,
        post: Post,
        records: Records,
        corpus: Documents,
        admins: Admins,
        runs: Runs,
        permalink: Callable[[str, str, str], str | None],
        rights: Rights,
        digests: AdminDigests,
    ) -> None:
        self._rights = rights
        self._digests = digests
        self._bot_name = bot_name
        self._post = post
        self._records = records
        self._corpus = corpus
        self._admins = admins
        self._runs = runs
        self._permalink = permalink

    def opened(self, event: Mapping[str, object]) -> None:
        """Fill the tab that somebody has opened."""
        user, channel = str(event.get("user", "")), str(event.get("channel", ""))
        if event.get("tab") == "home":
            self.publish(user)
        elif event.get("tab") == "messages" and (questions := self._suggestions(user)):
            self._post.suggest(channel, questions)

    def publish(self, user: str, just_asked: str = "") -> None:
        """Show somebody their home as it is now, after they have asked something there."""
        allowed = self._rights.alone(user)
        corpus = self._corpus.within(allowed.names)
        status, whole = _status(corpus), _status(self._corpus)
        admin = self._admin_part(whole, user) if whole and self._admins.include(user) else None
        asked = [self._asked(kept) for kept in self._records.answers.recent(user, _LAST_QUESTIONS)]
        suggestions = corpus.suggestions() if status else ()
        closed = "" if allowed.names else allowed.why_not
        view = home_view(
            *(self._bot_name, status, suggestions, asked, admin),
            closed=closed,
            just_asked=just_asked,
        )
        try:
            self._post.publish_home(user, view)
        except UndeliverableError as error:
            log.warning("home_not_shown error=%s", error.code)

    def _suggestions(self, user: str) -> tuple[str, ...]:
        return self._corpus.within(self._rights.alone(user).names).suggestions()

    def _admin_part(self, status: CorpusStatus, user: str) -> AdminPart:
        records, run = self._records, self._runs.in_work
        return AdminPart(
            status=status,
            last_run=self._runs.last(),
            gaps=self._digests.gaps(),
            feedback=self._digests.feedback(user),
            running=self._runs.progress,
            run_id=run.start.id if run else "",
            audit=audit_digest(records.audit.recent(_LAST_ACTS)),
        )

    def _asked(self, kept: KeptAnswer) -> AskedBefore:
        is_message = kept.thread.replace(".", "").isdigit()
        place = self._permalink(kept.channel, kept.thread, kept.thread) if is_message else None
        return AskedBefore(kept.question, kept.outcome, kept.at, place)


def _status(corpus: Documents) -> CorpusStatus | None:
    try:
        return corpus.status()
    except OnrecordError as error:
        log.warning("status_unknown error=%s", error)
        return None
