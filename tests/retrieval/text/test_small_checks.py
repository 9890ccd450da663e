"""Rates, causes and doers."""

from __future__ import annotations

import pytest

from retrieval.text.causes import cause
from retrieval.text.doers import doer
from retrieval.text.identifiers import is_of_another
from retrieval.text.rates import rate

RENT = "The rent is 8,400 euros a month, payable in advance."
ROOF = "The landlord repairs the roof, the façade and the heating."
MEALS = "Absence fell by 14% in the schools with free meals and rose by 2% in the others."


@pytest.mark.parametrize(
    ("claim", "quotation", "lacks"),
    [
        ("The rent is 8,400 euros a year.", RENT, True),
        ("The rent is 8,400 euros per month.", RENT, False),
        ("The rent is 8,400 euros monthly.", RENT, False),
        ("The rent is 8,400 euros.", RENT, False),
        ("Meals cost 45 euros a day.", "The daily allowance for meals is 45 euros.", False),
        ("Meals cost 45 euros a week.", "The allowance for meals is 45 euros.", True),
    ],
)
def test_a_rate_is_for_its_length_of_time(claim: str, quotation: str, lacks: bool) -> None:
    assert (rate(claim, quotation) is not None) is lacks


@pytest.mark.parametrize(
    ("claim", "quotation", "lacks"),
    [
        ("Free meals caused the fall in absence.", MEALS, True),
        ("Absence fell because of free meals.", MEALS, True),
        ("The frost caused the outage.", "The outage was triggered by the frost.", False),
        ("The frost caused the outage.", "The outage was due to the frost.", False),
        ("Meals led to it.", "The study does not prove that meals led to it.", True),
        ("Absence fell by 14%.", MEALS, False),
    ],
)
def test_a_cause_is_not_read_into_a_sequence(claim: str, quotation: str, lacks: bool) -> None:
    assert (cause(claim, quotation) is not None) is lacks


@pytest.mark.parametrize(
    ("claim", "quotation", "lacks"),
    [
        ("The tenant repairs the roof.", ROOF, True),
        ("The landlord repairs the roof.", ROOF, False),
        ("The roof is repaired by the landlord.", ROOF, False),
        ("Norden repairs the roof.", ROOF, False),
        ("It repairs the roof.", ROOF, False),
        ("The owner of the house repairs the roof.", "It repairs the roof.", False),
    ],
)
def test_another_doer_is_another_claim(claim: str, quotation: str, lacks: bool) -> None:
    assert (doer(claim, quotation) is not None) is lacks


@pytest.mark.parametrize(
    ("asked", "found", "other"),
    [
        ("when does release 4.3 go out", "Release 4.2 goes out on Thursday.", True),
        ("when does release 4.2 go out", "Release 4.2 goes out after release 4.1.", False),
        ("what is the rent of flat 3A", "Lease contract, flat 3B", True),
        ("how long is the warranty of the Brix T3", "Brix T2, user manual", True),
        ("is it faster than 5g", "It works with 4g and B12.", False),
        ("does it work at 2.4 GHz", "It needs 5.8 GHz.", False),
        ("when does release 4.3 go out", "The train leaves on Thursday.", False),
    ],
)
def test_another_version_is_another_thing(asked: str, found: str, other: bool) -> None:
    assert is_of_another(asked, found) is other
