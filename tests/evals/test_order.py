"""The sentence of the right passage that answers is to be put first."""

import pytest

from evals.measures.order import measure_order
from evals.ordering import TermOverlap, gold_passages
from evals.sets import Kind, SetDocument
from retrieval.model import Turn
from tests.evals.made import LastFirst, question

BRIDGE = SetDocument(
    "a",
    "a.txt",
    '---\ntitle: "Bridges"\n---\nThe Oste bridge is long. Emil Ort built it. It opened in 1909.',
)
SHIP = SetDocument("b", "b.txt", "The Vega sailed from Kiel.")
A, B = frozenset({"a.txt"}), frozenset({"b.txt"})


def passages(*questions):
    return gold_passages(questions, [BRIDGE, SHIP])


@pytest.fixture
def mixed():
    """Last right, overlap wrong; overlap right; both right without a choice; nothing to find."""
    return passages(
        question(text="When did the Oste bridge open?", evidence=A, answers=("1909",)),
        question(text="Who built it?", evidence=A, answers=("Emil Ort",)),
        question(text="Where did the Vega sail from?", evidence=B, answers=("Kiel",)),
        question(text="Who owns the bridge?", evidence=A, answers=("Nobody Known",)),
    )


def test_the_ranker_sees_the_right_passage_alone(mixed):
    ranker = LastFirst()
    list(measure_order(mixed[:1], ranker))
    asked, title, sentences = ranker.heard[0]
    assert (asked, title) == ("When did the Oste bridge open?", "Bridges")
    assert sentences == ("The Oste bridge is long.", "Emil Ort built it.", "It opened in 1909.")


def test_right_at_1_stands_beside_term_overlap(mixed):
    found = {one.key: one for one in measure_order(mixed, LastFirst())}
    assert (found["right_at_1"].figure.value, found["right_at_1"].figure.n) == (2 / 4, 4)
    assert found["right_at_1"].term_overlap.value == 2 / 4
    assert (found["right_at_1_choice"].figure.value, found["right_at_1_choice"].figure.n) == (
        0.5,
        2,
    )
    assert found["right_at_1_choice"].term_overlap.value == 1 / 2
    assert found["right_possible"].figure.value == 3 / 4


@pytest.mark.parametrize(
    "left_out",
    [
        question(Kind.UNANSWERABLE, evidence=A, answers=("1909",)),
        question(evidence=A),
        question(answers=("1909",)),
        question(evidence=A | B, answers=("1909",)),
        question(evidence=A, answers=("so long an answer that no one sentence can hold it",)),
        question(evidence=A, answers=("1909",), history=(Turn("user", "The bridge"),)),
    ],
)
def test_only_questions_with_one_passage_and_a_short_answer_count(left_out):
    assert passages(left_out) == ()
    assert list(measure_order(passages(left_out), LastFirst())) == []


def test_of_sentences_that_share_as_many_terms_the_shortest_is_first():
    sentences = ("The bridge is old and long.", "It rained.", "The bridge is old.")
    assert TermOverlap().order("How old is the bridge?", "", sentences) == [2, 0, 1]
