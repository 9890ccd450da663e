"""What the page makes of a text, as a tree of plain values."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser

from playwright.sync_api import Page

Tree = list[object]
"""Texts, and elements as `[tag, child, …]`."""

_READ = """
async ([module, name, texts]) => {
  const parse = (await import(module))[name];
  const context = {person: () => null, channelName: () => null, open() {}};
  const tree = (node) => node.nodeType === Node.TEXT_NODE
    ? node.data
    : [node.localName, ...[...node.childNodes].map(tree)];
  return texts.map((text) => parse(text, context).map(tree));
}
"""


def page_trees(page: Page, name: str, texts: Sequence[str]) -> list[Tree]:
    """Return what the page's `markdown` or `mrkdwn` makes of texts."""
    trees: list[Tree] = page.evaluate(_READ, [f"/page/text/{name}.js", name, list(texts)])
    return [tidy(tree) for tree in trees]


def html_tree(html: str) -> Tree:
    """Return the tree of some HTML."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tidy(reader.root)


def said(tree: Tree) -> str:
    """Return the text of a tree; a line break is one, and so is the end of a paragraph."""
    parts = []
    for node in tree:
        if isinstance(node, str):
            parts.append(node)
        elif isinstance(node, list):
            parts.append(said(node[1:]))
            parts.append("\n" if node[0] in ("br", "p") else "")
    return "".join(parts)


def tags(tree: Tree) -> set[str]:
    """Return the names of all elements of a tree."""
    found: set[str] = set()
    for node in tree:
        if isinstance(node, list):
            found |= {str(node[0])} | tags(node[1:])
    return found


def tidy(tree: Tree) -> Tree:
    """Join texts, drop blanks between blocks, and look through elements that only lay out."""
    nodes: Tree = []
    for node in tree:
        if isinstance(node, list) and node[0] in _SEEN_THROUGH:
            inside = tidy(node[1:])
        elif isinstance(node, list):
            inside = [[_SAME.get(str(node[0]), node[0]), *tidy(node[1:])]]
        else:
            inside = [node]
        for one in inside:
            if isinstance(one, str) and nodes and isinstance(nodes[-1], str):
                nodes[-1] += one
            else:
                nodes.append(one)
    return [node for node in nodes if node != "" and node != "\n"]


_SEEN_THROUGH = {"span", "thead", "tbody"}
_SAME = {"h1": "div", "h2": "div", "h3": "div", "h4": "div", "h5": "div", "h6": "div"}
_EMPTY = {"br", "hr", "img", "input"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root: Tree = []
        self._open: list[Tree] = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node: Tree = [tag]
        self._open[-1].append(node)
        if tag not in _EMPTY:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _EMPTY:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        # Lines of the source end inside code only; elsewhere a break is an element.
        is_code = any(node[:1] == ["pre"] for node in self._open)
        self._open[-1].append(data if is_code else data.replace("\n", ""))
