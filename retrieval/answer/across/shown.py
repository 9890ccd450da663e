"""Shown: quotations of several documents, each behind a frame that names where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.model import Answer, AnswerSentence, Citation, SentenceRole

DIFFER = "The sources differ:"
EACH = "What each document says:"
FOUND = "Found in these documents:"
ONE_BY_ONE = "One by one:"
DIFFERENCES = "These passages differ:"
_HEADS = frozenset({DIFFER, EACH, FOUND, ONE_BY_ONE, DIFFERENCES})
LONGEST_TITLE = 80


def side_by_side(
    head: str | None, sentences: Sequence[AnswerSentence], citations: Sequence[Citation]
) -> tuple[AnswerSentence, ...]:
    """Quotations in order, behind `head` and, for each document, a frame that names it."""
    everything = tuple(range(1, len(citations) + 1))
    framed = [AnswerSentence(head, SentenceRole.FRAME, everything)] if head else []
    before = None
    for sentence in sentences:
        named = _named(citations[sentence.citations[0] - 1])
        if named != before:
            before = named
            framed.append(AnswerSentence(named, SentenceRole.FRAME, sentence.citations))
        framed.append(sentence)
    return tuple(framed)


def is_shown_in(answer: Answer) -> bool:
    """Whether an answer shows what several passages say."""
    return answer.sentences[0].text in _HEADS


def _named(citation: Citation) -> str:
    title = _shortened(citation.title)
    heading = _shortened((citation.heading or "").split(" › ")[-1])
    under = f", “{heading}”" if heading and heading != title else ""
    return f"In “{title}”{under}{f' ({citation.date})' if citation.date else ''}:"


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1].rstrip()}…"
