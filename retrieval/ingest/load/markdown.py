"""Markdown: block tokens of markdown-it say what each line is; offsets are the file's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.token import Token

from retrieval.ingest.front_matter import read_front_matter
from retrieval.ingest.load.document import Outline, fallback_title, one_line
from retrieval.ingest.load.paragraphs import paragraphs
from retrieval.ingest.normalise import decode, normalise
from retrieval.model import Block, BlockKind, Document

_LONGEST_HEADING = 300
_WORD = re.compile(r"\w")
_MARKUP = re.compile(r"[^\w ,.:;?()'\"/–-]|_")
_TAGS = re.compile(r"<!--.*?(?:-->|\Z)|</?[A-Za-z!?][^>]*>", re.DOTALL)
_SENTENCE_END = re.compile(r"[.!?:…。！？][\"'”’)\]*_]*\Z")


def load_markdown(data: bytes, source: str) -> Document:
    """Load a Markdown file; its text is the file's own, markup included."""
    text = normalise(decode(data))
    front = read_front_matter(text)
    reading = _Reading(text, front.end)
    # A file of headings only, or nested too deeply to parse, is still worth reading.
    blocks = tuple(reading.blocks) or tuple(paragraphs(text, front.end, len(text)))
    title = front.title or reading.outline.main or fallback_title(source, text, blocks)
    return Document(
        source=source,
        text=text,
        title=title,
        blocks=blocks,
        sections=reading.outline.sections(title) if reading.blocks else (),
        date=front.date,
        origin=front.origin,
        named=front.collection,
    )


@lru_cache(maxsize=1)
def _block_parser() -> MarkdownIt:
    """Parses blocks only: the text inside them is quoted as it stands."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


class _Reading:
    """One pass over the block tokens of a text."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        lines = text[start:].split("\n")
        self._starts = list(accumulate((len(line) + 1 for line in lines), initial=start))
        self._in_item = 0
        self.outline = Outline()
        self.blocks: list[Block] = []
        tokens = _block_parser().parse(text[start:])
        for opener, token in zip([None, *tokens], tokens, strict=False):
            self._take(token, opener)

    def _take(self, token: Token, opener: Token | None) -> None:
        inside = opener.type if opener is not None and token.type == "inline" else ""
        if token.type == "list_item_open":
            self._in_item += 1
        elif token.type == "list_item_close":
            self._in_item -= 1
        elif inside == "heading_open" and opener is not None:
            self._heading(int(opener.tag[1]), token)
        elif inside == "paragraph_open":
            self.blocks.extend(self._paragraph(token))
        elif token.type == "tr_open":
            self._trimmed(token, " \t|>", BlockKind.ROW)
        elif token.type in ("fence", "code_block"):
            self._code(token)
        elif token.type == "html_block":
            self._html(token)

    def _heading(self, level: int, token: Token) -> None:
        self.outline.heading(level, _plain(token.content), self._lines(token)[0])

    def _lines(self, token: Token) -> tuple[int, int]:
        """Offsets of the first line's start and the last line's end (without its newline)."""
        first, after = token.map or [0, 0]
        return self._starts[first], max(self._starts[first], self._starts[after] - 1)

    def _paragraph(self, token: Token) -> Iterator[Block]:
        """One block, cut where a quotation mark `>` would otherwise stand between sentences."""
        kind = BlockKind.ITEM if self._in_item else BlockKind.PROSE
        spans = self._content_spans(token)
        start = end = spans[0][0]
        for line_start, line_end in spans:
            marked = self._text[end:line_start].strip()
            if marked and end > start and _SENTENCE_END.search(self._text, start, end):
                yield from self._block(start, end, kind)
                start = line_start
            end = line_end
        yield from self._block(start, end, kind)

    def _content_spans(self, token: Token) -> list[tuple[int, int]]:
        """Where each line's content stands: at the end of the line, after markers and indent."""
        first = (token.map or [0])[0]
        spans = []
        for offset, content in enumerate(token.content.split("\n")):
            line_start, line_after = self._starts[first + offset : first + offset + 2]
            line = self._text[line_start:line_after].rstrip()
            end = line_start + len(line)
            spans.append((max(line_start, end - len(content.strip())), end))
        return spans

    def _block(self, start: int, end: int, kind: BlockKind) -> Iterator[Block]:
        if _WORD.search(self._text, start, end):
            yield Block(start, end, kind)

    def _trimmed(self, token: Token, edge: str, kind: BlockKind) -> None:
        start, end = self._lines(token)
        line = self._text[start:end]
        start += len(line) - len(line.lstrip(edge))
        end = max(start, end - (len(line) - len(line.rstrip(edge))))
        self.blocks.extend(self._block(start, end, kind))

    def _code(self, token: Token) -> None:
        if not token.content.strip():
            return
        first = (token.map or [0])[0] + (token.type == "fence")
        count = token.content.removesuffix("\n").count("\n") + 1
        start, end = self._starts[first], self._starts[first + count] - 1
        body = self._text[start:end]
        indent = len(body) - len(body.lstrip())
        self.blocks.append(Block(start + indent, start + len(body.rstrip()), BlockKind.CODE))

    def _html(self, token: Token) -> None:
        """What stands between the tags; comments and the tags themselves are not quotable."""
        start, end = self._lines(token)
        for tag in [*_TAGS.finditer(self._text, start, end), None]:
            until = tag.start() if tag else end
            self.blocks.extend(paragraphs(self._text, start, until))
            start = tag.end() if tag else end


@lru_cache(maxsize=1)
def _inline_parser() -> MarkdownIt:
    return MarkdownIt("commonmark")


def _plain(content: str) -> str:
    """A heading as it reads: without emphasis, code marks and link targets."""
    if not _MARKUP.search(content):
        return one_line(content[:_LONGEST_HEADING])  # most headings: parsing them is slow
    inline = _inline_parser().parseInline(content[:_LONGEST_HEADING])
    children = inline[0].children or []
    return one_line("".join(" " if c.type == "softbreak" else c.content for c in children))
