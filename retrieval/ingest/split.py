"""Cut a document into passages: neighbouring blocks under one heading, up to a size."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from retrieval.ingest.sentences import split_sentences
from retrieval.model import Block, BlockKind, Document, Passage, Sentence

SPLITTER_VERSION = "2"
"""Changes whenever the same document would be cut differently: indexes are then built anew."""

PASSAGE_CHARS = 900
"""About 150 words: one subject, and few enough to read at a glance."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Sentences of one block that stay in one passage."""

    sentences: Sequence[Sentence]
    section: int
    page: int
    needs: int
    """Where the piece must be able to end: with what it introduces, if it introduces something."""

    @property
    def start(self) -> int:
        return self.sentences[0].start

    @property
    def end(self) -> int:
        return self.sentences[-1].end


def split(document: Document) -> tuple[Passage, ...]:
    """The passages of a document, in order; together they hold every block."""
    passages: list[Passage] = []
    for group in _groups(_pieces(document)):
        first = group[0]
        start, end = first.start, group[-1].end
        path = document.sections[first.section].path if first.section >= 0 else ()
        passages.append(
            Passage(
                source=document.source,
                start=start,
                end=end,
                text=document.text[start:end],
                sentences=tuple(sentence for piece in group for sentence in piece.sentences),
                ordinal=len(passages),
                title=document.title,
                heading=" › ".join(path) or None,
                page=first.page or None,
                date=document.date,
                origin=document.origin,
                collection=document.collection,
            )
        )
    return tuple(passages)


def _groups(pieces: Iterator[_Piece]) -> Iterator[list[_Piece]]:
    """Fill passages: a new one begins at a heading, on a page, or where the next has no room."""
    group: list[_Piece] = []
    for piece in pieces:
        if group and not _fits(group[0], piece):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _fits(first: _Piece, piece: _Piece) -> bool:
    return (
        piece.section == first.section
        and piece.page == first.page
        and piece.needs - first.start <= PASSAGE_CHARS
    )


def _pieces(document: Document) -> Iterator[_Piece]:
    section_starts = [section.start for section in document.sections]
    blocks = document.blocks
    for index, block in enumerate(blocks):
        section = bisect_right(section_starts, block.start) - 1
        sentences = split_sentences(document.text, block.start, block.end, block.kind)
        needs = _needs(document.text, blocks, index)
        for page, on_page in _by_page(sentences, document.page_starts):
            for part in _parts(on_page):
                last = part[-1] is sentences[-1]
                yield _Piece(part, section, page, needs if last else part[-1].end)


def _by_page(
    sentences: list[Sentence], page_starts: tuple[int, ...]
) -> Iterable[tuple[int, list[Sentence]]]:
    """The sentences of a block with the page, from 1, on which they begin; 0 without pages."""
    if not page_starts:
        return [(0, sentences)]
    numbered = groupby(sentences, key=lambda sentence: bisect_right(page_starts, sentence.start))
    return [(page, list(group)) for page, group in numbered]


def _parts(sentences: list[Sentence]) -> Iterator[list[Sentence]]:
    """A block's sentences, in parts of about equal size if they do not fit one passage."""
    if not sentences:
        return
    length = sentences[-1].end - sentences[0].start
    if length <= PASSAGE_CHARS:
        yield sentences
        return
    size = length / -(-length // PASSAGE_CHARS)
    part: list[Sentence] = []
    for sentence in sentences:
        if part and sentence.end - part[0].start > PASSAGE_CHARS:
            yield part
            part = []
        part.append(sentence)
        if part[-1].end - part[0].start >= size:
            yield part
            part = []
    if part:
        yield part


def _needs(text: str, blocks: Sequence[Block], index: int) -> int:
    """Where the passage of a block should be able to end.

    A paragraph that introduces a list needs its first item, a table's first row the whole table,
    as long as a passage can hold that.
    """
    block = blocks[index]
    end = block.end
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    if following is None:
        return end
    if block.kind is BlockKind.PROSE and following.kind is not BlockKind.PROSE:
        end = following.end if text[block.end - 1] in ":：" else end
    elif block.kind is BlockKind.ROW and (index == 0 or blocks[index - 1].kind is not block.kind):
        end = _table_end(blocks, index)
    return end if end - block.start <= PASSAGE_CHARS else block.end


def _table_end(blocks: Sequence[Block], index: int) -> int:
    end = blocks[index].end
    for block in blocks[index:]:
        if block.kind is not BlockKind.ROW or block.end - blocks[index].start > PASSAGE_CHARS:
            break
        end = block.end
    return end
