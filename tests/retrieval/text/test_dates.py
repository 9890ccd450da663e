from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.dates import agrees, dates, has_clock_time

Parts = tuple[int | None, int | None, int | None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-06", (2024, 5, 6)), ("2024-05", (2024, 5, None)),
        ("1776-07-04T12:00", (1776, 7, 4)), ("22 April 2022", (2022, 4, 22)),
        ("on April 22", (None, 4, 22)), ("april 22", (None, 4, 22)), ("Jan. 1", (None, 1, 1)),
        ("the 22nd of April", (None, 4, 22)), ("Sept. 11, 2001", (2001, 9, 11)),
        ("5 Mar 2021", (2021, 3, 5)), ("MARCH 2020", (2020, 3, None)),
        ("22/04/2022", (2022, 4, 22)), ("04/22/2022", (2022, 4, 22)),
        ("05/04/2022", (2022, None, None)), ("in May", (None, 5, None)),
        ("in march", (None, 3, None)), ("on may 5", (None, 5, 5)), ("June", (None, 6, None)),
        ("since 1984", (1984, None, None)), ("in 1066", (1066, None, None)),
        ("44 BC", (-44, None, None)), ("AD 79", (79, None, None)), ("by 2100", (2100, None, None)),
        ("mid-2020", (2020, None, None)), ("the 1990s", (1990, None, None)),
        ("the 90s", (1990, None, None)), ("the 19th century", (1800, None, None)),
        ("in 2020-21", (2020, None, None)), ("on Thursday", (None, None, None)),
        ("last week", (None, None, None)), ("two days ago", (None, None, None)),
    ],
)  # fmt: skip
def test_a_date_is_read_as_far_as_it_is_stated(text: str, expected: Parts) -> None:
    (date,) = dates(text)
    assert (date.year, date.month, date.day) == expected


@pytest.mark.parametrize(
    "text",
    ["he may go", "It may 2 be", "march 5 miles", "$2000", "2000 people", "1500 km", "2000%",
     "over 2000", "1,999 items", "24.85 miles", "the March on Rome", "12 Mayors", "May I?", "9/11",
     "April O'Neil", ""],
)  # fmt: skip
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert dates(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from 1939 to 1945", ["1939", "1945"]),
        ("(1879–1955)", ["1879", "1955"]),
        ("1939-1945", ["1939", "1945"]),
        ("between April and June 2020", ["between April", "June 2020"]),
        ("between Jan. 1 and last week", ["Jan. 1", "last week"]),
    ],
)
def test_dates_stand_in_order_at_their_places(text: str, expected: list[str]) -> None:
    assert [text[date.start : date.end] for date in dates(text)] == expected


@pytest.mark.parametrize(
    ("asked", "stated", "expected"),
    [
        ("1984", "May 1984", True), ("1984", "1994", False), ("April 22", "22 April 2022", True),
        ("in 1994", "the 1990s", True), ("in 1989", "the 1990s", False),
        ("in 1850", "the 19th century", True), ("in 1950", "the 19th century", False),
        ("April 22", "1984", None), ("last week", "1984", None),
        ("in April 2022", "in May 2022", False),
    ],
)  # fmt: skip
def test_dates_agree_if_they_can_be_one_day(asked: str, stated: str, expected: bool | None) -> None:
    assert agrees(dates(asked)[0], dates(stated)[0]) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("at 10:30", True), ("10 a.m.", True), ("5 PM today", True), ("7 o'clock", True),
     ("half past six", True), ("at noon", True), ("14.30 Uhr", True), ("24.85 miles", False),
     ("version 1.10", False), ("12.50 euros", False), ("10 amps", False)],
)  # fmt: skip
def test_times_of_day(text: str, expected: bool) -> None:
    assert has_clock_time(text) is expected


@given(st.text() | st.text(alphabet="0123456789 -/.,:smayMr'BCth"))
def test_dates_are_places_of_any_text_and_do_not_overlap(text: str) -> None:
    end = 0
    for date in dates(text):
        assert end <= date.start < date.end <= len(text)
        end = date.end
