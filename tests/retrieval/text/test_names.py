from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.names import is_person, names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("President Recep Tayyip Erdoğan’s visit to Iraq on April 22",
         ["President Recep Tayyip Erdoğan", "Iraq"]),
        ("Ludwig van Beethoven wrote it", ["Ludwig van Beethoven"]),
        ("the Center for Combating Disinformation, a subsidiary",
         ["Center for Combating Disinformation"]),
        ("Ankara and Baghdad held talks", ["Ankara", "Baghdad"]),
        ("the European Union and Turkey", ["European Union", "Turkey"]),
        ("the Ministry of Health and Welfare", ["Ministry of Health and Welfare"]),
        ("I think J. K. Rowling wrote it", ["J. K. Rowling"]),
        ("Mr. Smith met T. S. Eliot", ["Mr. Smith", "T. S. Eliot"]),
        ("Iraq's Foreign Minister Fuad Hussein", ["Iraq", "Foreign Minister Fuad Hussein"]),
        ("U.S. President Joe Biden", ["U.S. President Joe Biden"]),
        ("The PKK has strongholds", ["PKK"]),
        ("Aktürk added that", ["Aktürk"]),
        ("Sources said that Ankara agreed", ["Ankara"]),
        ("Describe Operation Claw-Lock", ["Operation Claw-Lock"]),
        ("What's Berlin's area?", ["Berlin"]),
        ("Johnson & Johnson sells it", ["Johnson & Johnson"]),
        ("Jean-Luc Picard in İzmir", ["Jean-Luc Picard", "İzmir"]),
        ("say that Michael Faraday said", ["Michael Faraday"]),
        ("they met on Thursday in May", []),
        ("the iPhone was sold", []),
        ("who is hakan fidan", []),
        ("WHO IS HAKAN FIDAN", []),
        ("", []),
    ],
)  # fmt: skip
def test_names_of_a_text(text: str, expected: list[str]) -> None:
    assert [name.text for name in names(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Marie Curie", True), ("Henry VIII", True), ("Mr. Smith", True), ("Zeki Aktürk", True),
     ("T. S. Eliot", True), ("United States", False), ("New York", False),
     ("Bank of England", False), ("World War II", False), ("Johnson & Johnson", False),
     ("the NASA HQ", False), ("Monday Night", False), ("the spokesman for Boeing", False)],
)  # fmt: skip
def test_whether_a_name_is_a_persons(text: str, expected: bool) -> None:
    sentence = f"We saw {text} there"
    assert is_person(names(sentence)[-1], sentence) is expected


@given(st.text() | st.text(alphabet="ABCab .'’-&\n and for of"))
def test_names_are_places_of_any_text(text: str) -> None:
    for name in names(text):
        assert text[name.start : name.end] == name.text
        assert name.terms
