"""An answer or a refusal as one message.

Quotations stand in block quotes of one `markdown` block; all else is `plain_text`, which Slack
never reads as markup. Numbers keep their meaning: quotation [2] is source [2].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.slack.safe_text import fit, markdown, one_line, plain
from bot.slack.show.actions import ASK_PERSON, REPORT_GAP, SHARE, SHOW_PASSAGES
from bot.slack.show.blocks import actions, button, context, feedback, length
from bot.slack.show.help import help_message as help_message
from bot.slack.show.message import (
    MAX_ALL_CHARS,
    MAX_MARKDOWN_CHARS,
    MAX_TEXT_CHARS,
    Block,
    Message,
)
from bot.slack.show.notes import note_message as note_message
from bot.slack.show.notes import without_markup as without_markup
from bot.slack.show.pieces import Piece, fixed, whole_or_instead
from bot.slack.show.places import source_lines, sources
from bot.slack.show.quotations import beyond, body, reading
from bot.slack.show.refusals import LOOKS, Look, pointers, spoken_pointers, spoken_why, why
from retrieval.model import Answer, Refusal, SentenceRole

MAX_QUESTION_CHARS: Final = 500
MAX_NOTE_CHARS: Final = 300
MAX_ENDING_CHARS: Final = 1_500
GAP_REPORTED: Final = "Reported: the documents should answer this."


@dataclass(frozen=True, slots=True)
class Dress:
    """What stands around a result."""

    answer_id: str
    has_owners: bool = False
    """An owners' channel is configured: refusals offer "Ask a person"."""
    is_private: bool = False
    """Only the asker sees it: it can be shared in the channel."""
    note: str = ""
    """Stands first, small: "Updated: the question was edited."."""
    handed_on: str = ""
    """What came of "Ask a person"; replaces the button."""
    gap_reported: bool = False
    """Replaces the button "Report a gap" by a note."""


def answer_message(result: Answer | Refusal, dress: Dress) -> Message:
    """Return a result as one message within Slack's limits."""
    return Message(_text(result, dress, []), _blocks(result, dress, []))


def shared_message(question: str, result: Answer | Refusal, dress: Dress) -> Message:
    """Return a result as it is put before everybody: with the question first."""
    asked = one_line(question, MAX_QUESTION_CHARS)
    shown, _ = fit(asked, MAX_QUESTION_CHARS, markdown)
    opening = [fixed(f"**Question:** {shown}")]
    return Message(_text(result, dress, [f"Question: {asked}"]), _blocks(result, dress, opening))


def _blocks(result: Answer | Refusal, dress: Dress, opening: Sequence[Piece]) -> tuple[Block, ...]:
    above = [context(note, max_chars=MAX_NOTE_CHARS) for note in _first_words(result, dress)]
    below = [*sources(result.citations), *_endnotes(result, dress)]
    room = min(MAX_MARKDOWN_CHARS, MAX_ALL_CHARS - length(above) - length(below))
    reason = why(result) if isinstance(result, Refusal) else []
    pieces = [*opening, *reason, *body(result.sentences, result.citations)]
    text = whole_or_instead(pieces, room, "\n\n", beyond=beyond(result.sentences))
    return (*above, {"type": "markdown", "text": text}, *below)


def _endnotes(result: Answer | Refusal, dress: Dress) -> list[Block]:
    blocks = pointers(result) if isinstance(result, Refusal) else []
    blocks += [context(note, max_chars=MAX_NOTE_CHARS) for note in _outcomes(dress)]
    buttons = _buttons(result, dress)
    if buttons:
        blocks.append(actions(*buttons))
    if _look(result).has_feedback:
        blocks.append(feedback(dress.answer_id))
    return blocks


def _buttons(result: Answer | Refusal, dress: Dress) -> list[Block]:
    look, answer_id = _look(result), dress.answer_id
    buttons: list[Block] = []
    if result.citations:
        label = "Show passages: the quotations in their paragraphs"
        buttons.append(button("Show passages", SHOW_PASSAGES, answer_id, label))
    elif isinstance(result, Refusal) and result.nearest:
        label = "Show nearest passages in full; they are not an answer"
        buttons.append(button("Show nearest passages", SHOW_PASSAGES, answer_id, label))
    if look.can_ask_person and dress.has_owners and not dress.handed_on:
        label = "Ask a person: hand the question to the owners"
        buttons.append(button("Ask a person", ASK_PERSON, answer_id, label))
    if look.can_report_gap and not dress.gap_reported:
        label = "Report a gap: the documents should answer this"
        buttons.append(button("Report a gap", REPORT_GAP, answer_id, label))
    if look.can_be_shared and dress.is_private:
        label = "Share in channel, where everybody can see it"
        buttons.append(button("Share in channel", SHARE, answer_id, label))
    return buttons


def _look(result: Answer | Refusal) -> Look:
    return LOOKS[result.reason] if isinstance(result, Refusal) else Look("", can_be_shared=True)


def _outcomes(dress: Dress) -> list[str]:
    notes = (dress.handed_on, GAP_REPORTED if dress.gap_reported else "")
    return [note for note in notes if note]


def _text(result: Answer | Refusal, dress: Dress, opening: Sequence[str]) -> str:
    """The whole message for the ear."""
    reason = spoken_why(result) if isinstance(result, Refusal) else []
    first_words = [one_line(note, MAX_NOTE_CHARS) for note in _first_words(result, dress)]
    said = [*first_words, *opening, *reason]
    first = [fixed(text) for part in said if (text := fit(part, MAX_QUESTION_CHARS, plain)[0])]
    ending = fit(" ".join(_last_words(result, dress)), MAX_ENDING_CHARS, plain)[0]
    pieces = [*first, *reading(result.sentences, result.citations)]
    room = MAX_TEXT_CHARS - len(ending) - 1
    said_first = whole_or_instead(pieces, room, " ", beyond=beyond(result.sentences))
    return f"{said_first} {ending}".strip()


def _first_words(result: Answer | Refusal, dress: Dress) -> list[str]:
    """What stands before everything else: what happened to the question, and how it was read."""
    looked_for = f"I looked for: {result.looked_for}" if result.looked_for else ""
    return [note for note in (dress.note, looked_for) if note]


def _last_words(result: Answer | Refusal, dress: Dress) -> list[str]:
    is_written = any(s.kind is SentenceRole.WRITTEN for s in result.sentences)
    said = [f"Sources: {'; '.join(source_lines(result.citations))}."] if is_written else []
    said += spoken_pointers(result) if isinstance(result, Refusal) else []
    return [*said, *_outcomes(dress)]
