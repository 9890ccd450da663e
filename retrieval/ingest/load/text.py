"""Plain text: a title if there is one, then paragraphs."""

from __future__ import annotations

import re

from retrieval.ingest.front_matter import read_front_matter
from retrieval.ingest.load.document import fallback_title, one_line
from retrieval.ingest.load.paragraphs import MARKER, paragraphs
from retrieval.ingest.normalise import decode, normalise
from retrieval.model import Document, Section

_LONGEST_TITLE = 120
_TITLE = re.compile(rf"\s*(?P<title>\S.{{0,{_LONGEST_TITLE - 1}}})\n[^\S\n]*\n\s*\S")
_STOP = re.compile(r"[.!?…:;,。！？؟][\"'”’)\]]*\s*\Z")


def load_text(data: bytes, source: str) -> Document:
    """Load a plain text file; its text is the file's own."""
    text = normalise(decode(data))
    front = read_front_matter(text)
    body_start, heading = _heading(text, front.end)
    blocks = tuple(paragraphs(text, body_start, len(text)))
    title = front.title or heading or fallback_title(source, text, blocks)
    sections: tuple[Section, ...] = ()
    if heading is not None and heading != title:
        sections = (Section(front.end, (heading,)),)
    return Document(
        source=source,
        text=text,
        title=title,
        blocks=blocks,
        sections=sections,
        date=front.date,
        origin=front.origin,
        named=front.collection,
    )


def _heading(text: str, start: int) -> tuple[int, str | None]:
    """A short first line with an empty line after it and no stop at its end is a heading."""
    match = _TITLE.match(text, start)
    if match is None or _STOP.search(match["title"]) or MARKER.match(match["title"]):
        return start, None
    return match.end("title"), one_line(match["title"])
