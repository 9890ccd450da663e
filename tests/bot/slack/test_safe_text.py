from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.slack.safe_text import (
    code_stretches,
    displayable,
    fit,
    is_address,
    markdown,
    one_line,
    plain,
    plain_lines,
    shorten,
    shorten_start,
)

HARMLESS = {"text", "code_inline", "softbreak", "hardbreak", "text_special"}
ALIVE = re.compile(
    r"\w://|//\w|\bwww\.\w|[\w.+-]@[\w-]+\.\w|@\w|\w\.[a-z]{2}|:(?=\w*[a-z_])\w{1,100}:",
    re.IGNORECASE,
)
HOSTILE = [
    "<!here> <!channel> <@U123> <#C1|general> <!subteam^S1|@ops> @here @channel @everyone",
    "[click](https://evil.example) ![x](http://evil.example/p.png) <https://evil.example|x>",
    "https://evil.example/a?b=1&c=[2]|x www.evil.example mailto:a@b.example a.b+c@evil.example",
    "HTTPS://EVIL.example 1http://evil.example javascript://x ftp://x .www.x -www.x",
    "evil.example, a.evil.example:8080/p?q#r (README.md) x_y.z.example//x evil.example@x //evil",
    ":ftp://localhost :ftp://evil.example #evil.example1.5 ftp://`x http://\\`x evil.example_1",
    "# heading\n## two\n- item\n+ item\n* item\n1. one\n2) two\n> quote\n---\n***\n===\n```\ncode",
    "    indented\n\ttabbed\n| a | b |\n|---|---|\n| 1 | 2 |\n~~gone~~ **bold** __b__ _it_ `code`",
    "[1]: https://evil.example\n[1]\n[^1]: note\n<b>html</b> <!-- c --> &lt; &amp;amp; &#64;",
    ":fire: :+1: :a_b-c: 12:30:45 a:b:c",
    "\u202eright to left\u202c \u2066x\u2069 z\u200bw a\ufeffb \x00\x07\x1b[31m \ud800 \u2028line",
    "`@here` ``@a@b`` \\`@x` \\\\`@y` \\[z] \\<!here>",
    "👩‍👩‍👧 می‌خواهم 🇹🇷 é e\u0301",
]
LINKIFIER = LinkifyIt()
NAMES_A_HOST = re.compile(r"(?:[\w+.-]*:)?(?://)?(?:[\w+.-]+@)?\w[\w.-]*(?:[:/?#]|$)")
"""What it takes for a host besides, as in "=.org", nobody else does."""
texts = st.text(max_size=200) | st.lists(
    st.sampled_from(
        [*"<>@!#[]()`*_~|\\&:.-+=1 \n\t", "here", "http://", "//", "www.", "a@b.c", "b.cd", "```"]
    ),
    max_size=40,
).map("".join)


def inline_tokens(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or ()]


def quoted(text: str) -> tuple[set[str], list[Token]]:
    """Block and inline tokens of `text` as it stands in a block quote between two paragraphs."""
    quote = "\n".join(f"> {line}" for line in markdown(text).split("\n"))
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(f"before\n\n{quote}\n\nafter")
    return {token.type for token in tokens}, inline_tokens(tokens)


def read_back(tokens: list[Token]) -> str:
    return "".join("\n" if "break" in token.type else token.content for token in tokens)


def without_spaces(text: str) -> str:
    return "".join(text.split())


@given(texts)
@example("".join(HOSTILE))
def test_nothing_in_a_quotation_is_markup(text: str) -> None:
    blocks, inline = quoted(text)

    assert blocks <= {
        *("paragraph_open", "inline", "paragraph_close", "blockquote_open", "blockquote_close")
    }
    assert {token.type for token in inline} <= HARMLESS


@given(texts)
def test_a_quotation_reads_as_it_was_written(text: str) -> None:
    _, inline = quoted(text)

    assert without_spaces(read_back(inline)) == f"before{without_spaces(displayable(text))}after"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_dead_and_complete(text: str) -> None:
    test_nothing_in_a_quotation_is_markup.hypothesis.inner_test(text)  # type: ignore[attr-defined]
    test_a_quotation_reads_as_it_was_written.hypothesis.inner_test(text)  # type: ignore[attr-defined]


@given(texts)
@example(" ".join(HOSTILE))
def test_nothing_outside_of_code_can_come_alive(text: str) -> None:
    _, inline = quoted(text)

    outside = " ".join(token.content for token in inline if token.type != "code_inline")
    assert not ALIVE.search(outside)


@given(texts)
@example(" ".join(HOSTILE))
@example("a@b.cd..http://intranet/ :x:http://intranet/ @a..http://intranet/")
def test_a_linkifier_of_others_finds_no_link_outside_of_code(text: str) -> None:
    _, inline = quoted(text)

    outside = "".join(" " if token.type == "code_inline" else token.content for token in inline)
    found = [link.raw for link in LINKIFIER.match(outside) or ()]
    assert not [link for link in found if NAMES_A_HOST.match(link)]


@given(texts)
@example(" ".join(HOSTILE))
def test_no_angle_bracket_reaches_slack_as_it_is(text: str) -> None:
    assert not re.search(r"[<>]", markdown(text) + plain(text))
    assert re.fullmatch(r"(?:[^&]|&(?:amp|lt|gt);)*", plain(text), re.DOTALL)


@given(texts)
def test_what_hides_or_reorders_text_is_not_shown(text: str) -> None:
    hidden = {c for c in displayable(text) if unicodedata.category(c) in ("Cc", "Cf", "Cs")}

    assert hidden <= {"\n", "\u200c", "\u200d"}


def test_scripts_and_emoji_keep_their_joiners() -> None:
    text = "👩‍👩‍👧 می‌خواهم"

    assert displayable(text) == text
    assert displayable("ev\u200dil pass\u200cword") == "evil password"


def test_the_full_stop_after_an_address_is_the_sentences() -> None:
    assert markdown("See https://a.example/b. Or (docs/README.md), a@b.example!") == (
        "See `https://a.example/b`. Or (`docs/README.md`), `a@b.example`!"
    )


@pytest.mark.parametrize(
    "text",
    ["about 3.14 kg", "v1.2.3", "e.g. this", "the U.S. law", "9 a.m. to 5 p.m.", "12:30:45", "a/b"],
)
def test_what_only_looks_like_an_address_stays_as_it_is(text: str) -> None:
    assert markdown(text) == plain(text) == text
    assert code_stretches(text) == []


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("https://team.example/archives/C1/p1?thread_ts=1.2&cid=C1", True),
        ("http://127.0.0.1:8300/archives/C1/p1", True),
        ("javascript:alert(1)", False),
        ("https://team.example/|<!channel>", False),
        ("https://team.example/ x", False),
        ("", False),
    ],
)
def test_only_a_whole_web_address_becomes_a_link(address: str, is_safe: bool) -> None:
    assert is_address(address) is is_safe


def test_lines_stay_where_they_are_wanted_and_go_where_they_are_not() -> None:
    assert plain_lines("\na < b:\n    go()\n") == "a &lt; b:\n    go()"
    assert plain("\na < b:\n    go()\n") == "a &lt; b: go()"
    assert one_line("\u202eone\n two", 80) == "one two"


@given(texts, st.integers(min_value=4, max_value=300))
def test_a_text_is_shortened_at_either_end(text: str, max_chars: int) -> None:
    beginning, end = shorten(text, max_chars), shorten_start(text, max_chars)

    assert len(beginning) <= max_chars
    assert len(end) <= max_chars
    if len(text) <= max_chars:
        assert beginning == end == text
    else:
        assert text.startswith(beginning.removesuffix(" …"))
        assert text.endswith(end.removeprefix("… "))


def test_indented_code_keeps_its_shape() -> None:
    assert markdown("if x:\n    go()") == "if x:\n\u00a0\u00a0\u00a0\u00a0go()"


@given(texts, st.integers(min_value=2, max_value=300))
def test_fitting_text_fits_and_says_whether_it_is_whole(text: str, max_chars: int) -> None:
    for safe in (markdown, plain):
        shown, is_whole = fit(text, max_chars, safe)

        assert len(shown) <= max_chars
        assert shown == safe(text) if is_whole else max(len(text), len(safe(text))) > max_chars


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "a@",
        ":a",
        "http",
        "<!",
        "&",
        "\n",
        "a.-",
        "a.",
        "ab.c",
        "//",
        "www.",
        "`",
        "((",
        "a:" * 3,
    ],
)
def test_a_hundred_thousand_characters_are_cut_in_good_time(text: str) -> None:
    shown, is_whole = fit(text * (100_000 // len(text)), 5_000, markdown)

    assert not is_whole
    assert len(shown) <= 5_000
