"""PDF: text page by page; lines are joined to paragraphs, running headers and footers left out."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError

from retrieval.errors import LoadError
from retrieval.ingest.load.document import PAGE_BREAK, Extraction, one_line, sensible_title
from retrieval.ingest.load.paragraphs import FINISHED, MARKER
from retrieval.model import BlockKind, Document

_EDGE_LINES = 2
"""How many lines at the top and at the bottom of a page may be a running header or footer."""
_FEWEST_REPEATS = 3
_NARROWEST = 40
_FULL = 0.8
"""A line at least this long, measured by the page's longest, was ended by the margin."""
_LONGEST_FURNITURE = 80
_NUMBER = re.compile(r"(?<!\d)[0-9]{1,5}(?!\d)")


_Edge = tuple[int, str]
"""A place, counted from the top (0, 1) or the bottom (-1, -2), and what stands there."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    page: int
    full: bool


def load_pdf(data: bytes, source: str) -> Document:
    """Load a PDF; its text is what was extracted. Its dates tell of the file, not of the text."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports every flaw that it meets
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _encrypted()
        pages = [page.extract_text() for page in reader.pages]
        title = reader.metadata.title if reader.metadata else None
    except (DependencyError, FileNotDecryptedError) as error:
        raise _encrypted() from error
    except (LoadError, MemoryError):
        raise
    except Exception as error:  # a damaged file fails anywhere in the parser, with any type
        raise _damaged(type(error).__name__) from error
    if not pages:
        raise _damaged("it has no pages")
    if not any(map(str.isalnum, "".join(pages))):
        raise LoadError(
            f"The PDF has no text on its {len(pages)} page(s): it is probably a scan.",
            "Run it through text recognition (OCR) first.",
        )
    return _collect(pages).document(source, sensible_title(title), paged=True)


def _collect(pages: list[str]) -> Extraction:
    extraction = Extraction()
    page = 0
    for paragraph in _paragraphs(_lines(pages)):
        for _ in range(page, paragraph[0].page):
            extraction.next_page()
        page = paragraph[-1].page
        text = _join(paragraph)
        marker = MARKER.match(text)
        kind = BlockKind.ITEM if marker else BlockKind.PROSE
        extraction.block(text[marker.end() :] if marker else text, kind)
    return extraction


def _join(paragraph: list[_Line]) -> str:
    """The lines of a paragraph, which may run on over the end of its page."""
    text = paragraph[0].text
    for before, line in pairwise(paragraph):
        text += "\n" + PAGE_BREAK * (line.page - before.page) + line.text
    return text


def _lines(pages: list[str]) -> Iterator[_Line]:
    split = [[line for raw in page.split("\n") if (line := one_line(raw))] for page in pages]
    furniture = _furniture(split)
    for number, lines in enumerate(split):
        width = max(_NARROWEST, *map(len, lines)) if lines else 0
        for index, line in enumerate(lines):
            if not furniture.intersection(_at_edge(lines, index, number)):
                yield _Line(line, number, full=len(line) >= _FULL * width)


def _furniture(pages: list[list[str]]) -> frozenset[_Edge]:
    """Lines that stand at the same place at the edge of most pages."""
    seen = Counter(
        edge
        for number, lines in enumerate(pages)
        for index in range(len(lines))
        for edge in _at_edge(lines, index, number)
    )
    often = max(_FEWEST_REPEATS, len(pages) // 2 + 1)
    return frozenset(edge for edge, count in seen.items() if count >= often)


def _at_edge(lines: list[str], index: int, page: int) -> set[_Edge]:
    """A line at the edge of a page, as it is and with the page's number left open.

    Only a number that grows with the pages is left open: totals under a table are not.
    """
    line = lines[index].lower()
    places = [p for p in (index, index - len(lines)) if -_EDGE_LINES <= p < _EDGE_LINES]
    if len(line) > _LONGEST_FURNITURE or not places:
        return set()
    texts = {line}
    numbers = list(_NUMBER.finditer(line))
    for number in {*numbers[:1], *numbers[-1:]}:
        grows = int(number.group()) - page
        texts.add(f"{line[: number.start()]}#{grows}{line[number.end() :]}")
    return {(place, text) for place in places for text in texts}


def _paragraphs(lines: Iterator[_Line]) -> Iterator[list[_Line]]:
    paragraph: list[_Line] = []
    for line in lines:
        if paragraph and not _continues(paragraph[-1], line):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _continues(line: _Line, following: _Line) -> bool:
    """Whether two lines belong to one paragraph: PDF keeps no mark of where one ends."""
    if MARKER.match(following.text):
        return False
    finished = FINISHED.search(line.text) is not None
    if line.full and line.page == following.page:
        return True
    return not finished and (following.text[0].islower() or line.full)


def _damaged(reason: str) -> LoadError:
    return LoadError(
        f"The PDF is damaged: {reason}.", "Open it in a PDF viewer and export it again."
    )


def _encrypted() -> LoadError:
    return LoadError(
        "The PDF is encrypted: it cannot be read without its password.",
        "Save a copy without a password.",
    )
