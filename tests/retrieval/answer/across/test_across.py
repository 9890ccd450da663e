from __future__ import annotations

from collections.abc import Iterator

import pytest

from retrieval.answer.across import shown
from retrieval.answer.across.lists import asks_for_several
from retrieval.model import Answer, Question, SentenceRole, Turn
from tests.retrieval.answer.across.documents import DOCUMENTS
from tests.retrieval.answer.conftest import Library


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    made = Library(tmp_path_factory.mktemp("across"), DOCUMENTS)
    yield made
    made.index.close()


def answered(library: Library, question: str, *history: Turn) -> Answer:
    result = library.answerer.ask(Question(question, history))
    assert isinstance(result, Answer), result.message
    return result


def quotes(answer: Answer) -> list[str]:
    return [citation.quote for citation in answer.citations]


def frames(answer: Answer) -> list[str]:
    return [s.text for s in answer.sentences if s.kind is SentenceRole.FRAME]


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("Which office is larger, Lyon or Ghent?", "620 square metres", "410 square metres"),
        ("Which office has more desks, Porto or Lyon?", "12 desks", "45 desks"),
        ("Which is cheaper, the Heron 100 or the Heron 200?", "349 euros", "529 euros"),
        ("How many desks do the Lyon and Ghent offices have?", "45 desks", "30 desks"),
        ("How long is parental leave in 2023 and in 2024?", "12 weeks", "16 weeks"),
        ("What do the union and the company say about the strike?", "overtime", "unlawful"),
        ("What will Tomas Keller and Owen Shaw do?", "insurance", "landlord"),
    ],
)
def test_of_two_things_each_is_quoted(
    documents: Library, question: str, one: str, other: str
) -> None:
    answer = answered(documents, question)
    assert answer.sentences[0].text == shown.ONE_BY_ONE
    assert any(one in quote for quote in quotes(answer))
    assert any(other in quote for quote in quotes(answer))


@pytest.mark.parametrize(
    ("question", "pairs"),
    [
        (
            "How do the leave rules of 2023 and 2024 differ?",
            [("25 days", "28 days"), ("12 weeks", "16 weeks"), ("third day", "fourth day")],
        ),
        ("What changed in parental leave between 2023 and 2024?", [("12 weeks", "16 weeks")]),
        (
            "What is the difference between the Heron 100 and the Heron 200?",
            [("1.2 kg", "1.5 kg"), ("3 hours", "5 hours"), ("349 euros", "529 euros")],
        ),
    ],
)
def test_a_difference_is_shown_in_sentences_of_one_form(
    documents: Library, question: str, pairs: list[tuple[str, str]]
) -> None:
    answer = answered(documents, question)
    assert answer.sentences[0].text == shown.DIFFERENCES
    text = " ".join(quotes(answer))
    for one, other in pairs:
        assert one in text
        assert other in text
        assert text.index(one) < text.index(other)


@pytest.mark.parametrize(
    "question",
    [
        "Which is larger, Lyon or Berlin?",
        "How do the expense rules of 2023 and 2024 differ?",
        "How do the Heron 100 and the Falcon 300 differ?",
        "What are the side effects of Mardol?",
        "Which teams use Oracle?",
    ],
)
def test_half_of_a_comparison_is_no_answer(documents: Library, question: str) -> None:
    assert not isinstance(documents.answerer.ask(Question(question)), Answer)


def test_a_list_holds_what_several_documents_say_and_no_denial(documents: Library) -> None:
    answer = answered(documents, "Which teams use Postgres?")
    assert {citation.source for citation in answer.citations} == {
        "teams/payments.md",
        "teams/search.md",
    }
    assert answer.sentences[0].text == shown.FOUND
    assert "all" not in " ".join(frames(answer)).casefold().split()
    leaders = {c.title for c in answered(documents, "Who leads the teams?").citations}
    assert leaders == {"Payments team", "Search team", "Data team", "Mobile team"}


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("What are the side effects of Cardel?", ["headache", "dizziness", "a dry cough"]),
        ("Which ports does the Heron 200 have?", ["HDMI", "two USB-C sockets", "Ethernet"]),
        (
            "What must be done before the first dose of Cardel?",
            [
                "Tell your doctor which other medicines you take.",
                "Have your blood pressure measured.",
                "Read the leaflet.",
            ],
        ),
    ],
)
def test_a_bullet_list_is_quoted_whole(documents: Library, question: str, items: list[str]) -> None:
    found = quotes(answered(documents, question))
    start = found.index(items[0])
    assert found[start : start + len(items)] == items


def test_who_else_leaves_out_who_is_known(documents: Library) -> None:
    answer = answered(documents, "Who besides the payments team uses Postgres?")
    assert {citation.source for citation in answer.citations} == {"teams/search.md"}
    first = answered(documents, "Which teams use Redis?")
    assert {citation.source for citation in first.citations} == {"teams/payments.md"}
    history = (Turn("asker", "Which teams use Postgres?"), Turn("onrecord", first.text))
    more = answered(documents, "Who else uses Postgres?", *history)
    assert {citation.source for citation in more.citations} == {"teams/search.md"}


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("Who founded Halden?", "Giles Orme", "Adam Pell"),
        ("Where is the market of Halden held?", "Castle Green", "Bridge Street"),
        ("What started the fire at the Oslen paint plant?", "dryer", "lightning"),
        ("What caused the strike at Marlow?", "overtime", "shift plans"),
        ("Who was John Mercer?", "architect", "pilot"),
        ("When was John Mercer born?", "1881", "1902"),
    ],
)
def test_each_account_is_shown_with_its_document(
    documents: Library, question: str, one: str, other: str
) -> None:
    answer = answered(documents, question)
    assert answer.sentences[0].text == shown.EACH
    sources = {key: {c.source for c in answer.citations if key in c.quote} for key in (one, other)}
    assert sources[one]
    assert sources[other]
    assert sources[one].isdisjoint(sources[other])
    assert len(frames(answer)) == 3


def test_another_year_is_no_account_of_the_one_that_is_asked_for(documents: Library) -> None:
    answer = answered(documents, "How long was parental leave in 2023?")
    assert quotes(answer) == ["Parental leave lasts 12 weeks at full pay."]


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Which teams use Postgres?", True),
        ("What are the side effects of Cardel?", True),
        ("Who attended the meeting?", True),
        ("Who else leads a team?", True),
        ("Which office is larger?", False),
        ("What does the name mean?", False),
        ("What was the rank of the general?", False),
        ("What position does the player play in?", False),
        ("Who founded Halden?", False),
    ],
)
def test_questions_with_several_answers_are_told_apart(question: str, several: bool) -> None:
    assert asks_for_several(question) is several
