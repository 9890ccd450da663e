"""Pieces of text that are shown whole or not at all, as many as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.slack.show.words import counted

MOST_PIECES: Final = 100
"""No message has room for more, so that the rest need not even be made."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A text, and what is said instead where it has no room. Both are harmless already."""

    whole: str
    instead: str


@dataclass(slots=True)
class Allowance:
    """How much text is worth making harmless, when a message has room for less anyway."""

    chars: int = 30_000

    def takes(self, text: str) -> bool:
        """Whether there is still enough for a text; if so, it is used up."""
        is_enough = len(text) <= self.chars
        self.chars -= len(text) if is_enough else 0
        return is_enough


def fixed(text: str) -> Piece:
    """Return a piece that always stays as it is."""
    return Piece(text, text)


def whole_or_instead(
    pieces: Sequence[Piece], max_chars: int, between: str, *, beyond: int = 0
) -> str:
    """Join the pieces; the longest give way first, and what is left over is counted.

    `beyond` is how many more there are, which were not even made. Nothing is ever cut: half a
    sentence may say the opposite of the sentence.
    """
    texts = [piece.whole for piece in pieces]
    gains = [len(piece.whole) - len(piece.instead) for piece in pieces]
    excess = sum(map(len, texts)) + len(between) * (len(texts) - 1) - max_chars
    for n in sorted(range(len(pieces)), key=lambda n: -gains[n]):
        if excess <= 0 or gains[n] <= 0:
            break
        texts[n] = pieces[n].instead
        excess -= gains[n]
    if excess <= 0 and not beyond:
        return between.join(texts)
    return between.join(_first(texts, max_chars, between, beyond))


def _first(texts: Sequence[str], max_chars: int, between: str, beyond: int) -> list[str]:
    shown: list[str] = []
    room = max_chars - len(_left_over(len(texts) + beyond))
    for text in texts:
        room -= len(text) + len(between)
        if room < 0:
            break
        shown.append(text)
    return [*shown, _left_over(len(texts) + beyond - len(shown))]


def _left_over(count: int) -> str:
    return f"and {counted(count, 'more sentence')}"
