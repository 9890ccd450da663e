"""Conditions: what the quotation says only under a condition is not written without one."""

from __future__ import annotations

import re

from retrieval.text.pairing import paired

_CONDITION = re.compile(
    r"\b(?:(?<!as )(?<!even )(?<!what )(?<!asked )(?<!wonder )if(?! not\b)|unless|except(?:ing)?"
    r"|provided(?: that)?(?= \w)|as long as|on condition|only when|in case|otherwise|without"
    r"|apart from|other than|subject to|assuming|whether or not)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[\"“'(]?[^\W\d_a-z])")


def condition(text: str, quoted: str) -> str | None:
    """A condition or exception of the quotation that the sentence leaves out."""
    if _CONDITION.search(text):
        return None
    found = _CONDITION.search(source_of(text, quoted))
    return f"the condition {found.group()!r} is left out" if found else None


def source_of(text: str, quoted: str) -> str:
    """The sentence of the quotation that shares most words with the written one."""
    parts = _SENTENCE.split(quoted)
    return max(parts, key=lambda part: len(paired(text, part).links))
