from __future__ import annotations

import pytest

from retrieval.text.named import name, roles


@pytest.mark.parametrize(
    ("claim", "quotation", "context"),
    [
        ("It met Erdogan.", "It met Erdoğan.", ""), ("It went to Turkey.", "Went to Türkiye.", ""),
        ("It hit the KWP.", "It hit the Kurdistan Workers’ Party, he says.", ""),
        ("It told the Securities and Exchange Commission.", "It told the SEC.", ""),
        ("He saw John Smith.", "He saw Smith.", "A life of John Smith"),
        ("He saw Mr. Smith.", "He saw Smith.", ""), ("An African king", "a king in Africa", ""),
        ("Employees get leave.", "Staff get leave.", ""),
        ("Ankara says so.", "Türkiye says so.", ""), ("It uses X.25 now.", "X.25 is used.", ""),
    ],
)  # fmt: skip
def test_carried_names(claim: str, quotation: str, context: str) -> None:
    assert name(claim, quotation, context) is None


@pytest.mark.parametrize(
    ("claim", "quotation", "clash"),
    [
        ("It met Fidan in Rome.", "It met Güler in Rome.", True),
        ("Google bought it.", "Microsoft bought it.", True),
        ("It met Fidan.", "It met the minister.", False),
        ("He saw John Smith.", "He saw Smith.", False),
        ("They met in Ankara.", "They met in Türkiye.", False),
        ("Diwali spiritually means light.", "A feast of Hinduism, it spiritually means light.",
         True),
    ],
)  # fmt: skip
def test_names_that_are_not_carried(claim: str, quotation: str, clash: bool) -> None:
    lack = name(claim, quotation)
    assert lack is not None
    assert lack.clash is clash


@pytest.mark.parametrize(
    ("claim", "quotation", "swapped"),
    [
        ("Apple sued Google.", "Google sued Apple.", True),
        ("Apple sued Google.", "Apple sued Google.", False),
        ("Google was sued by Apple.", "Apple sued Google.", False),
        ("Apple and Google agreed.", "Google and Apple agreed.", False),
        ("Michel is managing director of IMF.", "IMF Managing Director Michel spoke.", False),
    ],
)
def test_changed_roles(claim: str, quotation: str, swapped: bool) -> None:
    assert (roles(claim, quotation) is not None) is swapped
