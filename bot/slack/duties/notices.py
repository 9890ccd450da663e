"""Telling where an answer stands that its documents have changed since.

Whoever has published a generation, this process notices. A note is claimed on disk before it is
posted and looked for in its thread before it is posted a second time, so that each stands there
once, whenever the process dies.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Protocol

from bot.slack.duties.duty import Duty
from bot.slack.poster import Poster, RecalledError, UndeliverableError
from bot.slack.records import Records
from bot.slack.records.answers import KeptAnswer
from bot.slack.records.notices import Due, Found, Notice
from bot.slack.replies import Reply
from bot.slack.show.notes import note_message
from bot.slack.show.notices import Loss, notice_text
from retrieval.answer.opened import Compared, Standing
from retrieval.errors import OnrecordError
from retrieval.model import Citation

log = logging.getLogger(__name__)

LOOK_S = 5.0
MOST_NOTICES = 100
"""Notes that one generation leads to; below older answers there is none then."""
_AT_ONCE = 50
_LOST = (Standing.CHANGED, Standing.GONE)


class Documents(Protocol):
    """What knows the published documents; raises `OnrecordError` if they cannot be read."""

    def generation(self) -> int:
        """Number of the published generation."""
        ...

    def compare(self, citations: Sequence[Citation], since: int) -> Compared:
        """Say what has become of citations that were looked at in generation `since`."""
        ...


class NoticeDuty(Duty):
    """Compares the answers of the last days with each new generation, and says what is lost."""

    def __init__(
        self,
        documents: Documents,
        records: Records,
        poster: Poster,
        *,
        days: int,
        interval_s: float,
        may_see: Callable[[KeptAnswer], bool] = lambda kept: True,
        look_s: float = LOOK_S,
        most: int = MOST_NOTICES,
    ) -> None:
        super().__init__("notices")
        self._documents = documents
        self._notices = records.notices
        self._poster = poster
        self._may_see = may_see
        self._younger_than_s = days * 24 * 3600.0
        self._interval_s = interval_s
        self._look_s = look_s
        self._most = most
        self._untried: set[str] = set()
        """Claimed here and never sent: they need not be looked for."""
        self._capped = 0

    def look(self) -> None:
        """Post what is claimed, compare what is due, and wait."""
        self._post_claimed()
        try:
            has_more = self._compare()
        except OnrecordError as error:
            # Whoever asks a question is told; so is the log.
            log.debug("nothing_compared error=%s", error)
            has_more = False
        self._post_claimed()
        if not has_more:
            self.stopping.wait(self._look_s)

    def _compare(self) -> bool:
        """Compare some answers; returns whether there may be more."""
        generation = self._documents.generation()
        due = self._notices.due(generation, self._younger_than_s, _AT_ONCE)
        room = self._most - self._notices.count(generation) if due else 0
        compared = []
        for answer in due:
            found, is_news = self._look_at(answer, has_room=room > 0)
            compared.append(found)
            room -= is_news
        self._notices.compared(compared)
        return len(due) == _AT_ONCE

    def _look_at(self, due: Due, *, has_room: bool) -> tuple[Found, bool]:
        """Compare one answer; returns also whether there is something to be said of it."""
        citations = due.kept.result.citations
        found = self._documents.compare(citations, due.compared)
        standings = dict(enumerate(found.standings, 1))
        lost = {n for n, standing in standings.items() if standing in _LOST}
        # A document that is what it was has kept or lost what it had.
        dead = lost | {n for n in due.dead if standings.get(n, Standing.GONE) is None}
        news = sorted(dead - due.dead)
        if news and not self._may_see(due.kept):
            news = []  # those who were answered may not see the document any more
        if news and has_room:
            text = notice_text(due.kept.question, _losses(citations, standings, news))
            self._notices.claim(due.kept, found.generation, text)
            self._untried.add(f"{due.kept.answer_id}:{found.generation}")
        elif news and self._capped != found.generation:
            self._capped = found.generation
            log.warning("notices_capped generation=%d most=%d", found.generation, self._most)
        return Found(due, found.generation, frozenset(dead)), bool(news)

    def _post_claimed(self) -> None:
        for notice in self._notices.claimed():
            if self.stopping.is_set():
                return
            self._post(notice)
            self.stopping.wait(self._interval_s)

    def _post(self, notice: Notice) -> None:
        is_new = notice.reply_id in self._untried
        self._untried.discard(notice.reply_id)
        reply = Reply(
            answer_id=notice.reply_id,
            channel=notice.channel,
            thread=notice.thread,
            question_ts=notice.thread,
            message=note_message(notice.text),
        )
        try:
            sent = self._poster.post(
                reply,
                maybe_posted=not is_new,
                is_wanted=lambda: self._notices.is_wanted(notice),
            )
        except UndeliverableError as error:
            log.warning("notice_undeliverable id=%s error=%s", notice.reply_id, error.code)
            self._notices.settle(notice, "undeliverable")
        except RecalledError:
            self._notices.settle(notice, "withdrawn")
        else:
            self._notices.settle(notice, "posted", sent.ts)
            log.info("notice_posted id=%s", notice.reply_id)


def _losses(
    citations: Sequence[Citation], standings: dict[int, Standing | None], news: Iterable[int]
) -> list[Loss]:
    """What is lost anew, by source and in the order of the answer."""

    def source(number: int) -> str:
        return citations[number - 1].source

    first = {source(number): number for number in sorted(news, reverse=True)}
    ordered = sorted(news, key=lambda number: (first[source(number)], number))
    return [
        Loss(
            title=citations[numbers[0] - 1].title,
            is_removed=standings[numbers[0]] is Standing.GONE,
            numbers=tuple(numbers),
        )
        for numbers in (list(group) for _, group in groupby(ordered, key=source))
    ]
