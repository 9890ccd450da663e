"""The blocks of a web page: what stands between block elements, list items, rows and code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from retrieval.ingest.load.document import Extraction, one_line
from retrieval.model import BlockKind

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    """address article blockquote body caption center dd details div dl dt fieldset figcaption
    figure form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main ol p pre section summary table
    tbody tfoot thead tr ul""".split()
)
_ITEMS = frozenset({"li", "dd"})
_BREAK = "\v"
"""Stands for a line break until white space has been collapsed."""
_PARAGRAPH_BREAK = re.compile(r"\v\s*\v\s*")


def extract(root: LexborNode | None, unseen: frozenset[int]) -> Extraction:
    """Collect headings and blocks below `root`, without the nodes `unseen`, in document order."""
    reading = _Reading()
    if root is not None:
        for node, entering in _walk(root, unseen):
            reading.take(node, entering)
        reading.flush()
    return reading.extraction


def _walk(root: LexborNode, unseen: frozenset[int]) -> Iterator[tuple[LexborNode, bool]]:
    """Enter (True) and leave (False) each node in document order, however deep they nest."""
    node: LexborNode | None = root
    while node is not None:
        below = None
        if node.mem_id not in unseen:
            yield node, True
            below = node.first_child
            if below is None:
                yield node, False
        if below is not None:
            node = below
            continue
        while node.mem_id != root.mem_id and node.next is None and node.parent is not None:
            node = node.parent
            yield node, False
        node = None if node.mem_id == root.mem_id else node.next


class _Reading:
    """Collects text between block elements; a row's cells are joined with ` | `."""

    def __init__(self) -> None:
        self.extraction = Extraction()
        self._inline: list[str] = []
        self._cells: list[str] | None = None
        self._heading: int | None = None
        self._items = 0
        self._preformatted = 0

    def take(self, node: LexborNode, entering: bool) -> None:
        """Enter or leave a node."""
        name = node.tag or ""
        if name == "-text":
            if entering:
                self._inline.append(node.text_content or "")
        elif name == "br":
            self._line_break(entering)
        elif name == "tr" and not _is_layout(node):
            self._row(entering)
        elif name in ("td", "th"):
            self._cell(entering)
        elif name in _BLOCKS:
            self._block(name, entering)

    def flush(self) -> None:
        """Make a block of the text since the last block element."""
        text = "".join(self._inline)
        self._inline.clear()
        if self._heading is not None:
            self.extraction.heading(self._heading, text)
        elif self._preformatted:
            self.extraction.block(text.strip("\n"), BlockKind.CODE)
        else:
            kind = BlockKind.ITEM if self._items else BlockKind.PROSE
            for paragraph in _PARAGRAPH_BREAK.split(text):
                lines = filter(None, map(one_line, paragraph.split(_BREAK)))
                self.extraction.block("\n".join(lines), kind)

    def _line_break(self, entering: bool) -> None:
        if entering:
            one_lined = self._cells is not None or self._heading is not None
            self._inline.append("\n" if self._preformatted else " " if one_lined else _BREAK)

    def _block(self, name: str, entering: bool) -> None:
        level = _HEADINGS.get(name)
        if self._cells is not None or (self._heading is not None and level is None):
            self._inline.append(" ")
            return
        self.flush()
        self._heading = level if entering else None
        step = 1 if entering else -1
        self._items += step * (name in _ITEMS)
        self._preformatted += step * (name == "pre")

    def _row(self, entering: bool) -> None:
        if entering:
            self.flush()
            self._cells = []
        elif self._cells is not None:
            self._inline.clear()
            self.extraction.block(" | ".join(self._cells), BlockKind.ROW)
            self._cells = None

    def _cell(self, entering: bool) -> None:
        if self._cells is None:
            self.flush()
            return
        text = one_line("".join(self._inline))
        self._inline.clear()
        if not entering:
            self._cells.append(text)


def _is_layout(row: LexborNode) -> bool:
    """Whether a table row only arranges a page: it holds a table, headings or code."""
    return row.css_first("table, h1, h2, h3, h4, pre") is not None
