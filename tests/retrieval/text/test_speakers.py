from __future__ import annotations

import pytest

from retrieval.text.attribution import Stance, layers
from retrieval.text.speakers import dropped, speaker


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ana said that Bob denied that it rained.",
         [("Ana", Stance.SAYS), ("Bob", Stance.DENIES)]),
        ("According to the BBC, Smith told reporters that Fidan plans to leave.",
         [("the BBC", Stance.SAYS), ("Smith", Stance.SAYS), ("Fidan", Stance.PLANS)]),
        ("Ana: the release moved to Friday.", [("Ana", Stance.SAYS)]),
        ("[10:42] @Ana: it is done", [("Ana", Stance.SAYS)]),
        ("The newspaper retracted its report.", [("The newspaper", Stance.RETRACTS)]),
        ("Bob asked whether it rained.", [("Bob", Stance.ASKS)]),
        ("He is said to be rich.", [("", Stance.SAYS)]),
        ("Note: the pump is hot.", []), ("It rained.", []),
        ("The Finnish suspect was found.", []),
    ],
)  # fmt: skip
def test_all_layers(sentence: str, expected: list[tuple[str, Stance]]) -> None:
    assert [(layer.source, layer.stance) for layer in layers(sentence)] == expected


@pytest.mark.parametrize(
    ("claim", "quotation"),
    [
        ("Ana said that it rained.", "Ana said it rained."),
        ("According to Ana, it rained.", "It rained, Ana said."),
        ("Ana said that it rained.", "She said that it rained, as Ana noted."),
        ("Ana alleged that it rained.", "Ana alleged that it rained."),
        ("It rained.", "Ana said that it rained."),
        ("Regina Lind said it rained.", "The spokeswoman, Regina Lind, said that it rained."),
    ],
)
def test_speakers_that_are_there(claim: str, quotation: str) -> None:
    assert speaker(claim, quotation) is None


@pytest.mark.parametrize(
    ("claim", "quotation", "clash"),
    [
        ("Bob said that it rained.", "Ana said that it rained.", True),
        ("Ana denied that it rained.", "Ana said that it rained.", True),
        ("Ana said that it rained.", "Ana denied that it rained.", True),
        ("Ana said that it rained.", "Ana alleged that it rained.", True),
        ("Bob said that it rained.", "It rained.", False),
        ("It was denied that it rained.", "It was said that it rained.", True),
    ],
)
def test_speakers_that_are_not(claim: str, quotation: str, clash: bool) -> None:
    lack = speaker(claim, quotation)
    assert lack is not None
    assert lack.clash is clash


@pytest.mark.parametrize(
    ("claim", "quotation", "stance"),
    [
        ("It rained.", "Ana denied that it rained.", Stance.DENIES),
        ("Tickets were sold twice.", "A paper alleged that tickets were sold twice.",
         Stance.ALLEGES),
        ("The team hired ten men.", "The team plans to hire ten men.", Stance.PLANS),
        ("Rain fell.", "Rain is expected to fall.", Stance.PREDICTS),
        ("It rained.", "Ana asked whether it rained.", Stance.ASKS),
        ("It rained.", "Smith has not confirmed that it rained.", Stance.DOUBTS),
        ("It rained.", "Ana said that Bob denied that it rained.", Stance.DENIES),
    ],
)  # fmt: skip
def test_stances_that_a_claim_must_keep(claim: str, quotation: str, stance: Stance) -> None:
    lack = dropped(claim, quotation, said=False)
    assert lack is not None
    assert lack.stance is stance


@pytest.mark.parametrize(
    ("claim", "quotation"),
    [
        ("Ana denied that it rained.", "Ana denied that it rained."),
        ("Tickets were allegedly sold twice.", "A paper alleged that tickets were sold twice."),
        ("Tom is another guest.", "Tom, who has been accused of fraud, is another guest."),
        ("It rained.", "Ana said that it rained."),
    ],
)
def test_stances_that_are_kept(claim: str, quotation: str) -> None:
    assert dropped(claim, quotation, said=False) is None


def test_a_plain_speaker_is_missed_too() -> None:
    lack = dropped("It rained.", "Ana said that it rained.", said=True)
    assert lack is not None
    assert (lack.stance, lack.clash) == (Stance.SAYS, False)
    assert dropped("It rained, Ana said.", "Ana said that it rained.", said=True) is None
