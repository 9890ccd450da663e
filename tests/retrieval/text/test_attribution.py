from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.attribution import Stance, attribution


@pytest.mark.parametrize(
    ("sentence", "source", "stance"),
    [
        ("Sources said on Thursday that it will be", "Sources", Stance.SAYS),
        ("It will be, sources said.", "sources", Stance.SAYS),
        ("According to the U.S. Army, it rained.", "the U.S. Army", Stance.SAYS),
        ("It rained, according to the BBC.", "the BBC", Stance.SAYS),
        ("John Smith, who leads the team, said he would", "John Smith", Stance.SAYS),
        ("Also on Thursday, the Center, a subsidiary of X, denied claims that", "the Center",
         Stance.DENIES),
        ("The minister denied that it rained", "The minister", Stance.DENIES),
        ("\"It rains,\" said John Smith.", "John Smith", Stance.SAYS),
        ("\"It rains,\" Smith said, \"a lot.\"", "Smith", Stance.SAYS),
        ("Aktürk told reporters at a briefing", "Aktürk", Stance.SAYS),
        ("As Smith said, it rains", "Smith", Stance.SAYS),
        ("Iraq has said it is, but Ankara says it is not", "Iraq", Stance.SAYS),
        ("Türkiye aims to wipe it out", "Türkiye", Stance.PLANS),
        ("He claimed the prize was his", "He", Stance.ALLEGES),
        ("Media reports say it rained", "Media reports", Stance.SAYS),
        ("He was told that it rained", "", Stance.SAYS),
        ("It was reported by the BBC that it rained", "the BBC", Stance.SAYS),
        ("Rain is expected to fall", "", Stance.PREDICTS),
        ("Smith has not confirmed that it rained", "Smith", Stance.DOUBTS),
        ("No one said that it rained", "", Stance.DOUBTS),
    ],
)  # fmt: skip
def test_who_speaks_and_how(sentence: str, source: str, stance: Stance) -> None:
    found = attribution(sentence)
    assert found is not None
    assert (found.source, found.stance) == (source, stance)


@pytest.mark.parametrize(
    "sentence",
    ["It rained.", "The United States has plans for 2020.", "The notes are here", "the claims fell",
     "Reports of rain came", "the estimated cost", "a proposed law", "the said pact",
     "is called Bob",
     "so-called experts", "The command adds a file", "It went according to plan", ""],
)  # fmt: skip
def test_where_the_author_speaks(sentence: str) -> None:
    assert attribution(sentence) is None


@given(st.text() | st.text(alphabet="saidtol ,.\"'denyhr"))
def test_any_text_may_be_read(text: str) -> None:
    found = attribution(text)
    assert found is None or found.source in text
