"""What the loaders share: titles, the outline, and a place to collect extracted text."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from retrieval.ingest.normalise import normalise
from retrieval.model import Block, BlockKind, Document, Section

PAGE_BREAK = "\f"
"""Stands before the first character of each page but the first."""

LONGEST_TITLE = 200
_OPENING = 80
_SPACE = re.compile(r"\s+")
_TELLING = re.compile(r"(?<![^\W_])[^\W\d_]{3,}(?![^\W_])")
_LEFT_OVER = re.compile(
    r"(?i)(?:untitled|title|document|word document|microsoft \w+|normal)\d*\Z|microsoft word -"
    r"|.*\.(?:docx?|pdf|indd|qxd|tex|rtf|odt|pptx?|xlsx?|html?|txt)\Z"
)


def one_line(text: str) -> str:
    """The text on one line, with single spaces."""
    return _SPACE.sub(" ", text).strip()


def fallback_title(source: str, text: str, blocks: tuple[Block, ...]) -> str:
    """A title for a document that has none: its file name if that says anything, or its opening.

    >>> fallback_title("handbook/leave_policy-2026.txt", "", ())
    'leave policy 2026'
    >>> fallback_title("000_5584ab510741a9b8.txt", "Shops open at 9.", (Block(0, 16),))
    'Shops open at 9.'
    """
    stem = PurePosixPath(source).stem
    if _TELLING.search(stem) or not blocks:
        return one_line(re.sub(r"[_-]+", " ", stem)) or stem
    opening = one_line(text[blocks[0].start : blocks[0].end])
    if len(opening) <= _OPENING:
        return opening
    return opening[:_OPENING].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def sensible_title(title: str | None) -> str | None:
    """A title from a file's properties, unless an office program left it there by itself."""
    line = one_line(normalise(title or "").replace("\0", ""))
    if not _TELLING.search(line) or len(line) > LONGEST_TITLE or _LEFT_OVER.match(line):
        return None
    return line


class Outline:
    """Follows headings and their levels, and knows which path of headings is open where."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str]] = []
        self._found: list[tuple[int, tuple[str, ...]]] = []
        self.main: str | None = None
        """The first heading of the first level: the document's title, if it has no other."""

    def heading(self, level: int, text: str, start: int) -> None:
        """Enter the section that begins at `start`."""
        self._open = [(above, name) for above, name in self._open if above < level]
        if text:
            self._open.append((level, text))
            self.main = self.main or (text if level == 1 else None)
        self._found.append((start, tuple(name for _, name in self._open)))

    def sections(self, title: str) -> tuple[Section, ...]:
        """The sections; an outermost heading that only repeats the title is left out."""
        return tuple(
            Section(start, path[1:] if path[:1] == (title,) else path)
            for start, path in self._found
        )


class Extraction:
    """Text taken out of a file that is not plain text, collected block by block."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._end = 0
        self.blocks: list[Block] = []
        self.outline = Outline()

    def heading(self, level: int, text: str) -> None:
        """Add a heading: part of the text, but not quotable."""
        line = one_line(_clean(text))
        if line:
            start, _ = self._append(line, "\n\n")
            self.outline.heading(level, line, start)

    def block(self, text: str, kind: BlockKind = BlockKind.PROSE) -> None:
        """Add a paragraph, item, row or code block; one without a word is passed over."""
        piece = _clean(text).strip()
        if any(map(str.isalnum, piece)):
            close = kind in (BlockKind.ITEM, BlockKind.ROW)
            start, end = self._append(piece, "\n" if close else "\n\n")
            self.blocks.append(Block(start, end, kind))

    def next_page(self) -> None:
        """End a page: what is added next stands on the page after it."""
        self._parts.append(f"\n{PAGE_BREAK}")
        self._end += 2

    def document(
        self,
        source: str,
        title: str | None,
        *,
        date: str | None = None,
        origin: str | None = None,
        paged: bool = False,
    ) -> Document:
        """The document that was collected; `paged` if its page breaks are pages."""
        text, blocks = "".join(self._parts), tuple(self.blocks)
        breaks = [match.end() for match in re.finditer(PAGE_BREAK, text)]
        name = title or fallback_title(source, text, blocks)
        return Document(
            source=source,
            text=text,
            title=name,
            blocks=blocks,
            sections=self.outline.sections(name),
            page_starts=(0, *breaks) if paged else (),
            date=date,
            origin=origin,
        )

    def _append(self, piece: str, separator: str) -> tuple[int, int]:
        if self._parts and self._parts[-1][-1] != PAGE_BREAK:
            piece = separator + piece
        else:
            separator = ""
        start = self._end + len(separator)
        self._parts.append(piece)
        self._end += len(piece)
        return start, self._end


def _clean(text: str) -> str:
    """Normalised, and without NUL, which extraction sometimes makes of a missing character."""
    return normalise(text.replace("\0", ""))
