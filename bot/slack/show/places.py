"""Where quotations stand, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.slack.safe_text import one_line
from bot.slack.show.blocks import context
from bot.slack.show.message import Block
from bot.slack.show.words import counted
from retrieval.model import Citation

MAX_PART_CHARS: Final = 80
MAX_PLACE_CHARS: Final = 320
MOST_LINES: Final = 10
"""Elements of one context block."""


def place(citation: Citation) -> str:
    """Return where a quotation stands: "Handbook · 2026-04-01 · Setup › Linux · page 4 · a.pdf"."""
    return " · ".join([*_named(citation), _short(citation.source)])


def spoken_place(citation: Citation) -> str:
    """Return the same for the ear: "Handbook, 2026-04-01, Setup › Linux, page 4, file a.pdf"."""
    return ", ".join([*_named(citation), f"file {_short(citation.source)}"])


def inner_place(citation: Citation) -> list[str]:
    """Return where in its document a quotation stands: date, heading, page, file, offsets."""
    parts = (citation.date or "", _heading(citation), _page(citation), citation.source)
    return [*(shown for part in parts if (shown := _short(part))), offsets(citation)]


def offsets(citation: Citation) -> str:
    """Return from where to where: "characters 120–245"."""
    return f"characters {citation.start:,}–{citation.end:,}"


def bracketed(numbers: Sequence[int]) -> str:
    """Return numbers of quotations: "[1][3]"; of many, the first ten."""
    more = "…" if len(numbers) > MOST_LINES else ""
    return "".join(f"[{number}]" for number in numbers[:MOST_LINES]) + more


def source_lines(citations: Sequence[Citation]) -> list[str]:
    """Return one line a place, with the numbers of its quotations: "[1][3] Handbook · …"."""
    lines = [f"{bracketed(held)} {place(one)}" for held, one in _by_place(citations)[:MOST_LINES]]
    more = len(_by_place(citations)) - MOST_LINES
    return [*lines, f"and {counted(more, 'more source')}"] if more > 0 else lines


def sources(citations: Sequence[Citation]) -> list[Block]:
    """Return the sources of an answer, small."""
    if not citations:
        return []
    lines = source_lines(citations)
    shown, more = lines[:MOST_LINES], lines[MOST_LINES:]
    title = "Source" if len(lines) == 1 else "Sources"
    blocks = [context(title), context(*shown, max_chars=MAX_PLACE_CHARS)]
    return [*blocks, *(context(line) for line in more)]


def _by_place(citations: Sequence[Citation]) -> list[tuple[list[int], Citation]]:
    found: dict[tuple[object, ...], tuple[list[int], Citation]] = {}
    for number, citation in enumerate(citations, 1):
        where = (citation.title, citation.date, citation.heading, citation.page, citation.source)
        found.setdefault(where, ([], citation))[0].append(number)
    return list(found.values())


def _named(citation: Citation) -> list[str]:
    parts = (citation.title, citation.date or "", _heading(citation), _page(citation))
    return [shown for part in parts if (shown := _short(part))]


def _page(citation: Citation) -> str:
    return "" if citation.page is None else f"page {citation.page:,}"


def _heading(citation: Citation) -> str:
    """The heading path without the title, which often is its first step."""
    heading = citation.heading or ""
    return "" if heading == citation.title else heading.removeprefix(f"{citation.title} › ")


def _short(text: str) -> str:
    return one_line(text, MAX_PART_CHARS)
