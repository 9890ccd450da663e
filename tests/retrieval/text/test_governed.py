"""The checks of what governs a word: negation, modality, quantifiers and comparisons."""

from __future__ import annotations

import pytest

from retrieval.text.comparatives import comparative
from retrieval.text.modality import modality
from retrieval.text.negation import negation, opposite
from retrieval.text.quantifiers import quantifier


@pytest.mark.parametrize(
    ("claim", "quotation", "stopped"),
    [
        ("It did not close.", "It closed.", True), ("It closed.", "It did not close.", True),
        ("It closed.", "It never closed.", True), ("He is a pupil.", "He is no longer a pupil.",
         True), ("It agreed.", "It failed to agree.", True),
        ("with written consent", "without written consent", True),
        ("The pump did not start.", "The pump failed to start.", False),
        ("It did not close.", "It didn’t close.", False),
        ("It rained.", "It rained, but the pier was not closed.", False),
        ("Not only Bob came.", "Bob came.", False), ("Prices did not rise.", "Prices fell.", False),
        ("The pact is not the treaty.", "The treaty is not the pact.", False),
        ("He said it was not true and not new.", "He said it was true and not new.", True),
        ("The ship is not safe.", "The safe is on the ship.", True),
        ("It is not unknown.", "It is unknown.", True),
        ("It is not uncommon.", "It is common.", False),
        ("It was not wrong.", "It was wrong.", True), ("Nothing came.", "It came.", True),
    ],
)  # fmt: skip
def test_negation(claim: str, quotation: str, stopped: bool) -> None:
    assert (negation(claim, quotation) is not None) is stopped


@pytest.mark.parametrize(
    ("claim", "quotation", "stopped"),
    [
        ("The mayor was happy.", "The mayor was unhappy.", True),
        ("The plant is legal here.", "The plant is illegal here.", True),
        ("The plant is harmless.", "The plant is not dangerous.", False),
        ("The plant is green.", "The plant is small.", False),
    ],
)
def test_opposites(claim: str, quotation: str, stopped: bool) -> None:
    assert (opposite(claim, quotation) is not None) is stopped


@pytest.mark.parametrize(
    ("claim", "quotation", "stopped"),
    [
        ("It will close.", "It may close.", True), ("It closes.", "It may close.", True),
        ("It closed.", "It plans to close.", True), ("It closed.", "It hopes to close.", True),
        ("It is full.", "It is probably full.", True), ("It closed.", "It will close.", True),
        ("It was built here.", "It was allegedly built here.", True),
        ("Receipts are kept.", "Receipts must be kept.", True),
        ("Receipts may be kept.", "Receipts must be kept.", True),
        ("Receipts must be kept.", "Receipts may be kept.", True),
        ("Receipts must be kept.", "Receipts are kept.", True),
        ("Receipts have to be kept.", "Receipts must be kept.", False),
        ("It may close.", "It will close.", False), ("It might close.", "It may close.", False),
        ("It will close.", "He said it would close.", False),
        ("It will close.", "It would close.", True),
        ("Perhaps it closed.", "It may have closed.", False),
        ("It may close in May.", "It may close in May.", False),
        ("It will have to close.", "It will have to close.", False),
        ("It rained.", "It rained, and the pier may close.", False),
    ],
)  # fmt: skip
def test_modality(claim: str, quotation: str, stopped: bool) -> None:
    assert (modality(claim, quotation) is not None) is stopped


@pytest.mark.parametrize(
    ("claim", "quotation", "stopped"),
    [
        ("All ships sank.", "Some ships sank.", True),
        ("All ships sank.", "Most ships sank.", True),
        ("Most ships sank.", "Many ships sank.", True),
        ("Ships sank.", "Some ships sank.", True),
        ("Ships sank.", "Few ships sank.", True),
        ("Many ships sank.", "Few ships sank.", True),
        ("All ships sank.", "Ships sank.", True),
        ("It is always open.", "It is often open.", True),
        ("It is never open.", "It is open.", False),  # a matter of negation
        ("It is the only ship.", "It is a ship.", True),
        ("Only Bob came.", "Bob came.", True),
        ("Some ships sank.", "All ships sank.", False),
        ("Ships sank.", "All ships sank.", False),
        ("Bob came.", "Only Bob came.", False),
        ("Ships sank.", "Several ships sank.", False),
        ("Not all ships sank.", "Ships sank.", False),
        ("It is solely for Bob.", "It is only for Bob.", False),
        ("Every ship sank.", "All ships sank.", False),
    ],
)
def test_quantifiers(claim: str, quotation: str, stopped: bool) -> None:
    assert (quantifier(claim, quotation) is not None) is stopped


@pytest.mark.parametrize(
    ("claim", "quotation", "stopped"),
    [
        ("Prices rose sharply.", "Prices fell sharply.", True),
        ("The larger ship sank.", "The smaller ship sank.", True),
        ("It closed before the storm.", "It closed after the storm.", True),
        ("It is more expensive.", "It is less expensive.", True),
        ("The pier is longer than the quay.", "The quay is longer than the pier.", True),
        ("It is the largest port.", "It is one of the largest ports.", True),
        ("Over half the men left.", "Under half the men left.", True),
        ("It is one of the largest ports.", "It is the largest port.", False),
        ("Prices did not rise.", "Prices fell.", False),
        ("Prices rose early and fell later.", "Prices rose early and fell later.", False),
        ("The northern pier", "The pier in the north", False),
        ("The older they get, the older they get.", "The older they get, the younger they get.",
         True),
    ],
)  # fmt: skip
def test_comparatives(claim: str, quotation: str, stopped: bool) -> None:
    assert (comparative(claim, quotation) is not None) is stopped
