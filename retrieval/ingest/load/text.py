"""Plain text: paragraphs are lines, blank-line groups, or lines wrapped at a width."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.ingest.front_matter import read_front_matter
from retrieval.ingest.load.document import one_line, title_from_name
from retrieval.ingest.normalise import decode, normalise
from retrieval.model import Block, BlockKind, Document, Section

LONGEST_TITLE = 120
_NARROWEST, _WIDEST = 50, 120
"""Widths at which people wrap text by hand; longer lines are paragraphs."""
_SLACK = 8
"""By how much a wrapped line may stay short of the width."""

_LINE = re.compile(r"[^\S\n]*(?P<body>\S(?:.*\S)?)[^\S\n]*(?:\n|\Z)")
_MARKER = re.compile(r"(?:[-*+•‣▪◦–—]|\(?(?:\d{1,3}|[a-zA-Z])[.)])[ \t]+(?=\S)")
_TITLE = re.compile(rf"\s*(?P<title>\S.{{0,{LONGEST_TITLE - 1}}})\n[^\S\n]*\n\s*\S")
_STOP = re.compile(r"[.!?…:;,。！？؟][\"'”’)\]]*\s*\Z")
_WORD = re.compile(r"\w")


def load_text(data: bytes, source: str) -> Document:
    """Load a plain text file; its text is the file's own."""
    text = normalise(decode(data))
    front = read_front_matter(text)
    body_start, heading = _heading(text, front.end)
    title = front.title or heading or title_from_name(source)
    sections: tuple[Section, ...] = ()
    if heading is not None and heading != title:
        sections = (Section(front.end, (heading,)),)
    return Document(
        source=source,
        text=text,
        title=title,
        blocks=tuple(paragraphs(text, body_start, len(text))),
        sections=sections,
        date=front.date,
        origin=front.origin,
    )


def _heading(text: str, start: int) -> tuple[int, str | None]:
    """A short first line with an empty line after it and no stop at its end is a heading."""
    match = _TITLE.match(text, start)
    if match is None or _STOP.search(match["title"]) or _MARKER.match(match["title"]):
        return start, None
    return match.end("title"), one_line(match["title"])


def paragraphs(text: str, start: int, end: int) -> Iterator[Block]:
    """The paragraphs and list items between two offsets."""
    lines = [match.span("body") for match in _LINE.finditer(text, start, end)]
    width = _wrap_width(lines)
    first = 0
    for after in range(1, len(lines) + 1):
        if after == len(lines) or not _continues(text, lines[after - 1], lines[after], width):
            yield from _block(text, lines[first][0], lines[after - 1][1])
            first = after


def _block(text: str, start: int, end: int) -> Iterator[Block]:
    marker = _MARKER.match(text, start, end)
    if marker is not None:
        start = marker.end()
    if _WORD.search(text, start, end):
        yield Block(start, end, BlockKind.ITEM if marker else BlockKind.PROSE)


def _wrap_width(lines: list[tuple[int, int]]) -> int | None:
    """The width at which the text was wrapped by hand, or None if it was not."""
    lengths = sorted(end - start for start, end in lines)
    if not lengths:
        return None
    width = lengths[len(lengths) * 19 // 20 if len(lengths) > 20 else -1]
    return width if _NARROWEST <= width <= _WIDEST else None


def _continues(text: str, line: tuple[int, int], after: tuple[int, int], width: int | None) -> bool:
    """Whether a line and the line after it belong to one paragraph.

    A wrapped line is one on which the first word of the next line had no room left.
    """
    if text.count("\n", line[1], after[0]) > 1 or _MARKER.match(text, *after):
        return False
    length = line[1] - line[0]
    if width is not None and length <= width:
        next_word = text.find(" ", after[0], after[1])
        room = length + 1 + (next_word if next_word > 0 else after[1]) - after[0]
        if room > width - _SLACK:
            return True
    return length <= _WIDEST and text[after[0]].islower() and not _STOP.search(text, *line)
