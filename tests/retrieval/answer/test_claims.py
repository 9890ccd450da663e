from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retrieval.model import Label
from tests.retrieval.answer.claim_table import CHANGED, CONTRADICTED, NEAR, SUPPORTED
from tests.retrieval.answer.conftest import Library

Maker = Callable[[Mapping[str, str]], Library]
MISREAD = {
    # The words are all there, in one sentence; which belongs to which would take a parser.
    "Leave the building by the south stairs.",
    # A date of something else under one speaker.
    "Alan is on call in April.",
}


def marked(claims: list[str]) -> list[object]:
    """The claims, those that are known to be misread marked as such."""
    known = pytest.mark.xfail(reason="known to be misread", strict=True)
    return [pytest.param(c, marks=known) if c in MISREAD else c for c in claims]


@pytest.mark.parametrize("claim", marked(SUPPORTED))
def test_what_is_said_is_supported_and_quoted(library: Library, claim: str) -> None:
    verdict = library.answerer.check(claim)
    assert verdict.label is Label.SUPPORTED
    assert verdict.citations


@pytest.mark.parametrize("claim", marked(CHANGED))
def test_what_was_changed_is_never_supported(library: Library, claim: str) -> None:
    assert library.answerer.check(claim).label is not Label.SUPPORTED


@pytest.mark.parametrize("claim", sorted(CONTRADICTED))
def test_what_clashes_is_contradicted(library: Library, claim: str) -> None:
    verdict = library.answerer.check(claim)
    assert verdict.label is Label.CONTRADICTED
    assert verdict.citations


@pytest.mark.parametrize("claim", marked(NEAR))
def test_what_nothing_speaks_of_is_not_in_the_corpus(library: Library, claim: str) -> None:
    verdict = library.answerer.check(claim)
    assert verdict.label is Label.NOT_IN_CORPUS
    assert not verdict.citations
    assert verdict.nearest


@pytest.mark.parametrize(
    ("claim", "is_supported"),
    [
        ("Ostra beat Lind in the final of the valley cup.", True),
        ("In 2019 Ostra beat Lind in the final.", True),
        ("Lind beat Ostra in the final of the valley cup.", False),
        ("The Norden Company sued the Aster Group over the contract.", True),
        ("The Aster Group sued the Norden Company over the contract.", False),
        ("The Aster Group was sued by the Norden Company over the contract.", True),
        ("Lind and Vessa signed the water treaty.", True),
    ],
)
def test_names_may_not_change_places(make_library: Maker, claim: str, is_supported: bool) -> None:
    made = make_library(
        {
            "cup.txt": "Ostra beat Lind in the final of the valley cup in 2019. The Norden Company "
            "sued the Aster Group over the contract. Vessa and Lind signed the water treaty.\n"
        }
    )
    assert (made.answerer.check(claim).label is Label.SUPPORTED) is is_supported


@pytest.mark.parametrize(
    ("claim", "label"),
    [
        ("Dogs are allowed.", Label.SUPPORTED),
        ("Other animals are allowed.", Label.CONTRADICTED),
        ("The hall opens on Mondays.", Label.SUPPORTED),
    ],
)
def test_what_another_clause_denies_is_not_denied(
    make_library: Maker, claim: str, label: Label
) -> None:
    made = make_library(
        {"house.txt": "Dogs are allowed; other animals are not allowed. The hall opens on Mondays; "
         "the library does not open then.\n"}
    )  # fmt: skip
    assert made.answerer.check(claim).label is label


@pytest.mark.parametrize(
    ("claim", "is_supported"),
    [
        ("The mayor said that the pipes were sealed.", True),
        ("The minister said that the pipes were sealed.", False),
        ("The pipes were sealed, said the inspector.", False),
    ],
)
def test_speakers_may_not_change_places(
    make_library: Maker, claim: str, is_supported: bool
) -> None:
    made = make_library({"leak.txt": "The mayor said that the pipes were sealed on Monday.\n"})
    assert (made.answerer.check(claim).label is Label.SUPPORTED) is is_supported


@pytest.mark.parametrize(
    "claim",
    [
        "The warranty of the Aquila 300 lasts 99 years.",
        "The motor of the Aquila 300 draws 9,000 watts.",
    ],
)
def test_orders_to_a_machine_are_no_evidence(library: Library, claim: str) -> None:
    verdict = library.answerer.check(claim)
    assert verdict.label is not Label.SUPPORTED
    assert all(c.source != "product/hostile.txt" for c in (*verdict.citations, *verdict.nearest))


def test_a_denied_report_is_quoted_with_its_denial(library: Library) -> None:
    verdict = library.answerer.check("The eastern pier will be demolished.")
    assert verdict.label is Label.CONTRADICTED
    assert "denied reports" in verdict.citations[0].quote
