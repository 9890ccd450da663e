"""Markdown on the page, beside another reader of it, and beside what the bot makes harmless."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.slack.safe_text import displayable, markdown, plain
from tests.browser.conftest import Sit
from tests.browser.seat import Seat
from tests.browser.texts import html_tree, page_trees, said, tags

SAMPLES = [
    "plain words",
    "two\nlines",
    "two\n\nparagraphs",
    "hard  \nbreak and another\\\none",
    "# One\n## Two ##\n### Three",
    "#no heading\n\n####### neither",
    "Title\n===\n\nLesser\n---",
    "*a* **b** ***c*** _d_ __e__ ~~f~~",
    "*a **b** c* and **a *b* c**",
    "2 * 3 * 4 and snake_case_name and a*b*c",
    "**unclosed and *mixed** up*",
    "***strong** then em*",
    '**a*b*c** *(a)* **"b"**',
    "`code` ``a ` b`` ` x ` `` `open",
    "`*not em*` and *not `code* here`",
    '[link](https://example.com) [b](<https://example.com/a b> "title")',
    "[**bold** link](https://example.com/a_(b)) [not a link] (x)",
    "[outer [inner](https://example.com/i)](x)",
    "<https://example.com/x?a=1&b=2>",
    "\\*a\\* \\_b\\_ \\`c\\` \\# \\[d\\](e) \\\\ \\a",
    "&amp; &lt;b&gt; &quot; &#65; &#x42; &unknown; & <",
    "<b>no html</b> <script>alert(1)</script>",
    "> one\n> two\n\nafter",
    "> one\nlazy\n\n> > nested\n> back",
    "> # heading\n> - item\n>\n> ```\n> code\n> ```",
    "- one\n- two\n  - inner\n  - more\n- three",
    "- one\n\n- two\n\n  its paragraph",
    "1. one\n2. two\n\n3) other",
    "7. seven\n8. eight",
    "* a\n+ b\n- c",
    "- a\nlazy\n- b",
    "- ```\n  code\n  ```\n- > quote",
    "text\n- list after text",
    "text\n2. no list after text",
    "```\ncode *x*\n\n<b>\n```\nafter",
    "~~~python\nx = 1\n~~~",
    "```\nunclosed",
    "    indented\n      more\n\n    still\n\nafter",
    "a\n\n---\n\nb\n\n***\n\n_ _ _",
    "| a | b |\n|---|:-:|\n| 1 | **2** |\n| \\| | `x` |",
    "a | b\n--|--\n1 | 2\n\nafter",
    "| only | one |\n| row | here |",
    "a\\\nb",
    "  leading and trailing  ",
]

READER = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(
    ["table", "strikethrough"]
)


@pytest.fixture
def seat(sit: Sit) -> Seat:
    return sit()


def test_markdown_is_read_as_others_read_it(seat: Seat) -> None:
    trees = page_trees(seat.page, "markdown", SAMPLES)

    wrong = {}
    for text, tree in zip(SAMPLES, trees, strict=True):
        expected = html_tree(READER.render(text))
        if unwrapped(tree) != unwrapped(expected):
            wrong[text] = (tree, expected)
    assert wrong == {}


def unwrapped(tree: list[object]) -> list[object]:
    """Trees without the frame of a table and without the line end that closes code."""
    nodes: list[object] = []
    for node in tree:
        if isinstance(node, list) and node[:1] == ["div"] and node[1:] and is_table(node[1]):
            nodes += unwrapped(node[1:])
        elif isinstance(node, list) and node[0] == "code":
            nodes.append(["code", *(str(text).rstrip("\n") for text in node[1:])])
        elif isinstance(node, list):
            nodes.append([node[0], *unwrapped(node[1:])])
        else:
            nodes.append(node)
    return nodes


def is_table(node: object) -> bool:
    return isinstance(node, list) and node[0] == "table"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.com",
        "/page/act",
    ],
)
def test_only_web_addresses_become_links(seat: Seat, address: str) -> None:
    texts = [f"[x]({address})", f"<{address}>", f"![x]({address})", f"[x](<{address}>)", address]
    marked = [f"<{address}|x>", f"<{address}>", address]

    trees = [*page_trees(seat.page, "markdown", texts), *page_trees(seat.page, "mrkdwn", marked)]

    assert [tree for tree in trees if "a" in tags(tree)] == []


HOSTILE = st.text(
    st.one_of(
        st.sampled_from("*_~`[]()<>!#|\\&;:.-+=@/ \n\t\"'0123abchtps\u202e\u2066\u200b"),
        st.characters(codec="utf-8"),
    ),
    max_size=60,
)


@settings(
    max_examples=300,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(texts=st.lists(HOSTILE, min_size=5, max_size=20))
def test_no_text_of_a_document_comes_alive_in_an_answer(seat: Seat, texts: list[str]) -> None:
    trees = page_trees(seat.page, "markdown", [markdown(text) for text in texts])
    marked = page_trees(seat.page, "mrkdwn", [plain(text) for text in texts])

    for text, tree, other in zip(texts, trees, marked, strict=True):
        alive = tags(tree) - {"p", "code", "br"}
        assert alive == set(), (text, tree)
        assert words(said(tree)) == words(displayable(text)), (text, tree)
        assert "script" not in tags(other)


def words(text: str) -> list[str]:
    """What is read; how much space stands between is not told apart."""
    return text.split()
