"""Others: who or what else there is, besides those that are known already."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.answer.conversation.follow_up import ANSWERING
from retrieval.answer.evidence import Window, context_text
from retrieval.model import Question
from retrieval.text.aliases import keys
from retrieval.text.polarity import is_negative
from retrieval.text.terms import terms

_BESIDES = re.compile(
    r"(?:^|,? )\b(?:besides|apart from|aside from|other than|except(?: for)?|in addition to)"
    r" (?P<known>(?:(?:the|our|an?) )?[\w-]+(?: [\w-]+){0,3}?)"
    r"(?=,| (?:is|are|was|were|has|have|do|does|did|can|will|\w+s|\w+ed)\b|\W*$),?",
    re.IGNORECASE,
)
_ELSE = re.compile(r"\b(?:else|other|others|more)\b", re.IGNORECASE)


def besides(question: str) -> tuple[str, frozenset[str]]:
    """The question without what it leaves out, and the terms of that; no terms without any."""
    match = _BESIDES.search(question)
    if not match:
        return question, frozenset()
    rest = question[: match.start()] + question[match.end() :]
    return rest.strip(), frozenset(terms(match["known"]))


def told(question: Question) -> str:
    """What earlier answers said, where the question is for what else there is; else nothing."""
    if not _ELSE.search(question.text):
        return ""
    return " ".join(t.text for t in question.history if t.speaker.casefold() in ANSWERING)


def unknown(windows: Sequence[Window], known: frozenset[str], said: str) -> list[Window]:
    """The windows that speak of others and were not shown before; a denial speaks of none."""
    return [
        window
        for window in windows
        if window.sentence.text not in said
        and not is_negative(window.sentence.text)
        and not (known and known <= keys(f"{window.sentence.text} {context_text(window)}"))
    ]
