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


MINUTES = {
    "minutes.txt": "The former bookkeeper said that all invoices had been filed. The board firmly "
    "rejects this claim. The treasurer stated that the auditor had assured her that the archive "
    "was complete.\n",
    "chat.txt": "Ana Vrk, 10:42: The import dropped 900 rows last night.\n",
}


@pytest.mark.parametrize(
    ("claim", "is_supported"),
    [
        ("The treasurer stated that the auditor had assured her that the archive was complete.",
         True),
        ("The archive was complete.", False),
        ("The treasurer stated that the archive was complete.", False),
        ("The auditor stated that the treasurer had assured her that the archive was complete.",
         False),
        ("The board said that all invoices had been filed.", False),
    ],
)  # fmt: skip
def test_nobody_is_left_out_of_what_is_passed_on(
    make_library: Maker, claim: str, is_supported: bool
) -> None:
    made = make_library(MINUTES)
    assert (made.answerer.check(claim).label is Label.SUPPORTED) is is_supported


def test_what_takes_up_the_sentence_before_is_quoted_with_it(make_library: Maker) -> None:
    made = make_library(MINUTES)
    verdict = made.answerer.check("The board rejects the claim that all invoices had been filed.")
    quoted = " ".join(citation.quote for citation in verdict.citations)
    assert "rejects this claim" not in quoted or "former bookkeeper" in quoted


def test_a_message_claimed_without_its_writer_names_the_writer(make_library: Maker) -> None:
    verdict = make_library(MINUTES).answerer.check("The import dropped 900 rows last night.")
    assert verdict.label is Label.SUPPORTED
    assert "Ana Vrk" in verdict.message
