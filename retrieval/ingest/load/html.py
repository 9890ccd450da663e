"""HTML: what a reader of the page sees, without navigation, scripts and hidden parts."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from retrieval.errors import LoadError
from retrieval.ingest.front_matter import iso_date
from retrieval.ingest.load.document import one_line, sensible_title
from retrieval.ingest.load.html_blocks import extract
from retrieval.ingest.normalise import decode, normalise
from retrieval.model import Document

_DROPPED = ", ".join(
    """script style noscript template nav footer aside svg math iframe object button select textarea
    dialog [hidden] [aria-hidden=true] body>header""".split()
)
_HIDDEN_BY_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
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
    unseen = _unseen(tree)
    main = _main_part(tree)
    extraction = extract(tree.body if main is None else main, unseen)
    if main is not None and not extraction.blocks:
        extraction = extract(tree.body, unseen)
    return extraction.document(
        source,
        _title(tree, extraction.outline.main),
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


def _title(tree: LexborHTMLParser, heading: str | None) -> str | None:
    """The main heading if the page's title holds it (and the site's name), else the title."""
    node = tree.css_first("title")
    title = one_line(node.text()) if node is not None else ""
    return sensible_title(heading if heading and (heading in title or not title) else title)


def _unseen(tree: LexborHTMLParser) -> frozenset[int]:
    """The nodes that a reader does not see, or that belong to the site and not to the page."""
    dropped = {node.mem_id for node in tree.css(_DROPPED)}
    for node in tree.css("[style]"):
        if _HIDDEN_BY_STYLE.search(node.attributes.get("style") or ""):
            dropped.add(node.mem_id)
    return frozenset(dropped)


def _content(tree: LexborHTMLParser, selector: str) -> str | None:
    node = tree.css_first(selector)
    return node.attributes.get("content") if node is not None else None


def _origin(tree: LexborHTMLParser) -> str | None:
    node = tree.css_first('link[rel="canonical"]')
    address = (node.attributes.get("href") if node is not None else None) or ""
    return address if address.startswith(("https://", "http://")) else None


def _main_part(tree: LexborHTMLParser) -> LexborNode | None:
    """The element that the page marks as its content, if there is one."""
    main = tree.css_first("main, [role=main]")
    articles = tree.css("article")
    return articles[0] if main is None and len(articles) == 1 else main
