from __future__ import annotations

import pytest

from retrieval.text.aliases import alias_key, expansions, holds, is_country, keys
from retrieval.text.terms import term, terms


@pytest.mark.parametrize(
    ("asked", "text"),
    [("Turkey", "Turkish troops"), ("Türkiye", "Ankara says so"), ("US", "the United States"),
     ("United States", "a U.S. envoy"), ("Seoul", "South Korean police"), ("Kyiv", "Kiev"),
     ("Myanmar", "Burma"), ("UK", "British ships"), ("China", "in china"), ("iraq", "Baghdad")],
)  # fmt: skip
def test_a_country_is_found_under_its_other_names(asked: str, text: str) -> None:
    assert all(holds(keys(text), t) for t in terms(asked))


@pytest.mark.parametrize(
    ("asked", "text"),
    [("Türkiye", "a turkey sandwich"), ("Beijing", "plates of china"), ("Warsaw", "polish it"),
     ("Iraq", "Iran"), ("Niger", "Nigeria"), ("USA", "tell us"), ("Poland", "the South Pole")],
)  # fmt: skip
def test_a_common_word_is_no_country(asked: str, text: str) -> None:
    assert not any(holds(keys(text), t) for t in terms(asked))


def test_expansions_bring_no_everyday_words() -> None:
    found = expansions(term("China")) | expansions(term("UK")) | expansions(term("Korea"))
    assert "beij" in found
    assert not found & {"peopl", "republ", "street", "down", "great"}


def test_only_whole_names_are_countries() -> None:
    assert is_country("United States")
    assert is_country("Türkiye’s")
    assert not is_country("United Airlines")
    assert alias_key("corridor") is None
