"""Changed copies of true sentences: one part made false, to see whether a check notices.

Each copy differs from its sentence in exactly one number, date, name, unit, negation, modal word,
quantifier, comparison or speaker, and says something that the sentence does not carry. Nothing of
the checks is used here: the edits find their places with patterns of their own.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evals.value_edits import Edit, bound, date, name, names_of, number, roles, unit
from evals.word_edits import comparative, modality, negation, quantifier, speaker


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a sentence: `kind` says what was changed, or how it was rewritten if still true."""

    kind: str
    claim: str
    sentence: str


EDITS: dict[str, tuple[Edit, ...]] = {
    "number": (number, bound),
    "date": (date,),
    "name": (name, roles),
    "unit": (unit,),
    "negation": (negation,),
    "modality": (modality,),
    "quantifier": (quantifier,),
    "comparative": (comparative,),
    "speaker": (speaker,),
}


def _stock(texts: Sequence[str]) -> list[str]:
    """The names of the texts none of whose words is written small anywhere in them."""
    small = {word.capitalize() for text in texts for word in re.findall(r"\b[a-z]+\b", text)}
    found = {old for text in texts for _, _, old in names_of(text)}
    return sorted(old for old in found if small.isdisjoint(old.split()))


def changed(sentences: Iterable[str], seed: int = 7) -> Iterator[Copy]:
    """For each sentence and kind one changed copy, as far as there is something to change."""
    every = list(sentences)
    stock = _stock(every)
    for text in every:
        for kind, edits in EDITS.items():
            rng = random.Random(f"{seed}:{kind}:{text}")
            found = [new for edit in edits for new in edit(text, rng, stock) if new != text]
            if found:
                yield Copy(kind, rng.choice(found), text)
