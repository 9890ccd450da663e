from __future__ import annotations

from collections.abc import Sequence

import pytest

from retrieval.answer.encoding import Reading
from retrieval.answer.models import Support
from retrieval.answer.verify import Verifier
from retrieval.model import Label

SAID = "The mayor said that the pipes were sealed."


class Believer:
    """Takes every claim for supported."""

    def weigh(self, readings: Sequence[Reading]) -> list[Support]:
        return [Support(1.0, 0.0, 0.0) for _ in readings]


@pytest.mark.parametrize(
    ("claim", "is_supported"),
    [
        (SAID, True),
        ("The pipes were sealed.", True),
        ("The minister said that the pipes were sealed.", False),
        ("According to the inspector, the pipes were sealed.", False),
        ("The mayor denied that the pipes were sealed.", False),
    ],
)
def test_a_swapped_speaker_is_not_supported_whatever_the_judge_says(
    claim: str, is_supported: bool
) -> None:
    (label,) = Verifier(Believer(), 0.5, 0.5).labels([(SAID, claim)])
    assert (label is Label.SUPPORTED) is is_supported
