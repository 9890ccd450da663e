"""HTML: what a reader of the page sees, without navigation, scripts and hidden parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from retrieval.errors import LoadError
from retrieval.ingest.front_matter import iso_date
from retrieval.ingest.load.document import Extraction, one_line, sensible_title
from retrieval.ingest.normalise import decode, normalise
from retrieval.model import BlockKind, Document

_DROPPED = ", ".join(
    """script style noscript template nav footer aside svg math iframe object button select textarea
    dialog [hidden] [aria-hidden=true]""".split()
)
_HIDDEN_BY_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    """address article blockquote body caption center dd details div dl dt fieldset figcaption
    figure form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main ol p pre section summary table
    tbody tfoot thead tr ul""".split()
)
_ITEMS = frozenset({"li", "dd"})
_DATES = (
    'meta[property="article:published_time"]',
    'meta[itemprop="datePublished"]',
    'meta[name="date"]',
    'meta[name="dcterms.date"]',
    'meta[name="DC.date"]',
)
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset=[\"']?((?:iso-8859-|windows-125|koi8-|shift_jis|euc-|gb|big5)[\w-]*)",
    re.IGNORECASE,
)
_HEAD_BYTES = 2_048
_TAG = re.compile(r"<(?P<closing>/?)(?P<name>[a-zA-Z][^\s/>]*)")
_NEVER_NESTED = frozenset(
    """area base br col embed hr img input link meta source track wbr p li dt dd tr td th thead
    tbody tfoot option optgroup colgroup rp rt""".split()
)
_DEEPEST = 10_000
"""Parsing time grows with the square of the nesting: 100,000 levels take half a minute."""


def load_html(data: bytes, source: str) -> Document:
    """Load a web page; its text is what was extracted."""
    text = normalise(_decode(data))
    _refuse_deep_nesting(text)
    tree = LexborHTMLParser(text)
    title = _title(tree)
    _drop_unseen(tree)
    extraction = _extract(_main_part(tree))
    if not extraction.blocks and tree.body is not None:
        extraction = _extract(tree.body)
    return extraction.document(
        source,
        title,
        date=next(filter(None, (iso_date(_content(tree, name)) for name in _DATES)), None),
        origin=_origin(tree),
    )


def _decode(data: bytes) -> str:
    try:
        return decode(data)
    except LoadError:
        declared = _CHARSET.search(data, 0, _HEAD_BYTES)
        if declared is None:
            raise
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError) as error:
            raise LoadError(
                "The page does not keep to the encoding that it declares.",
                "Save it with the encoding UTF-8.",
            ) from error


def _refuse_deep_nesting(text: str) -> None:
    depth = 0
    for match in _TAG.finditer(text):
        if match["name"].lower() not in _NEVER_NESTED:
            depth = max(0, depth - 1) if match["closing"] else depth + 1
            if depth > _DEEPEST:
                raise LoadError(
                    f"Its elements are nested more than {_DEEPEST:,} deep.",
                    "Save the page again with a browser, or convert it to text.",
                )


def _title(tree: LexborHTMLParser) -> str | None:
    """The first main heading if the page's title holds it (and the site's name), else the title."""
    named, heading = tree.css_first("title"), tree.css_first("h1")
    title = one_line(named.text()) if named is not None else ""
    main = one_line(heading.text()) if heading is not None else ""
    return sensible_title(main if main and (main in title or not title) else title or main)


def _drop_unseen(tree: LexborHTMLParser) -> None:
    for node in tree.css(_DROPPED):
        node.decompose()
    for node in tree.css("[style]"):
        if _HIDDEN_BY_STYLE.search(node.attributes.get("style") or ""):
            node.decompose()


def _content(tree: LexborHTMLParser, selector: str) -> str | None:
    node = tree.css_first(selector)
    return node.attributes.get("content") if node is not None else None


def _origin(tree: LexborHTMLParser) -> str | None:
    node = tree.css_first('link[rel="canonical"]')
    address = (node.attributes.get("href") if node is not None else None) or ""
    return address if address.startswith(("https://", "http://")) else None


def _main_part(tree: LexborHTMLParser) -> LexborNode | None:
    main = tree.css_first("main, [role=main]")
    articles = tree.css("article")
    if main is None and len(articles) == 1:
        main = articles[0]
    if main is not None:
        return main
    for node in tree.css("body > header"):
        node.decompose()
    return tree.body


def _extract(root: LexborNode | None) -> Extraction:
    reading = _Reading()
    if root is not None:
        for node, entering in _walk(root):
            reading.take(node, entering)
        reading.flush()
    return reading.extraction


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Enter (True) and leave (False) every node in document order, however deep they nest."""
    node = root
    yield node, True
    while True:
        below = node.first_child
        if below is not None:
            node = below
            yield node, True
            continue
        yield node, False
        while node.mem_id != root.mem_id and node.next is None:
            if node.parent is None:
                return
            node = node.parent
            yield node, False
        if node.mem_id == root.mem_id or node.next is None:
            return
        node = node.next
        yield node, True


class _Reading:
    """Collects text between block elements; a row's cells are joined with ` | `."""

    def __init__(self) -> None:
        self.extraction = Extraction()
        self._inline: list[str] = []
        self._cells: list[str] | None = None
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

    def flush(self, heading: int | None = None) -> None:
        """Make a block of the text since the last block element."""
        text = "".join(self._inline)
        self._inline.clear()
        if heading is not None:
            self.extraction.heading(heading, text)
        elif self._preformatted:
            self.extraction.block(text.strip("\n"), BlockKind.CODE)
        else:
            kind = BlockKind.ITEM if self._items else BlockKind.PROSE
            for paragraph in re.split(r"\v\s*\v[\s\v]*", text):
                self.extraction.block(_lines(paragraph), kind)

    def _line_break(self, entering: bool) -> None:
        # A vertical tab stands for the break until white space has been collapsed.
        if entering:
            self._inline.append("\n" if self._preformatted else " " if self._in_row else "\v")

    @property
    def _in_row(self) -> bool:
        return self._cells is not None

    def _block(self, name: str, entering: bool) -> None:
        if self._cells is not None:
            self._inline.append(" ")
            return
        self.flush(None if entering else _HEADINGS.get(name))
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
    """Whether a table row only arranges a page: it holds another table, headings or a list."""
    return row.css_first("table, h1, h2, h3, h4, pre") is not None


def _lines(text: str) -> str:
    return "\n".join(filter(None, (one_line(line) for line in text.split("\v"))))
