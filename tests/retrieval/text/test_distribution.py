from __future__ import annotations

import pytest

from retrieval.text.distribution import distribution

ALLOWANCE = "The daily allowance for meals is 45 euros inside the country and 60 euros abroad."
ABSENCE = "Absence fell by 14% in some schools and rose by 2% in the others."
SPEEDS = "The pump moves 300 litres a minute; the old one moved 200 litres an hour."


@pytest.mark.parametrize(
    ("claim", "quotation", "is_swapped"),
    [
        ("The daily meal allowance abroad is 45 euros.", ALLOWANCE, True),
        ("The daily allowance inside the country is 60 euros.", ALLOWANCE, True),
        ("The daily meal allowance abroad is 60 euros.", ALLOWANCE, False),
        ("The daily allowance for meals is 45 euros.", ALLOWANCE, False),
        ("Abroad it is 60 euros, inside the country 45 euros.", ALLOWANCE, False),
        ("The pump moves 300 litres a minute.", SPEEDS, False),
        ("Claims of 20 euros are paid.", "Claims of 20 euros and 30 euros are paid.", False),
        ("Absence rose by 14%.", ABSENCE, True),
        ("Absence fell by 2%.", ABSENCE, True),
        ("Absence fell by 14% in some schools.", ABSENCE, False),
        ("Absence rose by 2% in the others.", ABSENCE, False),
        ("It has 412 users.", "It has 412 users and 9 editors in April.", False),
    ],
)
def test_a_figure_keeps_its_own_words(claim: str, quotation: str, is_swapped: bool) -> None:
    lack = distribution(claim, quotation)
    assert (lack is not None) is is_swapped
    assert lack is None or lack.clash
