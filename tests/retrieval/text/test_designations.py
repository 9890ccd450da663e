from __future__ import annotations

import pytest

from retrieval.text.designations import designations


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Heron 200 weighs 1.5 kg.", [("heron", "200")]),
        ("Contract 4812 runs until 30 June 2027.", [("contract", "4812")]),
        ("The door of Building D is locked at 10 pm.", [("build", "d")]),
        ("World War II and the third floor", [("war", "2"), ("floor", "3")]),
        ("In ward 5, two visitors are allowed.", [("ward", "5")]),
        ("Rooms 3, 4 and 6 to 8", [("room", "3 4 6 7 8")]),
        ("Grade six, version 4.1", [("grade", "6"), ("version", "4.1")]),
        ("A pack of Cardel 5 mg", [("cardel", "5")]),
        ("Nearly 200 people came in May 2023.", []),
        ("Leave policy 2023, Unit 5 minutes away", []),
        ("Only 12 of them, at 9, for a class a year", []),
    ],
)  # fmt: skip
def test_what_is_told_from_its_siblings_by_a_code(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.head, " ".join(sorted(one.codes))) for one in designations(text)] == found
