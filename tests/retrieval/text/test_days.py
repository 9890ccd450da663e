from __future__ import annotations

import datetime

import pytest

from retrieval.text.days import date, relative_span
from retrieval.text.lacks import Kind

ON = "2021-05-06"
"""A Thursday."""


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("yesterday", "2021-05-05", "2021-05-05"), ("on Monday", "2021-05-03", "2021-05-03"),
        ("Thursday", "2021-05-06", "2021-05-06"), ("last Thursday", "2021-04-29", "2021-04-29"),
        ("next Monday", "2021-05-10", "2021-05-10"), ("last week", "2021-04-26", "2021-05-02"),
        ("earlier this month", "2021-05-01", "2021-05-31"),
        ("last month", "2021-04-01", "2021-04-30"), ("last year", "2020-01-01", "2020-12-31"),
        ("two days ago", "2021-05-04", "2021-05-04"),
    ],
)  # fmt: skip
def test_relative_words_are_days(words: str, first: str, last: str) -> None:
    span = relative_span(words, datetime.date.fromisoformat(ON))
    assert span is not None
    assert [day.isoformat() for day in span] == [first, last]


@pytest.mark.parametrize(
    ("claim", "quotation", "on"),
    [
        ("in May 2021", "on 3 May 2021", None), ("on May 3, 2021", "on 3 May 2021", None),
        ("in 2021", "on 3 May 2021", None), ("in the 1990s", "in 1994", None),
        ("yesterday", "yesterday", None), ("on Monday", "Monday", None),
        ("on 5 May 2021", "yesterday", ON), ("in May 2021", "yesterday", ON),
        ("in April 2021", "last month", ON), ("on Monday", "on 3 May 2021", ON),
        ("on 3 May 2021", "on 3 May", ON), ("since 1984", "since 1984", None),
        ("two decades later", "2 decades later", None), ("1764 pupils", "1,764 pupils", None),
    ],
)  # fmt: skip
def test_carried_dates(claim: str, quotation: str, on: str | None) -> None:
    assert date(claim, quotation, on=on) is None


@pytest.mark.parametrize(
    ("claim", "quotation", "on", "kind", "clash"),
    [
        ("on 3 May 2021", "in May 2021", None, Kind.DATE, False),
        ("in 2020", "in 2021", None, Kind.DATE, True),
        ("on Monday", "on Friday", None, Kind.DATE, True),
        ("last week", "last month", None, Kind.DATE, True),
        ("on 4 May 2021", "yesterday", ON, Kind.DATE, False),
        ("on 5 May 2021", "yesterday", None, Kind.DATE, False),
        ("in 1900", "around 1900", None, Kind.DATE, False),
        ("before 1984", "after 1984", None, Kind.COMPARATIVE, True),
        ("in 1984", "before 1984", None, Kind.COMPARATIVE, False),
        ("in 2018 and 2018", "in 2017 and 2018", None, Kind.DATE, True),
    ],
)  # fmt: skip
def test_dates_that_are_not_carried(
    claim: str, quotation: str, on: str | None, kind: Kind, clash: bool
) -> None:
    lack = date(claim, quotation, on=on)
    assert lack is not None
    assert (lack.kind, lack.clash) == (kind, clash)
