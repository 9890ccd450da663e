"""How each kind of refusal looks: its first line, why, what came near, what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.slack.safe_text import fit, markdown, one_line
from bot.slack.show.blocks import context
from bot.slack.show.message import Block
from bot.slack.show.pieces import Piece, fixed
from bot.slack.show.places import MAX_PLACE_CHARS, place, spoken_place
from bot.slack.show.words import counted, moment
from retrieval.model import Citation, Reason, Refusal, Searched

MAX_WHY_CHARS: Final = 1_500
MAX_EXCERPT_CHARS: Final = 200
MOST_NEAREST: Final = 2
NEAREST: Final = "Nearest passages, not an answer:"


@dataclass(frozen=True, slots=True)
class Look:
    """The first line of a refusal, and which buttons make sense below it."""

    headline: str
    has_feedback: bool = True
    can_ask_person: bool = False
    can_report_gap: bool = False
    can_be_shared: bool = False


LOOKS: Final = {
    Reason.NOTHING_FOUND: Look(
        "Not in the documents", can_ask_person=True, can_report_gap=True, can_be_shared=True
    ),
    Reason.NOT_ANSWERED: Look(
        "No answer in the documents", can_ask_person=True, can_report_gap=True, can_be_shared=True
    ),
    Reason.CONTRADICTED: Look(
        "The documents say otherwise", can_ask_person=True, can_be_shared=True
    ),
    Reason.NOT_PERMITTED: Look("Not open to you", can_ask_person=True),
    Reason.UNCLEAR: Look("Not clear enough"),
    Reason.BUSY: Look("Too busy right now", has_feedback=False),
    Reason.ERROR: Look("Something went wrong", has_feedback=False),
}


def why(refusal: Refusal) -> list[Piece]:
    """Return what kind of refusal it is, bold, and why, as paragraphs of Markdown."""
    headline, *reason = _said(refusal)
    shown = [fit(text, MAX_WHY_CHARS, markdown)[0] for text in reason]
    return [fixed(f"**{headline}**"), *(fixed(text) for text in shown if text.strip())]


def spoken_why(refusal: Refusal) -> list[str]:
    """Return the same as it is read out."""
    headline, *reason = _said(refusal)
    return [f"{headline}.", *reason]


def pointers(refusal: Refusal) -> list[Block]:
    """Return the nearest passages and what was searched, small."""
    nearest = refusal.nearest[:MOST_NEAREST]
    lines = [f"{place(citation)}: {_excerpt(citation)}" for citation in nearest]
    blocks: list[Block] = []
    if lines:
        blocks.append(context(NEAREST, *lines, max_chars=MAX_PLACE_CHARS + MAX_EXCERPT_CHARS))
    if refusal.searched is not None:
        blocks.append(context(_searched(refusal.searched), max_chars=MAX_EXCERPT_CHARS))
    return blocks


def spoken_pointers(refusal: Refusal) -> list[str]:
    """Return the same as it is read out."""
    nearest = refusal.nearest[:MOST_NEAREST]
    said = [f"{spoken_place(citation)}: {_excerpt(citation)}" for citation in nearest]
    searched = [_searched(refusal.searched)] if refusal.searched is not None else []
    return [*([f"{NEAREST} {'; '.join(said)}"] if said else []), *searched]


def _said(refusal: Refusal) -> list[str]:
    headline = LOOKS[refusal.reason].headline
    reason = refusal.message.strip()
    is_repeated = reason.rstrip(".:").casefold() == headline.casefold()
    return [headline] if is_repeated or not reason else [headline, reason]


def _excerpt(citation: Citation) -> str:
    return f"“{one_line(citation.quote, MAX_EXCERPT_CHARS)}”"


def _searched(searched: Searched) -> str:
    documents = counted(searched.documents, "document")
    # Only the moment: a message stands for years, in which "2 hours ago" would become false.
    return f"Searched {documents}, last indexed {moment(searched.indexed_at)}."
