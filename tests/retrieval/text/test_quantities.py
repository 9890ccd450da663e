from __future__ import annotations

import pytest

from retrieval.text.figures import figure
from retrieval.text.lacks import Kind
from retrieval.text.quantities import Bound, quantities, quantity


@pytest.mark.parametrize(
    ("text", "bound"),
    [("5 men", Bound.EXACT), ("about 5 men", Bound.ABOUT), ("nearly 5 men", Bound.ABOUT),
     ("at least 5 men", Bound.LEAST), ("5 or more men", Bound.LEAST), ("5+ men", Bound.LEAST),
     ("more than 5 men", Bound.OVER), ("over $5", Bound.OVER), ("up to 5 men", Bound.MOST),
     ("no more than 5 men", Bound.MOST), ("fewer than 5 men", Bound.UNDER)],
)  # fmt: skip
def test_bounds(text: str, bound: Bound) -> None:
    (found,) = quantities(text)
    assert found.bound is bound


@pytest.mark.parametrize(
    ("claim", "quotation"),
    [
        ("1.2 million people", "1,200,000 people"), ("1.2m people", "1.2 million people"),
        ("5 percent", "5%"), ("5 per cent", "5%"), ("5 km", "5 kilometres"),
        ("a dozen eggs", "12 eggs"), ("$3 billion", "$3bn"), ("two-thirds", "two-thirds"),
        ("at least 30 ships", "36 ships"), ("over 30 ships", "more than 36 ships"),
        ("about 40,000 men", "39,871 men"), ("about 40 men", "40 men"),
        ("5 people", "5 soldiers"), ("3 managers", "5 engineers and 3 managers"),
        ("rose to 5", "rose from 3 to 5"), ("no number", "5 men"),
        ("up to 40 men", "up to 40 men"), ("40 men or fewer", "at most 40 men"),
    ],
)  # fmt: skip
def test_carried_quantities(claim: str, quotation: str) -> None:
    assert quantity(claim, quotation) is None


@pytest.mark.parametrize(
    ("claim", "quotation", "kind", "clash"),
    [
        ("5 men", "6 men", Kind.NUMBER, True), ("5 men", "men", Kind.NUMBER, False),
        ("3 engineers", "5 engineers and 3 managers", Kind.NUMBER, True),
        ("5 miles", "5 km", Kind.UNIT, True), ("5 hours", "5 days", Kind.UNIT, True),
        ("€5", "$5", Kind.UNIT, True), ("5 percentage points", "5%", Kind.UNIT, True),
        ("5 billion people", "5 million people", Kind.NUMBER, True),
        ("40 men", "up to 40 men", Kind.NUMBER, False),
        ("40 men", "about 40 men", Kind.NUMBER, False),
        ("over 40 men", "40 men", Kind.NUMBER, False),
        ("over 40 men", "under 40 men", Kind.NUMBER, True),
        ("up to 9 men", "up to 4 men", Kind.NUMBER, True),
        ("rose from 5 to 3", "rose from 3 to 5", Kind.NUMBER, False),
        ("fell to 5%", "fell by 5%", Kind.NUMBER, False),
        ("two or two ships", "two or three ships", Kind.NUMBER, True),
    ],
)  # fmt: skip
def test_quantities_that_are_not_carried(
    claim: str, quotation: str, kind: Kind, clash: bool
) -> None:
    lack = quantity(claim, quotation)
    assert lack is not None
    assert (lack.kind, lack.clash) == (kind, clash)


@pytest.mark.parametrize(
    ("claim", "quotation"),
    [("the 10th place", "the tenth place"), ("at 10 p.m.", "at 22:00"), ("an F-16", "the F-16"),
     ("version 3.11.2", "version 3.11.2"), ("the first ship", "a ship")],
)  # fmt: skip
def test_carried_figures(claim: str, quotation: str) -> None:
    assert figure(claim, quotation) is None


@pytest.mark.parametrize(
    ("claim", "quotation"),
    [("the 11th place", "the tenth place"), ("at 10 p.m.", "at 10 a.m."), ("an F-16", "the F-15"),
     ("version 3.11.2", "version 3.12.2"), ("the third ship", "the first ship"),
     ("at 12:30", "at about 12:30")],
)  # fmt: skip
def test_figures_that_are_not_carried(claim: str, quotation: str) -> None:
    assert figure(claim, quotation) is not None
