"""The note below an answer whose documents have changed: always in the same words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.slack.safe_text import one_line
from bot.slack.show.words import counted

MOST_SOURCES: Final = 3
_MAX_TITLE_CHARS: Final = 80
_MAX_QUESTION_CHARS: Final = 150


@dataclass(frozen=True, slots=True)
class Loss:
    """A source that does not hold any more what an answer quoted from it."""

    title: str
    is_removed: bool
    numbers: tuple[int, ...]
    """Of the quotations, as the answer counts them."""


def notice_text(question: str, losses: Sequence[Loss]) -> str:
    """Return which sources have changed or were removed since a question was answered."""
    shown = [_loss(loss) for loss in losses[:MOST_SOURCES]]
    more = len(losses) - len(shown)
    if more > 0:
        shown.append(f"So it is with {counted(more, 'more source')}.")
    asked = one_line(question, _MAX_QUESTION_CHARS)
    return " ".join(
        [
            f"Since I answered “{asked}”, the documents have changed.",
            *shown,
            "Ask again for what they say now.",
        ]
    )


def _loss(loss: Loss) -> str:
    title = one_line(loss.title, _MAX_TITLE_CHARS)
    if loss.is_removed:
        return f"“{title}” was removed."
    numbers = "".join(f"[{number}]" for number in loss.numbers)
    return f"“{title}” was changed: what I quoted as {numbers} does not stand there any more."
