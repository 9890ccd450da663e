from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from retrieval.model import Answer, Question, Reason, Refusal

Make = Callable[[Mapping[str, str]], Any]
TOWNS = {
    "a.md": "# Broken Bow, Nebraska\n\nBroken Bow is a town of 3,559 people in Nebraska.\n",
    "b.md": "# Broken Bow, Oklahoma\n\nBroken Bow is a town of 4,120 people in Oklahoma.\n",
    "c.md": "# Ostra\n\nOstra is a town of 900 people.\n",
}


@pytest.mark.parametrize("text", ["Broken Bow", "broken bow?", "Broken Bow please"])
def test_a_bare_name_of_several_documents_is_asked_back(make_library: Make, text: str) -> None:
    result = make_library(TOWNS).answerer.ask(Question(text))
    assert isinstance(result, Refusal)
    assert result.reason is Reason.UNCLEAR
    assert "“Broken Bow, Nebraska” or “Broken Bow, Oklahoma”" in result.message


@pytest.mark.parametrize(
    "text", ["Ostra", "Broken Bow, Nebraska", "How many people live in Broken Bow?"]
)
def test_what_is_clear_is_not(make_library: Make, text: str) -> None:
    result = make_library(TOWNS).answerer.ask(Question(text))
    assert isinstance(result, Answer) or result.reason is not Reason.UNCLEAR
