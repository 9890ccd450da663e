"""HTML: what a reader of the page sees."""

import pytest

from retrieval.errors import LoadError
from retrieval.ingest.load.html import load_html
from retrieval.ingest.split import split
from retrieval.model import Document


def load(html: str | bytes, source: str = "some_page.html") -> Document:
    return load_html(html.encode() if isinstance(html, str) else html, source)


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, document.text[block.start : block.end]) for block in document.blocks]


def prose(html: str) -> list[str]:
    return [text for _, text in blocks(load(html))]


def test_paragraphs_are_read_as_a_browser_shows_them() -> None:
    html = "<p>Some <b>bold</b>\n  text &amp; more.<br>Same.<br><br>Next.</p>Loose<div>Last</div>"
    assert prose(html) == ["Some bold text & more.\nSame.", "Next.", "Loose", "Last"]


def test_what_a_reader_does_not_see_is_left_out() -> None:
    html = """<body><header>Site</header><nav>Home</nav><p>Seen.</p><script>x()</script>
    <style>p{}</style><p hidden>No.</p><p style="color:red; display : NONE">No.</p>
    <div aria-hidden=true>No. <nav>No. <script>no()</script></nav></div>
    <!-- No. --><aside>Ad</aside><footer>End</footer>"""
    assert prose(html) == ["Seen."]


def test_the_main_part_is_preferred_with_its_own_header() -> None:
    html = "<div>Menu</div><main><header><p>By us.</p></header><p>Body.</p></main><div>More</div>"
    assert prose(html) == ["By us.", "Body."]
    assert prose("<p>Menu</p><article><p>Body.</p></article>") == ["Body."]
    both = "<article>One.</article><article>Two.</article>"
    assert prose(both) == ["One.", "Two."]
    assert prose("<main></main><p>Body.</p>") == ["Body."]


def test_a_page_wrapped_in_a_form_is_read() -> None:
    assert prose("<form><p>Body.</p><select><option>x</select><button>Go</button></form>") == [
        "Body."
    ]


def test_lists_tables_and_code_keep_their_kinds() -> None:
    html = """<ul><li>One<ul><li>Nested</li></ul></li><li><p>Two</p></ul>
    <table><tr><th>Year<th>Days<tr><td>2025<td><p>25</p><br>or so</table>
    <pre>\nx = 1\n  y = 2\n</pre><dl><dt>Term<dd>Meaning</dl>"""
    assert blocks(load(html)) == [
        ("item", "One"),
        ("item", "Nested"),
        ("item", "Two"),
        ("row", "Year | Days"),
        ("row", "2025 | 25 or so"),
        ("code", "x = 1\n  y = 2"),
        ("prose", "Term"),
        ("item", "Meaning"),
    ]


def test_a_table_that_only_arranges_the_page_is_not_rows() -> None:
    html = "<table><tr><td>Menu</td><td><h2>News</h2><p>Text.</p></td></tr></table>"
    assert blocks(load(html)) == [("prose", "Menu"), ("prose", "Text.")]


def test_headings_are_paths_and_the_site_name_is_not_the_title() -> None:
    document = load(
        "<title>Leave policy - Intranet</title>"
        "<h1>Leave policy</h1><p>A.</p><h2>Carry</h2><p>B.</p>"
    )
    assert document.title == "Leave policy"
    assert [(p.heading, p.text) for p in split(document)] == [(None, "A."), ("Carry", "B.")]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Other title</title><h1>Main</h1>", "Other title"),
        ("<h1><div>Main <i>part</i></div><br>here</h1>", "Main part here"),
        ("<title>untitled</title>", "some page"),
    ],
)
def test_the_title_is_the_pages_or_the_main_heading_or_the_name(head: str, title: str) -> None:
    assert load(head + "<p>Text.").title == title


def test_date_and_address_are_what_the_page_states() -> None:
    document = load(
        '<meta property="article:published_time" content="2026-03-01T08:00:00Z">'
        '<link rel="canonical" href="https://news.example/a"><p>Text.'
    )
    assert (document.date, document.origin) == ("2026-03-01", "https://news.example/a")
    document = load('<meta name=date content="March"><link rel=canonical href="javascript:x"><p>T')
    assert (document.date, document.origin) == (None, None)


def test_a_declared_encoding_is_used() -> None:
    page = '<meta charset="windows-1254"><p>Yaşar Güler</p>'
    assert blocks(load(page.encode("windows-1254"))) == [("prose", "Yaşar Güler")]
    with pytest.raises(LoadError, match="UTF-8"):
        load(b'<meta charset="shift_jis"><p>\xfd\xff</p>')
    with pytest.raises(LoadError, match="offset"):
        load(b'<meta charset="zip"><p>\xfd</p>')


def test_nesting_beyond_reason_is_refused_quickly() -> None:
    with pytest.raises(LoadError, match="nested"):
        load("<div>" * 100_000 + "text")
    assert prose("<div>" * 3_000 + "text") == ["text"]
    assert prose("<p>one" * 20_000)[-1] == "one"
