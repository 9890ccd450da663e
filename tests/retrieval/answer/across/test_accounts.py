from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from retrieval.model import Answer, Question, SentenceRole

Make = Callable[[Mapping[str, str]], Any]


def document(title: str, date: str, text: str) -> str:
    return f"---\ntitle: {title}\ndate: {date}\n---\n\n# {title}\n\n{text}\n"


OLD = document("Harbour guide", "2021-05-01", "The Norden Bridge in Vessa is 300 metres long.")
NEW = document("Survey", "2024-02-01", "The Norden Bridge in Vessa is 312 metres long.")
SAME = document("Atlas", "2023-02-01", "The Norden Bridge in Vessa is 300 metres long.")
OTHER = document("Bridges", "2023-02-01", "The Linden Bridge in Ostra is 90 metres long.")
ASKED = Question("How long is the Norden Bridge in Vessa?")


def answered(library: Any) -> Answer:
    result = library.answerer.ask(ASKED)
    assert isinstance(result, Answer)
    return result


def test_figures_that_differ_stand_side_by_side_with_source_and_date(make_library: Make) -> None:
    answer = answered(make_library({"old.md": OLD, "new.md": NEW}))
    assert answer.sentences[0].text == "The sources differ:"
    frames = [s.text for s in answer.sentences if s.kind is SentenceRole.FRAME]
    assert set(frames[1:]) == {"In “Harbour guide” (2021-05-01):", "In “Survey” (2024-02-01):"}
    assert {"300 metres" in c.quote for c in answer.citations} == {True, False}
    assert len(answer.citations) == 2


@pytest.mark.parametrize("other", [SAME, OTHER])
def test_what_agrees_or_is_of_something_else_is_no_conflict(make_library: Make, other: str) -> None:
    answer = answered(make_library({"old.md": OLD, "other.md": other}))
    assert all(s.kind is SentenceRole.QUOTE for s in answer.sentences)


def test_one_document_does_not_differ_from_itself(make_library: Make) -> None:
    both = OLD + "\nThe Norden Bridge in Vessa was 280 metres long before it was rebuilt.\n"
    answer = answered(make_library({"old.md": both}))
    assert all(s.kind is SentenceRole.QUOTE for s in answer.sentences)
