"""Trace: what a chat model was asked, what became of each of its sentences, and what it cost."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How the writing of an answer ended."""

    WRITTEN = "written"
    DECLINED = "declined"
    """The model found no answer in the quotations."""
    NOTHING_HELD = "nothing_held"
    """No sentence passed, so the quotations stand in for all of it."""
    TIMED_OUT = "timed_out"
    PROVIDER_FAILED = "provider_failed"
    UNREADABLE = "unreadable"
    NO_EVIDENCE = "no_evidence"
    NOT_ASKED = "not_asked"
    """The model put the follow-up only; there was nothing to write, or several to be shown."""


class Fate(StrEnum):
    """What became of a sentence that the model wrote."""

    POSTED = "posted"
    REPLACED = "replaced"
    """Its quotation stands in its place."""
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Handled:
    """A sentence that the model wrote, the quotations that it named, and what became of it."""

    text: str
    quotations: tuple[int, ...]
    fate: Fate
    gate: str | None = None
    """The name of the gate that it failed."""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """What the calls took, as far as the provider says."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0

    def __add__(self, other: Usage) -> Usage:
        """Both together."""
        return Usage(
            self.calls + other.calls,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.seconds + other.seconds,
        )


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A follow-up as a chat model put it."""

    model: str
    text: str
    problem: str | None
    """Why it was not taken."""
    prompts: tuple[tuple[str, str], ...]
    """Name and sha256 of each prompt that was sent."""
    usage: Usage


@dataclass(frozen=True, slots=True)
class Trace:
    """The whole story of one answer's writing, for whoever has to look into it."""

    model: str
    outcome: Outcome
    prompts: tuple[tuple[str, str], ...]
    """Name and sha256 of each prompt that was sent."""
    quotations: tuple[str, ...]
    """The frozen quotations, by number from 1."""
    sentences: tuple[Handled, ...] = ()
    usage: Usage = Usage()
    problem: str | None = None
    """What failed, where something did: the kind of error, no text."""

    @property
    def dropped(self) -> tuple[Handled, ...]:
        """The sentences that were not posted as written."""
        return tuple(one for one in self.sentences if one.fate is not Fate.POSTED)
