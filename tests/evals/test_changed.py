from __future__ import annotations

import pytest

from evals.caught import ALL, Share, measure, shares
from evals.changed import EDITS, Copy, changed
from evals.rewritten import rewritten
from retrieval.answer.carried import uncarried
from retrieval.text.attribution import Stance

SENTENCES = [
    "The port of Vessa reopened on March 12, 2025, and about 42,000 people came.",
    "Ana Lind said that the new terminal in Ostra may be closed in 2026.",
    "Some ferries are larger than the old pier, which is 95 metres long.",
    "The weather service did not issue a warning before the storm reached Ostra.",
    "Most of the visitors usually come from Vessa, 12 km to the north.",
    "The minister denied that 14 boats were sunk in Lind.",
    "According to Olaf Norden, the fee increased to $3.5 million in 1984.",
]


def test_each_kind_is_changed() -> None:
    assert {copy.kind for copy in changed(SENTENCES)} == set(EDITS)


def test_no_copy_is_the_sentence() -> None:
    assert all(copy.claim != copy.sentence for copy in changed(SENTENCES))


def test_copies_repeat_with_their_seed() -> None:
    assert list(changed(SENTENCES, 3)) == list(changed(SENTENCES, 3))
    assert list(changed(SENTENCES, 3)) != list(changed(SENTENCES, 4))


@pytest.mark.parametrize(
    ("sentence", "kind", "claim"),
    [
        ("It has 42,000 seats.", "separators", "It has 42000 seats."),
        ("It fell on May 3, 2021.", "british date", "It fell on 3 May 2021."),
        ("It fell on 3 May 2021.", "month", "It fell on May 2021."),
        ("It is 5% here.", "percent", "It is 5 percent here."),
        ("It didn’t rain.", "expanded", "It did not rain."),
        ("Ana said that the pier fell.", "said first", "According to Ana, the pier fell."),
        ("The pier fell, said Ana.", "speaker first", "Ana said that the pier fell."),
        ("The pier (built in 1931) fell.", "no brackets", "The pier fell."),
        ("About 1.5 million came.", "magnitude", "About 1,500,000 came."),
    ],
)
def test_true_copies(sentence: str, kind: str, claim: str) -> None:
    assert Copy(kind, claim, sentence) in list(rewritten([sentence]))


def test_shares_are_of_what_was_not_found_carried() -> None:
    copies = [Copy("a", "x", "x"), Copy("a", "y", "x"), Copy("b", "y", "x")]
    found = shares(lambda claim, quotation: claim == quotation, copies)
    assert found == {ALL: Share(2, 3), "a": Share(1, 2), "b": Share(1, 1)}


def test_bounds_of_a_share_stay_within_reason() -> None:
    low, high = Share(50, 50).bounds
    assert 0.92 < low < 0.94
    assert high == pytest.approx(1.0)
    assert Share(0, 0).bounds == (0.0, 1.0)


def test_the_gate_catches_what_is_changed_and_lets_pass_what_is_true() -> None:
    def carried(claim: str, quotation: str) -> bool:
        lack = uncarried(claim, quotation)
        return lack is None or (lack.stance is Stance.SAYS and not lack.clash)

    found = measure(carried, SENTENCES)
    assert found.caught[ALL].value == 1.0
    assert found.refused[ALL].value == 0.0
