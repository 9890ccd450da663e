from __future__ import annotations

import pytest

from retrieval.text.labelled import asked_for, is_bare, read_aloud, read_for_questions
from retrieval.text.terms import terms


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("Present: Ada Holm, Ben Ruiz", "attended"),
        ("**Absent:** Rolf Meyer", "missed"),
        ("- **Due date**: 4 May", "paid"),
        ("Manufacturer: Brewer & Sons", "made"),
    ],
)
def test_a_label_is_asked_for_in_other_words(line: str, word: str) -> None:
    assert set(terms(word)) <= asked_for(line)


@pytest.mark.parametrize(
    "line",
    ["When the storm came: all of it", "https://x.example/present", "Maya: it is done", "Due"],
)
def test_what_is_no_label_is_asked_for_with_nothing(line: str) -> None:
    assert not asked_for(line)
    assert not read_aloud(line)


def test_a_line_is_read_aloud_with_its_value_as_it_stands() -> None:
    assert read_aloud("**Weight:** 8.4 kg") == ("It weighs 8.4 kg.", "The weight is 8.4 kg.")
    assert "A. Holm and B. Ruiz attended it." in read_aloud("Present: A. Holm, B. Ruiz")
    assert read_for_questions("Weight: 8.4 kg") is None
    assert "Dev Patel" in (read_for_questions("Apologies: Dev Patel") or "")


def test_only_a_value_that_states_nothing_is_bare() -> None:
    assert is_bare("Members: Rosa Klein, Theo Adams")
    assert not is_bare("Decision: The budget is approved.")
