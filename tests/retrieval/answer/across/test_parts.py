from __future__ import annotations

import pytest

from retrieval.answer.across.others import besides, told
from retrieval.answer.across.parts import parts, sides
from retrieval.model import Question, Turn
from retrieval.text.terms import terms


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "Which office is larger, Lyon or Ghent?",
            "How large is the Lyon office?",
            "How large is the Ghent office?",
        ),
        (
            "Which is cheaper, the Heron 100 or the Heron 200?",
            "How much does the Heron 100 cost?",
            "How much does the Heron 200 cost?",
        ),
        (
            "Which lasts longer, the Heron 100 or the Heron 200?",
            "How long does the Heron 100 last?",
            "How long does the Heron 200 last?",
        ),
        (
            "Which office has more desks, Porto or Lyon?",
            "How many desks does the Porto office have?",
            "How many desks does the Lyon office have?",
        ),
        (
            "Which office opened first, Lyon or Ghent?",
            "When did the Lyon office open?",
            "When did the Ghent office open?",
        ),
        (
            "What do the union and the company say about the strike?",
            "What does the union say about the strike?",
            "What does the company say about the strike?",
        ),
        (
            "Which ports do the Heron 100 and the Heron 200 have?",
            "Which ports does the Heron 100 have?",
            "Which ports does the Heron 200 have?",
        ),
        (
            "How long is parental leave in 2023 and in 2024?",
            "How long is parental leave in 2023?",
            "How long is parental leave in 2024?",
        ),
        (
            "What does the union say about the strike and what does the company say?",
            "What does the union say about the strike?",
            "what does the company say about the strike?",
        ),
    ],
)
def test_a_question_about_two_things_is_one_about_each(question: str, one: str, other: str) -> None:
    assert [part.question.text for part in parts(question)] == [one, other]


@pytest.mark.parametrize(
    "question",
    [
        "What is the distance between Lyon and Ghent?",
        "What do Lyon and Ghent have in common?",
        "Who wrote the song, and is it long or short?",
        "What are the health and safety rules?",
        "Who leads the search team?",
        "Is the office in Lyon or in Ghent?",
        "Which is nicer, Lyon or Ghent?",
        "How do the Heron 100 and the Heron 200 differ?",
    ],
)
def test_what_does_not_ask_of_each_is_left_whole(question: str) -> None:
    assert parts(question) == ()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How do the leave rules of 2023 and 2024 differ?", ("2023", "2024")),
        ("What changed in parental leave between 2023 and 2024?", ("2023", "2024")),
        ("How did the leave rules change from 2023 to 2024?", ("2023", "2024")),
        ("Compare the Heron 100 with the Heron 200.", ("Heron 100", "Heron 200")),
        ("How does the Heron 100 differ from the Heron 200?", ("Heron 100", "Heron 200")),
        ("What is the difference between Lyon and Ghent?", ("Lyon", "Ghent")),
        ("How long is parental leave in 2023 and in 2024?", None),
        ("What is the difference?", None),
    ],
)
def test_the_two_things_of_a_difference_are_found(
    question: str, expected: tuple[str, str] | None
) -> None:
    assert sides(question) == expected


@pytest.mark.parametrize(
    ("question", "rest", "known"),
    [
        ("Who besides the payments team uses Postgres?", "Who uses Postgres?", "payments team"),
        ("Which teams use Postgres, apart from search?", "Which teams use Postgres?", "search"),
        ("Other than Lyon, which offices are there?", "which offices are there?", "Lyon"),
        ("Who uses Postgres?", "Who uses Postgres?", ""),
    ],
)
def test_what_is_known_already_is_no_part_of_the_question(
    question: str, rest: str, known: str
) -> None:
    assert besides(question) == (rest, frozenset(terms(known)))


def test_what_was_told_counts_only_where_more_is_asked_for() -> None:
    history = (Turn("asker", "Who leads a team?"), Turn("onrecord", "Bruno Lima leads it."))
    assert told(Question("Who else?", history)) == "Bruno Lima leads it."
    assert told(Question("Who leads a team?", history)) == ""
