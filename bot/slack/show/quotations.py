"""What was found, sentence by sentence: as Markdown for the eye, as a reading for the ear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from bot.slack.safe_text import displayable, fit, markdown, plain
from bot.slack.show.pieces import MOST_PIECES, Allowance, Piece, fixed
from bot.slack.show.places import bracketed, offsets, place, spoken_place
from bot.slack.show.words import counted
from retrieval.model import AnswerSentence, Citation, SentenceRole

MAX_FRAME_CHARS: Final = 500
MAX_WHOLE_CHARS: Final = 10_000
"""No message has room for a longer text."""
_MOST_SPOKEN: Final = 10


def body(sentences: Sequence[AnswerSentence], citations: Sequence[Citation]) -> list[Piece]:
    """Return each sentence as a paragraph of Markdown; quotations stand in block quotes."""
    allowance = Allowance()
    return [_paragraph(sentence, citations, allowance) for sentence in sentences[:MOST_PIECES]]


def beyond(sentences: Sequence[AnswerSentence]) -> int:
    """Return how many sentences are in neither, because no message has room for so many."""
    return max(0, len(sentences) - MOST_PIECES)


def reading(sentences: Sequence[AnswerSentence], citations: Sequence[Citation]) -> list[Piece]:
    """Return each sentence as it is read out; a quotation says its number and where it is from."""
    allowance = Allowance()
    return [_spoken(sentence, citations, allowance) for sentence in sentences[:MOST_PIECES]]


def quoted(text: str, numbers: Sequence[int], citation: Citation, allowance: Allowance) -> Piece:
    """Return a quotation as a block quote with its numbers."""
    ending = bracketed(numbers)
    instead = f"{ending} {markdown(_missing(text, citation))}"
    return _piece(text, lambda whole: f"{block_quote(whole)} {ending}", instead, allowance)


def spoken(text: str, numbers: Sequence[int], citation: Citation, allowance: Allowance) -> Piece:
    """Return a quotation as it is read out."""
    named = f"Quotation {_listed(numbers)}"
    opening = f"{named}, from {spoken_place(citation)}:"
    instead = plain(f"{named}: {_missing(text, citation)}")
    return _piece(text, lambda whole: plain(f"{opening} “{whole}”"), instead, allowance)


def block_quote(text: str) -> str:
    """Return `text` as a block quote, harmless, line for line."""
    return "\n".join(f"> {line}".rstrip() for line in markdown(text).split("\n"))


def _paragraph(
    sentence: AnswerSentence, citations: Sequence[Citation], allowance: Allowance
) -> Piece:
    text, numbers = sentence.text, sentence.citations
    match sentence.kind:
        case SentenceRole.QUOTE:
            return quoted(text, numbers, citations[numbers[0] - 1], allowance)
        case SentenceRole.FRAME:
            return _frame(text, markdown)
        case SentenceRole.WRITTEN:
            ending = bracketed(numbers)
            instead = f"{markdown(_no_room(text, 'sentence'))} {ending}"
            return _piece(text, lambda whole: f"{markdown(whole)} {ending}", instead, allowance)


def _spoken(sentence: AnswerSentence, citations: Sequence[Citation], allowance: Allowance) -> Piece:
    text, numbers = sentence.text, sentence.citations
    match sentence.kind:
        case SentenceRole.QUOTE:
            return spoken(text, numbers, citations[numbers[0] - 1], allowance)
        case SentenceRole.FRAME:
            return _frame(text, plain)
        case SentenceRole.WRITTEN:
            ending = f"(by source {_listed(numbers)})"
            instead = plain(f"{_no_room(text, 'sentence')} {ending}")
            return _piece(text, lambda whole: plain(f"{whole} {ending}"), instead, allowance)


def _piece(text: str, safe: Callable[[str], str], instead: str, allowance: Allowance) -> Piece:
    is_possible = len(text) <= MAX_WHOLE_CHARS and allowance.takes(text)
    if is_possible and displayable(text).strip():
        return Piece(safe(text), instead)
    return fixed(instead)


def _frame(text: str, safe: Callable[[str], str]) -> Piece:
    """A frame is ours, and may be cut."""
    return fixed(fit(text, MAX_FRAME_CHARS, safe)[0])


def _missing(text: str, citation: Citation) -> str:
    where = f"It stands in {place(citation)}, {offsets(citation)}."
    if len(text) <= MAX_WHOLE_CHARS and not displayable(text).strip():
        return f"This quotation holds nothing that can be shown. {where}"
    return f"{_no_room(text, 'quotation')} {where}"


def _no_room(text: str, noun: str) -> str:
    return f"This message has no room for this {noun} of {counted(len(text), 'character')}."


def _listed(numbers: Sequence[int]) -> str:
    *others, last = map(str, numbers[:_MOST_SPOKEN])
    return f"{', '.join(others)} and {last}" if others else last
