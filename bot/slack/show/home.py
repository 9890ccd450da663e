"""The app's home: what it can answer, how fresh it is, how to ask; more for admins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from bot.slack.safe_text import one_line
from bot.slack.show.actions import TRY_QUESTION
from bot.slack.show.blocks import (
    MAX_VALUE_CHARS,
    button,
    carried,
    context,
    header,
    section,
)
from bot.slack.show.corpus import Digest as Digest
from bot.slack.show.corpus import size_and_freshness
from bot.slack.show.home_admin import AdminPart as AdminPart
from bot.slack.show.home_admin import admin_blocks
from bot.slack.show.message import Block, View
from bot.slack.show.refusals import LOOKS
from bot.slack.show.rich_text import bullets, linked_words, literal_words, rich_text
from bot.slack.show.words import moment

if TYPE_CHECKING:
    from retrieval.index.status import CorpusStatus

MOST_SUGGESTIONS: Final = 3
MOST_ASKED: Final = 5
MOST_TITLES: Final = 10
MAX_LINE_CHARS: Final = 200
_ASKED: Final = "You asked “{}”. The answer comes in the Messages tab."
_OUTCOMES: Final = {
    "answered": "Answered",
    **{reason.value: look.headline for reason, look in LOOKS.items()},
}


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """A question that the reader asked."""

    question: str
    outcome: str
    """`answered`, or the reason of the refusal."""
    at: float
    """Unix seconds."""
    permalink: str | None


def home_view(
    bot_name: str,
    status: CorpusStatus | None,
    suggestions: Sequence[str],
    asked: Sequence[AskedBefore],
    admin: AdminPart | None,
    *,
    closed: str = "",
    just_asked: str = "",
    now: datetime | None = None,
) -> View:
    """Return the home of one person.

    `closed` says why no documents are open to them, `just_asked` is a question that they have asked
    here a moment ago.
    """
    blocks = [
        header(f"Ask {one_line(bot_name, 80)}"),
        section(
            "I answer questions with quotations from your documents, word for word, each with its"
            " source. What the documents do not say, I do not answer."
        ),
        *_documents(status, closed, now),
        *_how_to_ask(bot_name),
        *_suggested(suggestions if status else (), just_asked),
        *_asked_before(asked),
        *(admin_blocks(admin, now) if admin else []),
    ]
    return {"type": "home", "blocks": blocks}


def _documents(status: CorpusStatus | None, closed: str, now: datetime | None) -> list[Block]:
    if closed:
        return [section(closed)]
    if status is None or not status.documents:
        return [section("Nothing is indexed yet, so there is nothing that I could answer from.")]
    size, fresh = size_and_freshness(status, now)
    titles = list(dict.fromkeys(source.title for source in status.sources))
    shown = [one_line(title, 80) for title in titles[:MOST_TITLES]]
    more = len(titles) - len(shown)
    named = "; ".join(shown) + (f"; and {more:,} more" if more else "")
    return [header("What I can answer from"), section(named), context(f"{size}. {fresh}.")]


def _how_to_ask(bot_name: str) -> list[Block]:
    ways = (
        f"In a channel: mention me, @{one_line(bot_name, 80)}, and ask in a sentence.",
        "In a direct message: just ask. In my threads you can ask on.",
        "For your eyes only: /onrecord ask, then the question.",
        "To check what a message claims: “Check this message” in its menu.",
    )
    return [header("How to ask"), rich_text(bullets(literal_words(way) for way in ways))]


def _suggested(suggestions: Sequence[str], just_asked: str) -> list[Block]:
    usable = [question for question in suggestions if 0 < len(question) <= MAX_VALUE_CHARS]
    shown = [question for question in usable if carried(question).strip()][:MOST_SUGGESTIONS]
    if not shown:
        return []
    return [
        header("Try a question"),
        *(section(q, button("Ask", TRY_QUESTION, q, f"Ask: {q}")) for q in shown),
        *([context(_ASKED.format(one_line(just_asked, MAX_LINE_CHARS)))] if just_asked else []),
    ]


def _asked_before(asked: Sequence[AskedBefore]) -> list[Block]:
    if not asked:
        return []
    lines = (_asked(one) for one in asked[:MOST_ASKED])
    return [header("Your last questions"), rich_text(bullets(lines))]


def _asked(one: AskedBefore) -> list[Block]:
    outcome = _OUTCOMES.get(one.outcome, one.outcome)
    question = linked_words(one_line(one.question, MAX_LINE_CHARS), one.permalink)
    return [*question, *literal_words(f" {outcome}, {moment(one.at)}")]
