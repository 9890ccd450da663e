from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.terms import fold, is_stopword, spelled_terms, spellings, term, terms, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Erdoğan’s", "Erdogan"), ("Türkiye", "TURKIYE"), ("İstanbul", "istanbul"),
        ("Łódź", "Lodz"), ("Straße", "STRASSE"), ("U.S.", "US"), ("U.S", "U.S."),
        ("e-mail", "email"), ("40,000", "40000"), ("centers", "center"), ("centre", "centers"),
        ("metre", "meters"), ("organised", "organization"), ("neighbour", "neighbors"),
        ("defence", "defense"), ("programme", "programs"), ("catalogue", "catalog"),
        ("judgement", "judgment"), ("wrote", "written"), ("began", "begin"), ("men", "man"),
        ("Brien's", "Brien"),
    ],
)  # fmt: skip
def test_spellings_of_one_word_share_a_term(one: str, other: str) -> None:
    assert term(one) == term(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("precise", "precisely"), ("revise", "revision"), ("surprise", "surprisingly"),
     ("advertise", "advertisement"), ("supervise", "supervision")],
)  # fmt: skip
def test_respelling_does_not_part_a_word_from_its_derivations(one: str, other: str) -> None:
    assert term(one) == term(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("founded", "found"), ("left", "leave"), ("saw", "see"), ("24.85", "2485"), ("1.5", "15"),
     ("hour", "four"), ("news", "new"), ("general", "generation")],
)  # fmt: skip
def test_different_words_keep_different_terms(one: str, other: str) -> None:
    assert term(one) != term(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They don't, didn’t, cannot and won't", []),
        ("WHO and IT", ["who", "it"]),
        ("WHAT IS THE WHO REPORT", ["report"]),
        ("the U.S.-led force", ["us", "lead", "forc"]),
        ("e.g. snow, i.e. rain", ["snow", "rain"]),
        ("J.K.Rowling", ["jk", "rowl"]),
        ("日本語", ["日本", "本語"]),
        ("ONRECORD_CHAT_MODEL", ["onrecord", "chat", "model"]),
        ("", []),
    ],
)
def test_terms_of_a_text(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_spellings_keep_the_first_spelling() -> None:
    assert spellings("Centers and centres") == {"center": "Centers"}


def test_only_capitals_save_a_stopword() -> None:
    assert is_stopword("who")
    assert is_stopword("Who")
    assert not is_stopword("WHO")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_words_are_places_of_the_text_in_order(text: str) -> None:
    end = 0
    for start, stop in words(text):
        assert end <= start < stop <= len(text)
        end = stop


@given(st.text())
def test_any_text_has_terms_and_each_its_spelling(text: str) -> None:
    for term_, spelling in spelled_terms(text):
        assert term_ is not None
        assert spelling
