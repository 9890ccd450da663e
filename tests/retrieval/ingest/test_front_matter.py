"""Front matter: read when it is, left as text when it is not."""

import pytest

from retrieval.ingest.front_matter import FrontMatter, iso_date, read_front_matter


def test_title_date_and_source_are_read() -> None:
    text = '---\ntitle: "Rules: all of them"\ndate: 2026-03-01T10:00\nsource: HR desk\n---\nText'
    front = read_front_matter(text)
    assert front == FrontMatter(text.index("Text"), "Rules: all of them", "2026-03-01", "HR desk")


def test_entries_of_other_tools_are_passed_over() -> None:
    text = "---\ntitle: Rules\ntags:\n  - a\n- b\n# note\nabout: >-\n  long\n\nlist: [1]\n---\nText"
    front = read_front_matter(text)
    assert (front.title, text[front.end :]) == ("Rules", "Text")


def test_it_may_end_with_the_text() -> None:
    assert read_front_matter("---\ntitle: T\n---").end == 16


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---",
        "---\n",
        "---\n---\nText",
        "---\nA rule, then prose.\n---\nText",
        "---\ntitle: never closed\nText",
        "\n---\ntitle: not at the top\n---\n",
        "----\ntitle: x\n----\n",
        "---\n" + "a: b\n" * 5_000 + "---\n",
        "---\n" + "[" * 8_000 + "\n---\n",
    ],
)
def test_what_is_not_front_matter_stays_text(text: str) -> None:
    assert read_front_matter(text) == FrontMatter()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-03-01", "2026-03-01"),
        ("2026-03-01 10:00:00Z", "2026-03-01"),
        ("2026-02-30", None),
        ("2026-03-011", None),
        ("1 March 2026", None),
        ("", None),
        (None, None),
    ],
)
def test_only_iso_dates_are_dates(value: str | None, expected: str | None) -> None:
    assert iso_date(value) == expected
