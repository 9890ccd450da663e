"""Which words of a claim nothing accounts for."""

from __future__ import annotations

import pytest

from retrieval.answer.vouched import crosses, readings, reworded, unaccounted

FOUND = "According to the road office, an inspection found rust in four of the hangers."
USERS = "The Windows client had 412 beta users in April, up from 280 in March."
KILLED = "Farmers claim that a wolf killed them."


@pytest.mark.parametrize(
    ("claim", "quotation", "context", "left"),
    [
        ("The road office said an inspection found rust.", FOUND, "", ()),
        ("An inspection discovered rust in four hangers.", FOUND, "", ()),
        ("An inspection found rust in hangers of the bridge.", FOUND, "The bridge", ()),
        ("An inspection repaired the hangers.", FOUND, "It was repaired.", ("repaired",)),
        ("Turkey sent troops to Baghdad.", "Turkey held talks in Baghdad.", "", ("sent", "troops")),
        ("Farmers claim that a wolf killed the sheep.", KILLED, "Sheep were found.", ()),
        ("The sheep were sold.", "The study was funded.", "The sheep", ("sheep", "sold")),
    ],
)
def test_each_word_needs_one_that_carries_it(
    claim: str, quotation: str, context: str, left: tuple[str, ...]
) -> None:
    assert unaccounted(claim, quotation, context) == left


def test_what_only_the_context_holds_is_not_enough() -> None:
    context = "The audit of the bank was finished in April."

    assert unaccounted("The bank finished its audit.", "The bank was founded in 1931.", context)


@pytest.mark.parametrize(
    ("claim", "does_cross"),
    [
        ("The Windows client had 412 beta users in April.", False),
        ("The Windows client had 412 beta users in March.", True),
        ("There were 280 beta users in April.", True),
    ],
)
def test_a_figure_stays_with_its_date(claim: str, does_cross: bool) -> None:
    assert (crosses(claim, USERS) is not None) is does_cross


def test_a_condition_is_not_left_out() -> None:
    quotation = "The landlord may enter only after giving notice, except in an emergency."

    assert crosses("The landlord may enter.", quotation)


def test_the_judge_reads_a_claim_in_the_words_of_the_quotation() -> None:
    assert reworded("They purchased the pier.", "They bought the pier.") == "They bought the pier."
    framed = ("Ana said that the orders fell.", "Ana said that orders fell.")
    assert framed in readings("The orders fell, according to Ana.", "Ana said orders fell.", "")
