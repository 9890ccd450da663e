"""The words of the domain: documents, passages, citations, answers, refusals, verdicts.

Frozen values without input or output. Offsets are character offsets (Python string indices) into
`Document.text`, the text that the loader normalised once; `text[start:end]` is always the quote.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from retrieval.labels import MAIN


class BlockKind(StrEnum):
    """What a stretch of a document is, as far as quoting is concerned."""

    PROSE = "prose"
    ITEM = "item"
    """A list item, without its bullet or number."""
    ROW = "row"
    """One row of a table."""
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Block:
    """A quotable stretch of a document: a paragraph, a list item, a table row, a code block."""

    start: int
    end: int
    kind: BlockKind = BlockKind.PROSE


@dataclass(frozen=True, slots=True)
class Section:
    """From `start` on, text stands under the headings `path` (outermost first)."""

    start: int
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A loaded file: its normalised text and what is known about it.

    `blocks` are in order and do not overlap; headings are sections, never blocks. `page_starts`
    holds the offset at which each page begins, empty for formats without pages.
    """

    source: str
    """Path relative to the corpus folder, with forward slashes."""
    text: str
    title: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()
    page_starts: tuple[int, ...] = ()
    date: str | None = None
    """ISO date of the document, where it states one."""
    origin: str | None = None
    """Where the document says it comes from (front matter `source`)."""
    named: str | None = None
    """The collection that the document says it belongs to (front matter `collection`)."""
    collection: str = MAIN
    """Label of the collections that it is in; whoever lists the files knows."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, list item, table row or code block inside a passage: the unit of quotation."""

    start: int
    end: int
    text: str
    kind: BlockKind = BlockKind.PROSE


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one document under one heading: the unit of retrieval."""

    source: str
    start: int
    end: int
    text: str
    sentences: tuple[Sentence, ...]
    ordinal: int
    """Position in the document, from 0."""
    title: str
    heading: str | None = None
    """Heading path, outermost first, joined with ' › '."""
    page: int | None = None
    """Page on which the passage starts, from 1."""
    date: str | None = None
    origin: str | None = None
    collection: str = MAIN
    """Label of the collections that the document is in."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quotation stands; `quote` is the document's text from `start` to `end`."""

    source: str
    title: str
    heading: str | None
    page: int | None
    start: int
    end: int
    quote: str
    generation: int
    date: str | None = None
    collection: str = MAIN
    """Label of the collections that the document was in."""

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.quote) or not self.quote:
            raise ValueError("a citation's quote must be as long as its offsets say, and not empty")


class SentenceRole(StrEnum):
    """What a posted sentence is."""

    QUOTE = "quote"
    FRAME = "frame"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One posted sentence and the numbers (from 1) of the citations it rests on."""

    text: str
    kind: SentenceRole
    citations: tuple[int, ...]

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError("every posted sentence rests on at least one citation")


@dataclass(frozen=True, slots=True)
class Searched:
    """What was looked through: number of documents and passages, and when they were indexed."""

    documents: int
    passages: int
    indexed_at: str
    """ISO date and time, UTC."""


class Reason(StrEnum):
    """Why a question was refused: a closed list."""

    NOTHING_FOUND = "nothing_found"
    NOT_ANSWERED = "not_answered"
    CONTRADICTED = "contradicted"
    NOT_PERMITTED = "not_permitted"
    UNCLEAR = "unclear"
    BUSY = "busy"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier message of a conversation."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asked, with the conversation before it (oldest first)."""

    text: str
    history: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """Sentences that rest on citations. `nearest` are passages close by that were not used."""

    question: str
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    generation: int
    searched: Searched
    nearest: tuple[Citation, ...] = ()
    looked_for: str | None = None
    """The question as it stands by itself, where that is not how it was asked."""

    def __post_init__(self) -> None:
        if not self.sentences:
            raise ValueError("an answer without a sentence is a refusal")
        _check_numbers(self.sentences, self.citations)

    @property
    def text(self) -> str:
        """What a reader is shown, without markup: sentences with citation numbers."""
        return numbered_text(self.sentences)


@dataclass(frozen=True, slots=True)
class Refusal:
    """No answer, and why. For `CONTRADICTED`, `sentences` quote what the corpus says instead."""

    question: str
    reason: Reason
    message: str
    generation: int
    searched: Searched | None = None
    nearest: tuple[Citation, ...] = ()
    sentences: tuple[AnswerSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    looked_for: str | None = None
    """As in an answer."""

    def __post_init__(self) -> None:
        _check_numbers(self.sentences, self.citations)

    @property
    def text(self) -> str:
        """What a reader is shown, without markup."""
        if not self.sentences:
            return self.message
        return f"{self.message} {numbered_text(self.sentences)}"


class Label(StrEnum):
    """What the corpus says of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_IN_CORPUS = "not_in_corpus"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A checked claim with the quotations that decide it (none when it is not in the corpus)."""

    claim: str
    label: Label
    message: str
    """The frame around the quotations."""
    generation: int
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = field(default=())

    def __post_init__(self) -> None:
        if self.label is not Label.NOT_IN_CORPUS and not self.citations:
            raise ValueError("a claim is only supported or contradicted by a quotation")

    @property
    def text(self) -> str:
        """What a reader is shown, without markup."""
        quotes = " ".join(f"“{c.quote}” [{n}]" for n, c in enumerate(self.citations, 1))
        return f"{self.message} {quotes}".strip()


def numbered_text(sentences: tuple[AnswerSentence, ...]) -> str:
    """Join sentences into one text; quotations stand in quotation marks with their numbers."""
    parts = []
    for sentence in sentences:
        if sentence.kind is SentenceRole.FRAME:
            parts.append(sentence.text)
            continue
        numbers = "".join(f"[{n}]" for n in sentence.citations)
        text = f"“{sentence.text}”" if sentence.kind is SentenceRole.QUOTE else sentence.text
        parts.append(f"{text} {numbers}")
    return " ".join(parts)


def _check_numbers(sentences: tuple[AnswerSentence, ...], citations: tuple[Citation, ...]) -> None:
    for sentence in sentences:
        if any(not 1 <= n <= len(citations) for n in sentence.citations):
            raise ValueError("a sentence names a citation that does not exist")
