from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.terms import term
from retrieval.text.values import numbers, same_value


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1.5 million people", 1.5e6, "people"), ("$3bn", 3e9, "dollar"),
        ("$3 bn deal", 3e9, "dollar"), ("USD 5 million", 5e6, "dollar"),
        ("a million dollars", 1e6, "dollar"), ("€40", 40, "euro"), ("40 euros", 40, "euro"),
        ("38 terrorists", 38, "terrorists"), ("reached 1,763 with the latest", 1763, None),
        ("twenty-five soldiers", 25, "soldiers"), ("a hundred men", 100, "man"),
        ("one hundred and twenty men", 120, "man"), ("two hundred thousand", 2e5, None),
        ("forty-two thousand", 42000, None), ("two dozen eggs", 24, "eggs"),
        ("half a million", 5e5, None), ("2.5% of it", 2.5, "percent"), ("5 per cent", 5, "percent"),
        ("fifty percent", 50, "percent"), ("5km", 5, "kilometers"),
        ("5 kilometres", 5, "kilometers"),
        ("5 m deep", 5, "meters"), ("5m people", 5e6, "people"), ("10k users", 1e4, "users"),
        ("three-year plan", 3, "year"), ("5,000-strong", 5000, None), ("one soldier", 1, "soldier"),
        ("25 Turkish soldiers", 25, "soldiers"), ("12 of the members", 12, "members"),
        ("1500 soldiers", 1500, "soldiers"), ("two-thirds", 2 / 3, None),
        ("two thousand and five", 2005, None), ("nineteen eighty-four", 1984, None),
    ],
)  # fmt: skip
def test_a_quantity_and_its_unit(text: str, value: float, unit: str | None) -> None:
    (number,) = numbers(text)
    assert same_value(number.value, value)
    assert number.unit == (term(unit) if unit else None)


@pytest.mark.parametrize(
    "text",
    ["10th place", "the 21st", "the twenty-first century", "in 1984", "22 April 2022", "the 1990s",
     "hundreds of people", "no one", "one of the first", "the one who came", "one another", "12:30",
     "10 a.m.", "version 3.11.2", "192.168.0.1", "F-16", "COVID-19", "G20", "9/11", ""],
)  # fmt: skip
def test_what_is_no_quantity(text: str) -> None:
    assert numbers(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3-4 days", [(3, "day"), (4, "day")]),
        ("between 5 and 10 percent", [(5, "percent"), (10, "percent")]),
        ("40-kilometer-deep (24.85 miles-deep)", [(40, "kilomet"), (24.85, "mile")]),
        ("in 1984, 40,000 people", [(40000, "peopl")]),
    ],
)
def test_several_quantities(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(number.value, number.unit) for number in numbers(text)] == expected


@given(st.text() | st.text(alphabet="0123456789 ,.-$%mkone huadrt"))
def test_quantities_are_places_of_any_text(text: str) -> None:
    for number in numbers(text):
        assert 0 <= number.start < number.end <= len(text)
        assert number.value >= 0


@given(st.integers(min_value=1000, max_value=10**12))
def test_thousands_separators_do_not_change_a_value(value: int) -> None:
    assert [n.value for n in numbers(f"about {value:,} of")] == [value]
