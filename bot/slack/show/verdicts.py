"""What the documents say of each claim of a message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from bot.slack.safe_text import fit, markdown, one_line, plain, shorten
from bot.slack.show.actions import SHOW_PASSAGES
from bot.slack.show.blocks import (
    actions,
    button,
    context,
    divider,
    feedback,
    length,
    modal,
    section,
)
from bot.slack.show.message import (
    MAX_ALL_CHARS,
    MAX_MARKDOWN_CHARS,
    MAX_TEXT_CHARS,
    Block,
    Message,
    View,
)
from bot.slack.show.notes import note_message
from bot.slack.show.pieces import MOST_PIECES, Allowance, Piece, fixed, whole_or_instead
from bot.slack.show.places import offsets, place, sources
from bot.slack.show.quotations import quoted, spoken
from bot.slack.show.rich_text import literal_words, paragraph, quotation, rich_text
from bot.slack.show.room import parts_that_fit
from bot.slack.show.words import counted
from retrieval.model import Citation, Label, Verdict

MAX_CHECKED_CHARS: Final = 600
MAX_CLAIM_CHARS: Final = 1_000
MAX_SPOKEN_CLAIM_CHARS: Final = 300
MAX_QUOTE_CHARS: Final = 2_500
_TITLE: Final = "Check a message"
_MARKS: Final = {Label.SUPPORTED: "✔", Label.CONTRADICTED: "✘", Label.NOT_IN_CORPUS: "–"}
_OUTCOMES: Final = {
    Label.SUPPORTED: "supported",
    Label.CONTRADICTED: "contradicted",
    Label.NOT_IN_CORPUS: "not in the documents",
}
NO_CLAIM: Final = "This states nothing that could be checked against the documents."
CHECKING: Final = "Comparing each claim with the documents …"


def checking_view(text: str) -> View:
    """Return the modal that stands while a message is checked."""
    return modal(_TITLE, [_checked(text), context(CHECKING)])


def failed_view(text: str) -> View:
    """Return a modal that says what went wrong."""
    return modal(_TITLE, [section(text)])


def verdicts_view(text: str, verdicts: Sequence[Verdict]) -> View:
    """Return the verdicts one by one, each with its quotations and where they stand."""
    if not verdicts:
        return modal(_TITLE, [_checked(text), section(NO_CLAIM)])
    parts = parts_that_fit(map(_part, verdicts), len(verdicts), "claim")
    return modal(_TITLE, [_checked(text), section(_summary(verdicts)), *parts])


def verdicts_message(
    text: str, verdicts: Sequence[Verdict], answer_id: str, *, is_kept: bool = False
) -> Message:
    """Return the same as a private answer to a command; what is not kept has no buttons."""
    if not verdicts:
        return note_message(f"{NO_CLAIM} “{one_line(text, MAX_CHECKED_CHARS)}”")
    citations = [citation for verdict in verdicts for citation in verdict.citations]
    below = [*sources(citations), *(_buttons(citations, answer_id) if is_kept else [])]
    room = min(MAX_MARKDOWN_CHARS, MAX_ALL_CHARS - length(below))
    shown = _joined(_paragraphs(verdicts), verdicts, room, "\n\n")
    said = _joined(_readings(verdicts), verdicts, MAX_TEXT_CHARS, " ")
    return Message(said, ({"type": "markdown", "text": shown}, *below))


def _joined(pieces: Iterator[Piece], verdicts: Sequence[Verdict], room: int, between: str) -> str:
    made = list(islice(pieces, MOST_PIECES))
    count = 1 + sum(1 + len(verdict.citations) for verdict in verdicts)
    return whole_or_instead(made, room, between, beyond=max(0, count - len(made)))


def _checked(text: str) -> Block:
    return rich_text(quotation(literal_words(shorten(text.strip(), MAX_CHECKED_CHARS))))


def _summary(verdicts: Sequence[Verdict]) -> str:
    """How many claims of which kind: "3 claims: 2 supported, 1 not in the documents"."""
    if len(verdicts) == 1:
        return f"1 claim: {_OUTCOMES[verdicts[0].label]}"
    numbers = Counter(verdict.label for verdict in verdicts)
    kinds = [f"{numbers[label]:,} {name}" for label, name in _OUTCOMES.items() if numbers[label]]
    return f"{counted(len(verdicts), 'claim')}: {', '.join(kinds)}"


def _part(verdict: Verdict) -> list[Block]:
    claim = f"{_MARKS[verdict.label]} {shorten(verdict.claim.strip(), MAX_CLAIM_CHARS)}"
    message = f"\n{shorten(verdict.message.strip(), MAX_CLAIM_CHARS)}"
    words = [*literal_words(claim, bold=True), *literal_words(message)]
    blocks: list[Block] = [divider(), rich_text(paragraph(words))]
    for citation in verdict.citations:
        blocks += _cited(citation)
    return blocks


def _cited(citation: Citation) -> list[Block]:
    where = f"{place(citation)} · {offsets(citation)}"
    if len(citation.quote) > MAX_QUOTE_CHARS:
        characters = counted(len(citation.quote), "character")
        where += f". The quotation has {characters}; only its beginning stands here."
    words = literal_words(shorten(citation.quote, MAX_QUOTE_CHARS))
    return [rich_text(quotation(words)), context(where)]


def _paragraphs(verdicts: Sequence[Verdict]) -> Iterator[Piece]:
    yield fixed(f"**{_summary(verdicts)}**")
    number, allowance = 0, Allowance()
    for verdict in verdicts:
        claim, _ = fit(one_line(verdict.claim, MAX_CLAIM_CHARS), MAX_CLAIM_CHARS, markdown)
        message, _ = fit(verdict.message.strip(), MAX_CLAIM_CHARS, markdown)
        yield fixed(f"**{_MARKS[verdict.label]} {claim}**\n\n{message}")
        for citation in verdict.citations:
            number += 1
            yield quoted(citation.quote, [number], citation, allowance)


def _readings(verdicts: Sequence[Verdict]) -> Iterator[Piece]:
    yield fixed(f"{_summary(verdicts)}.")
    number, allowance = 0, Allowance()
    for verdict in verdicts:
        claim, _ = fit(verdict.claim, MAX_SPOKEN_CLAIM_CHARS, plain)
        message, _ = fit(verdict.message, MAX_CLAIM_CHARS, plain)
        yield fixed(f"“{claim}” {message}")
        for citation in verdict.citations:
            number += 1
            yield spoken(citation.quote, [number], citation, allowance)


def _buttons(citations: Sequence[Citation], answer_id: str) -> list[Block]:
    label = "Show passages: the quotations in their paragraphs"
    show = actions(button("Show passages", SHOW_PASSAGES, answer_id, label))
    return [*([show] if citations else []), feedback(answer_id)]
