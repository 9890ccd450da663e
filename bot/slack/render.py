"""An answer or a refusal as one Slack message. Pure.

Quotations stand in block quotes of one `markdown` block; sources, pointers and what was searched
stand below in `context` blocks of `plain_text`, which Slack never reads as markup. Numbers keep
their meaning: quotation [2] is source [2].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate

from bot.slack.safe_text import fit, markdown, plain
from retrieval.model import (
    Answer,
    AnswerSentence,
    Citation,
    Refusal,
    Searched,
    SentenceRole,
)

Block = dict[str, object]

MAX_MARKDOWN_CHARS = 7_500
"""Slack refuses 12,000 in all markdown blocks and about 13,200 in all blocks together."""
MAX_FALLBACK_CHARS = 3_900
MAX_SECTION_CHARS = 3_000
_MAX_OPENING_CHARS = 2_500
_MAX_SENTENCES = 12
_MAX_SOURCES = 10
_MAX_PLACE_CHARS = 80
_MAX_EXCERPT_CHARS = 200
_NEAREST = 2
_POINTERS_TITLE = "Nearest passages, not an answer:"
_SHORTENED = " *(shortened: the rest stands in the source)*"


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted: blocks for the eye, text for notifications and screen readers."""

    text: str
    blocks: tuple[Block, ...]


def render(result: Answer | Refusal) -> Message:
    """Lay out a result as one message within Slack's limits."""
    return _answer(result) if isinstance(result, Answer) else _refusal(result)


def help_message(bot_name: str) -> Message:
    """What a mere mention gets: how to ask."""
    return _note(
        f"Ask me a question in a sentence, for example: @{plain(bot_name)} how do I add a document?"
        " I answer with quotations from the indexed documents, each with its source, and say so"
        " when they do not hold the answer. In a thread that only the two of us use you can ask on"
        " without mentioning me."
    )


def without_markup(message: Message) -> Message:
    """The same message in the plainest blocks, for when Slack refuses the richer ones."""
    text = message.text
    pieces = [text[at : at + MAX_SECTION_CHARS] for at in range(0, len(text), MAX_SECTION_CHARS)]
    return Message(text, tuple({"type": "section", "text": _plain_text(piece)} for piece in pieces))


def _answer(answer: Answer) -> Message:
    text = _fallback(answer.text, answer.citations)
    quoted = "\n\n".join(_paragraphs(answer.sentences))
    return Message(text, (_markdown(quoted), *_sources(answer.citations)))


def _refusal(refusal: Refusal) -> Message:
    nearest = refusal.nearest[:_NEAREST]
    text = _fallback(refusal.text, refusal.citations, nearest)
    opening, _ = fit(refusal.message, _MAX_OPENING_CHARS, markdown)
    blocks = [_markdown("\n\n".join([opening, *_paragraphs(refusal.sentences)]))]
    blocks += _sources(refusal.citations)
    blocks += _pointers(nearest)
    if refusal.searched is not None:
        blocks.append(_context([_searched(refusal.searched)]))
    return Message(text, tuple(blocks))


def _note(text: str) -> Message:
    return Message(text, ({"type": "section", "text": _plain_text(text)},))


def _paragraphs(sentences: Sequence[AnswerSentence]) -> list[str]:
    """One paragraph a sentence; what is too long for the message is cut and says so."""
    shown = sentences[:_MAX_SENTENCES]
    if not shown:
        return []
    max_chars = (MAX_MARKDOWN_CHARS - _MAX_OPENING_CHARS) // len(shown)
    paragraphs = [_paragraph(sentence, max_chars) for sentence in shown]
    if len(sentences) > len(shown):
        paragraphs.append(f"and {len(sentences) - len(shown)} more")
    return paragraphs


def _paragraph(sentence: AnswerSentence, max_chars: int) -> str:
    is_quote = sentence.kind is SentenceRole.QUOTE
    numbers = "" if sentence.kind is SentenceRole.FRAME else f" {_bracketed(sentence.citations)}"
    room = max_chars - len(numbers) - len(_SHORTENED) - len("\n\n")
    text, is_whole = fit(sentence.text, room, _block_quote if is_quote else markdown)
    return f"{text}{numbers}{'' if is_whole else _SHORTENED}"


def _block_quote(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in markdown(text).split("\n"))


def _bracketed(numbers: Sequence[int]) -> str:
    return "".join(f"[{number}]" for number in numbers[:_MAX_SOURCES])


def _sources(citations: Sequence[Citation]) -> list[Block]:
    if not citations:
        return []
    lines = _source_lines(citations)
    shown = [_plain_text(line) for line in lines[:_MAX_SOURCES]]
    blocks = [_context([_plain_text("Sources")]), _context(shown)]
    if len(lines) > _MAX_SOURCES:
        blocks.append(_context([_plain_text(f"and {len(lines) - _MAX_SOURCES} more")]))
    return blocks


def _source_lines(citations: Sequence[Citation]) -> list[str]:
    """One line a place, with the numbers of the quotations from there: "[1][3] Handbook · …"."""
    numbers: dict[str, list[int]] = {}
    for number, citation in enumerate(citations, 1):
        numbers.setdefault(_place(citation), []).append(number)
    return [f"{_bracketed(held)} {place}" for place, held in numbers.items()]


def _pointers(nearest: Sequence[Citation]) -> list[Block]:
    if not nearest:
        return []
    elements = [_plain_text(_POINTERS_TITLE)]
    for citation in nearest:
        excerpt, _ = fit(citation.quote, _MAX_EXCERPT_CHARS, plain)
        elements.append(_plain_text(f"{_place(citation)}: “{excerpt}”"))
    return [_context(elements)]


def _place(citation: Citation) -> str:
    """Where a quotation stands: "Handbook · 2026-04-01 · Setup › Linux · page 4 · setup.pdf"."""
    page = f"page {citation.page}" if citation.page is not None else None
    parts = (citation.title, citation.date, citation.heading, page, citation.source)
    return " · ".join(fit(part, _MAX_PLACE_CHARS, plain)[0] for part in parts if part)


def _searched(searched: Searched) -> Block:
    documents = "1 document" if searched.documents == 1 else f"{searched.documents:,} documents"
    when = datetime.fromisoformat(searched.indexed_at)
    when = when.astimezone(UTC) if when.tzinfo else when
    return _plain_text(f"Searched {documents}, last indexed {when:%Y-%m-%d %H:%M} UTC.")


def _fallback(text: str, citations: Sequence[Citation], nearest: Sequence[Citation] = ()) -> str:
    ending = _ending("Sources:", _source_lines(citations))
    ending += _ending(_POINTERS_TITLE, [_place(citation) for citation in nearest])
    return fit(text, MAX_FALLBACK_CHARS - len(ending), plain)[0] + ending


def _ending(title: str, places: Sequence[str]) -> str:
    """As many places as leave the room to what was said."""
    lengths = accumulate(len(place) for place in places)
    shown = [place for place, length in zip(places, lengths, strict=True) if length <= 1_000]
    return f" {title} {'; '.join(shown)}." if shown else ""


def _markdown(text: str) -> Block:
    return {"type": "markdown", "text": text}


def _context(elements: list[Block]) -> Block:
    return {"type": "context", "elements": elements}


def _plain_text(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}
