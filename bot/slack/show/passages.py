"""The passages behind an answer, opened at their place, as a modal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.slack.safe_text import displayable, one_line, shorten, shorten_start
from bot.slack.show.blocks import context, divider, header, modal, section, small_lines
from bot.slack.show.message import Block, View
from bot.slack.show.places import inner_place
from bot.slack.show.rich_text import literal_words, paragraph, quotation, rich_text
from bot.slack.show.room import parts_that_fit
from bot.slack.show.words import counted, moment
from retrieval.answer.opened import Opened, Standing

MAX_QUOTE_CHARS: Final = 2_500
MAX_PASSAGE_CHARS: Final = 3_000
"""The quotation with what stands around it in its own passage."""
MAX_NEIGHBOUR_CHARS: Final = 400
_MAX_TITLE_CHARS: Final = 80

_NEWS: Final = {
    Standing.UNCHANGED: ("", ""),
    Standing.MOVED: ("Moved", "The words now stand elsewhere in this document."),
    Standing.CHANGED: (
        "Changed",
        "The document does not hold these words any more. This is what it said when it was quoted.",
    ),
    Standing.GONE: (
        "Gone",
        "The document is not indexed any more. This is what it said when it was quoted.",
    ),
}
_NOT_AN_ANSWER: Final = "These passages come nearest to the question. They are not an answer."
_NOTHING: Final = "Nothing was quoted, so there is no passage to show."
_CLOSED: Final = "The documents that this rests on are not open to you."
_NOT_KEPT: Final = "The record of this answer is not kept any more. Ask again to see its passages."


def passages_view(opened: Sequence[Opened], *, are_nearest: bool = False) -> View:
    """Return each quotation bold inside its passage, with what stands around it, and where.

    `are_nearest` says that these are no quotations of an answer, but what came near.
    """
    parts = (_part(one, "" if are_nearest else f"[{n}] ") for n, one in enumerate(opened, 1))
    blocks = parts_that_fit(parts, len(opened), "passage")
    if are_nearest:
        return modal("Nearest passages", [section(_NOT_AN_ANSWER), *blocks])
    return modal("Passages", blocks[1:] or [section(_NOTHING)])


def record_gone_view() -> View:
    """Say that an answer is too old to be opened."""
    return modal("Passages", [section(_NOT_KEPT)])


def closed_view() -> View:
    """Say that the passages of an answer are not open to whoever looks."""
    return modal("Passages", [section(_CLOSED)])


def _part(one: Opened, number: str) -> list[Block]:
    news, explanation = _NEWS[one.standing]
    title = one_line(one.citation.title, _MAX_TITLE_CHARS)
    blocks = [divider(), header(f"{number}{news}: {title}" if news else f"{number}{title}")]
    if explanation:
        blocks.append(section(explanation))
    blocks += [context(note) for note in _notes(one)]
    blocks += _neighbour(shorten_start(one.before.strip(), MAX_NEIGHBOUR_CHARS))
    blocks.append(_passage(one))
    return blocks + _neighbour(shorten(one.after.strip(), MAX_NEIGHBOUR_CHARS))


def _passage(one: Opened) -> Block:
    """The quotation bold in its passage, which is shortened around it, never inside it."""
    quote, is_whole = _quote(one)
    bold = literal_words(quote, bold=True)
    if one.standing in (Standing.CHANGED, Standing.GONE):
        return rich_text(quotation(bold))
    opening, ending = _around(one, MAX_PASSAGE_CHARS - len(quote))
    after = literal_words(ending) if is_whole else []
    return rich_text(paragraph([*literal_words(opening), *bold, *after]))


def _around(one: Opened, room: int) -> tuple[str, str]:
    """What stands before and after; what one side does not need, the other may have."""
    opening = max(room // 2, room - len(one.ending))
    ending = max(room - room // 2, room - len(one.opening))
    return shorten_start(one.opening, opening), shorten(one.ending, ending)


def _quote(one: Opened) -> tuple[str, bool]:
    is_whole = len(one.quote) <= MAX_QUOTE_CHARS
    return one.quote if is_whole else shorten(one.quote, MAX_QUOTE_CHARS), is_whole


def _neighbour(text: str) -> list[Block]:
    return [small_lines(text)] if displayable(text).strip() else []


def _notes(one: Opened) -> list[str]:
    notes = inner_place(one.citation)
    if one.standing is Standing.MOVED:
        notes[-1] += " when it was quoted"
    if one.indexed_at is not None:
        notes.append(f"indexed {moment(one.indexed_at)}")
    said = [" · ".join(notes)]
    if len(one.quote) > MAX_QUOTE_CHARS:
        characters = counted(len(one.quote), "character")
        said.insert(0, f"The quotation has {characters}. Only its beginning stands here.")
    return said
