"""Passages as rows of the catalog, and back."""

from __future__ import annotations

import hashlib
import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.labels import MAIN
from retrieval.model import BlockKind, Passage, Sentence

_KINDS = tuple(BlockKind)
_NUMBER_OF = {kind: number for number, kind in enumerate(_KINDS)}

PASSAGE_COLUMNS = (
    "d.source, p.start, p.end, p.text, p.sentences, p.ordinal, "
    "d.title, p.heading, p.page, d.date, d.origin, d.collection"
)
"""What `passage_from_row` reads, of passages `p` joined with their documents `d`."""

_OF = ":"

PassageRow = tuple[
    str, int, int, str, bytes, int, str, str | None, int | None, str | None, str | None, str
]


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A published document, as a list of sources shows it."""

    source: str
    title: str
    date: str | None
    origin: str | None
    passages: int


@dataclass(frozen=True, slots=True)
class PlacedHeading:
    """A heading of a published document; the path of headings as its passages carry it."""

    source: str
    title: str
    heading: str | None
    """None for what stands under no heading."""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A published document with all its passages, in order."""

    text: str
    indexed_at: str
    """ISO date and time, UTC, at which this version of it came in."""
    passages: tuple[Passage, ...]


def passage_from_row(row: PassageRow) -> Passage:
    """Build the passage that was stored."""
    source, start, end, text, sentences, ordinal, title, heading, page, date, origin, label = row
    return Passage(
        source=source,
        start=start,
        end=end,
        text=text,
        sentences=unpack_sentences(sentences, text, start),
        ordinal=ordinal,
        title=title,
        heading=heading,
        page=page,
        date=date,
        origin=origin,
        collection=label,
    )


def pack_sentences(sentences: Sequence[Sentence], start: int) -> bytes:
    """Offsets (from the passage's start) and kinds, four bytes a number, little end first."""
    numbers = array("I")
    for sentence in sentences:
        numbers.extend((sentence.start - start, sentence.end - start, _NUMBER_OF[sentence.kind]))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def unpack_sentences(packed: bytes, text: str, start: int) -> tuple[Sentence, ...]:
    """The sentences of a passage; their texts are slices of the passage's own."""
    numbers = array("I")
    numbers.frombytes(packed)
    if sys.byteorder == "big":
        numbers.byteswap()
    triples = zip(numbers[0::3], numbers[1::3], numbers[2::3], strict=True)
    return tuple(
        Sentence(start + first, start + last, text[first:last], _KINDS[kind])
        for first, last, kind in triples
    )


def embedded_text(passage: Passage) -> str:
    """What a passage's vector is made of: title and headings say what the text is about."""
    parts = (passage.title, passage.heading, passage.text)
    return "\n".join(part for part in parts if part)


def vector_id(embedder: str, text: str, collection: str = MAIN) -> str:
    """The address of a vector: what was embedded, by what, and for which collections.

    The same text in two collections is two vectors, so that a search of one never meets the other.
    """
    digest = hashlib.sha256(f"{embedder}\0{text}".encode()).hexdigest()[:32]
    return digest if collection == MAIN else f"{collection}{_OF}{digest}"


def collection_of(vector: str) -> str:
    """The label of the collections that a vector was made for."""
    return vector.rpartition(_OF)[0] or MAIN
