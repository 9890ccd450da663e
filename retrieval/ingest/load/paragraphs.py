"""Paragraphs and list items in lines of plain text, also where lines were wrapped by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from retrieval.model import Block, BlockKind

MARKER = re.compile(r"(?:[-*+•‣▪◦–—]|\d{1,3}[.)]|\(?(?:\d{1,3}|[a-z])\))[ \t]+(?=\S)")
"""What may stand before a list item. A letter with a full stop is an initial: "J. Smith"."""

FINISHED = re.compile(r"[.!?…:。！？؟][\"'”’)\]]*\s*\Z")
"""How a line ends that was not broken off in the middle of a sentence."""

_NARROWEST, _WIDEST = 50, 120
"""Widths at which people wrap text by hand; longer lines are paragraphs."""
_SLACK = 8
"""By how much a wrapped line may stay short of the width."""

_LINE = re.compile(r"[^\S\n]*(?P<body>\S(?:.*\S)?)[^\S\n]*(?:\n|\Z)")
_WORD = re.compile(r"\w")
_SET_APART = re.compile(r"(?:\d{1,4} )?")
"""A number that fell on a line's beginning, as subscripts do when pages are copied."""

Span = tuple[int, int]


def paragraphs(text: str, start: int, end: int) -> Iterator[Block]:
    """The paragraphs and list items between two offsets."""
    lines = [match.span("body") for match in _LINE.finditer(text, start, end)]
    width = _wrap_width(text, lines)
    first = 0
    for after in range(1, len(lines) + 1):
        if after == len(lines) or not _continues(text, lines[after - 1], lines[after], width):
            yield from _block(text, lines[first][0], lines[after - 1][1])
            first = after


def _block(text: str, start: int, end: int) -> Iterator[Block]:
    marker = MARKER.match(text, start, end)
    if marker is not None:
        start = marker.end()
    if _WORD.search(text, start, end):
        yield Block(start, end, BlockKind.ITEM if marker else BlockKind.PROSE)


def _wrap_width(text: str, lines: list[Span]) -> int | None:
    """The width at which the text was wrapped by hand, or None if it was not."""
    lengths = sorted(end - start for start, end in lines)
    if not lengths:
        return None
    width = lengths[len(lengths) * 19 // 20 if len(lengths) > 20 else -1]
    if not _NARROWEST <= width <= _WIDEST:
        return None
    pairs = [pair for pair in pairwise(lines) if _adjacent(text, *pair)]
    full = sum(_is_full(text, *pair, width) for pair in pairs)
    return width if full * 3 >= len(pairs) else None


def _continues(text: str, line: Span, after: Span, width: int | None) -> bool:
    """Whether a line and the line after it belong to one paragraph."""
    if not _adjacent(text, line, after):
        return False
    if width is not None and _is_full(text, line, after, width):
        return True
    apart = _SET_APART.match(text, *after)
    start = apart.end() if apart else after[0]
    broken_off = line[1] - line[0] >= _NARROWEST and not FINISHED.search(text, *line)
    return broken_off and text[start : start + 1].islower()


def _adjacent(text: str, line: Span, after: Span) -> bool:
    """Whether a line follows directly, and does not begin a list item."""
    return text.count("\n", line[1], after[0]) == 1 and not MARKER.match(text, *after)


def _is_full(text: str, line: Span, after: Span, width: int) -> bool:
    """Whether the first word of the next line had no room left on this one."""
    length = line[1] - line[0]
    space = text.find(" ", *after)
    next_word = (space if space > 0 else after[1]) - after[0]
    return length <= width < length + 1 + next_word + _SLACK
