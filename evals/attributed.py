"""Who speaks in a sentence of a document, and what a claim or question makes of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Stance(StrEnum):
    """What a speaker does to what is said; the author of a document speaks for nobody."""

    AUTHOR = "author"
    SAYS = "says"
    DENIES = "denies"
    ALLEGES = "alleges"
    PLANS = "plans"
    PREDICTS = "predicts"
    DOUBTS = "doubts"
    RETRACTS = "retracts"
    ASKS = "asks"
    MODAL = "modal"
    NESTED = "nested"
    """A speaker passes on what another one said."""


class Form(StrEnum):
    """What an item makes of the sentence that it was written from."""

    KEPT = "kept"
    FLATTENED = "flattened"
    """The speaker is dropped, or what is said is made firmer than the speaker made it."""
    SWAPPED = "swapped"
    """Somebody else is made to speak, or the speaker is made to say the opposite."""
    PLAIN = "plain"
    """The author's own statement."""
    QUESTION = "question"


class Half(StrEnum):
    """The half of a set that an item's document is in; nobody tunes on the half to report."""

    TUNE = "tune"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Reported:
    """A sentence in which somebody is made to speak, or that commits itself to little."""

    sentence: str
    stance: Stance
    must_contain: tuple[tuple[str, ...], ...]
    """What must be posted with it: one of each group, the speaker's names and the cue."""

    def is_in(self, quote: str) -> bool:
        """Whether a quotation holds the sentence or is a part of it."""
        own, other = " ".join(self.sentence.split()), " ".join(quote.split())
        return own in other or other in own

    def is_kept_in(self, posted: str) -> bool:
        """Whether speaker and cue stand in what was posted."""
        return all(names_one(group, posted) for group in self.must_contain)


@dataclass(frozen=True, slots=True)
class Attributed:
    """An item of an attribution set: the sentence it was written from, and what was done to it."""

    form: Form
    domain: str
    stance: Stance | None = None
    """None for questions to which no sentence speaks."""
    sentence: str = ""
    speakers: tuple[str, ...] = ()
    """Names of the speaker, one of which says who it is."""
    paraphrased: bool = False


def names_one(words: Sequence[str], text: str) -> bool:
    """Whether one of the words stands in the text as a word of its own, in any case.

    >>> names_one(["union", "Rooke"], "The dockers' union said so.")
    True
    >>> names_one(["he"], "The others said so.")
    False
    """
    return any(_stands_in(word, text) for word in words)


def _stands_in(word: str, text: str) -> bool:
    before = r"(?<!\w)" if word[0].isalnum() else ""
    behind = r"(?!\w)" if word[-1].isalnum() else ""
    return re.search(before + re.escape(word) + behind, text, re.IGNORECASE) is not None
