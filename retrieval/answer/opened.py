"""Opening a citation: what stands around a quotation in the documents as they are now.

An answer may be older than the index. The quotation is looked for where it stood, then elsewhere
in the same document; what is not found any more is said to be changed or gone, never approximated.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import islice

from retrieval.index.reader import Snapshot
from retrieval.index.rows import StoredDocument
from retrieval.model import Citation, Passage

MOST_PLACES = 1_000
"""Places of the same words that are compared; a document may repeat one word a million times."""

_MOST_TITLED = 5
"""Documents of the same title in which words are looked for."""


class Standing(StrEnum):
    """What has become of a quotation since it was cited."""

    UNCHANGED = "unchanged"
    """It stands where it stood."""
    MOVED = "moved"
    """The same words stand elsewhere in the same document."""
    CHANGED = "changed"
    """The document does not hold these words any more."""
    GONE = "gone"
    """The document is not published any more."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A citation opened at its place, in the generation that is published now.

    For `CHANGED` and `GONE` everything around the quotation is empty.
    """

    citation: Citation
    """As it was cited."""
    standing: Standing
    before: str
    """The passage before."""
    opening: str
    """Its own passage up to the quotation."""
    quote: str
    ending: str
    """Its own passage after the quotation."""
    after: str
    """The passage after."""
    indexed_at: str | None
    """ISO date and time, UTC, at which this version of the document came in; None when gone."""


def open_citation(snapshot: Snapshot, citation: Citation) -> Opened:
    """Find a quotation in the published documents and what stands around it."""
    document = snapshot.document(citation.source)
    if document is None:
        return _elsewhere(citation, Standing.GONE, None)
    start = _place(document, citation)
    if start is None:
        return _elsewhere(citation, Standing.CHANGED, document.indexed_at)
    standing = Standing.UNCHANGED if start == citation.start else Standing.MOVED
    return _around(citation, standing, document, start)


@dataclass(frozen=True, slots=True)
class Compared:
    """What has become of citations in a generation."""

    generation: int
    standings: tuple[Standing | None, ...]
    """One a citation; None where its document is what it was."""


def compare(snapshot: Snapshot, citations: Sequence[Citation], since: int) -> Compared:
    """Say what has become of citations that were looked at in generation `since`.

    Documents that have not changed since then are not read. Words that stand in a document of the
    same title have moved with it: its file has another name.
    """
    document = cache(snapshot.document)

    def standing(citation: Citation) -> Standing | None:
        lives_since = snapshot.lives_since(citation.source)
        if lives_since is None:
            renamed = snapshot.titled(citation.title, _MOST_TITLED)
            held = any(_holds(document(source), citation) for source in renamed)
            return Standing.MOVED if held else Standing.GONE
        if lives_since <= since <= snapshot.generation:
            return None
        found = document(citation.source)
        return Standing.GONE if found is None else _standing(found, citation)

    return Compared(snapshot.generation, tuple(map(standing, citations)))


def _holds(document: StoredDocument | None, citation: Citation) -> bool:
    return document is not None and _place(document, citation) is not None


def _standing(document: StoredDocument, citation: Citation) -> Standing:
    start = _place(document, citation)
    if start is None:
        return Standing.CHANGED
    return Standing.UNCHANGED if start == citation.start else Standing.MOVED


def _elsewhere(citation: Citation, standing: Standing, indexed_at: str | None) -> Opened:
    """A quotation without a place: nothing can be shown around it."""
    return Opened(citation, standing, "", "", citation.quote, "", "", indexed_at)


def _around(citation: Citation, standing: Standing, document: StoredDocument, start: int) -> Opened:
    """The quotation in its passage (or passages), between the one before and the one after."""
    text, passages, end = document.text, document.passages, start + len(citation.quote)
    first = bisect_right(passages, start, key=lambda passage: passage.end)
    last = bisect_left(passages, end, key=lambda passage: passage.start)
    own = passages[first:last]
    return Opened(
        citation=citation,
        standing=standing,
        before=passages[first - 1].text if first else "",
        opening=text[own[0].start : start] if own else "",
        quote=citation.quote,
        ending=text[end : own[-1].end] if own else "",
        after=passages[last].text if last < len(passages) else "",
        indexed_at=document.indexed_at,
    )


def _place(document: StoredDocument, citation: Citation) -> int | None:
    """Where the quoted words stand: where they stood, else the likeliest of all their places."""
    quote, text = citation.quote, document.text
    sentences = {(s.start, s.end) for passage in document.passages for s in passage.sentences}

    def stands(start: int) -> bool:
        end = start + len(quote)
        return (start, end) in sentences or not _cuts_a_word(text, start, end)

    def likelihood(start: int) -> tuple[bool, bool, int]:
        is_sentence = (start, start + len(quote)) in sentences
        same_heading = _heading_at(document.passages, start) == citation.heading
        return is_sentence, same_heading, -abs(start - citation.start)

    if text.startswith(quote, citation.start) and stands(citation.start):
        return citation.start
    places = islice(filter(stands, _occurrences(text, quote)), MOST_PLACES)
    return max(places, key=likelihood, default=None)


def _occurrences(text: str, quote: str) -> Iterator[int]:
    start = text.find(quote)
    while start >= 0:
        yield start
        start = text.find(quote, start + 1)


def _cuts_a_word(text: str, start: int, end: int) -> bool:
    """Whether either edge lies inside a word: "Taxi" does not stand in "Taxis"."""
    return _is_inside(text, start) or _is_inside(text, end)


def _is_inside(text: str, place: int) -> bool:
    if not 0 < place < len(text):
        return False
    follows = text[place]
    return text[place - 1].isalnum() and (follows.isalnum() or unicodedata.combining(follows) > 0)


def _heading_at(passages: Sequence[Passage], start: int) -> str | None:
    index = bisect_right(passages, start, key=lambda passage: passage.start) - 1
    return passages[index].heading if index >= 0 else None
