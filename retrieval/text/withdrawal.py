"""Withdrawals: a sentence that takes back what was said before it."""

from __future__ import annotations

import re

_SAID = (
    r"(?:statement|claim|report|remark|figure|message|allegation|accusation|comment|account|post)s?"
)
_WRONG = (
    r"(?:wrong|false|incorrect|untrue|mistaken|inaccurate|in error|not true|a mistake|an error)"
)
_WITHDRAWAL = re.compile(
    rf"\b(?:withdrew|withdrawn|withdraws|retract(?:s|ed)|recant(?:s|ed)?|took back|takes back"
    rf"|taken back|corrected|disavow(?:s|ed))\b"
    rf"(?=[^.]{{0,40}}\b(?:{_SAID}|it|that|this|them|what)\b)"
    rf"|\b(?:{_SAID}|it|that|this) (?:was|were|has been|have been|had been)"
    r"(?: \w+ly| later| since)?"
    rf" (?:withdrawn|retracted|corrected|taken back|{_WRONG})\b"
    rf"|\b(?:turned out|proved|proven) to be {_WRONG}\b"
    r"|^\W*(?:[\w. -]{1,30}: )?(?:correction\b|scratch that\b|ignore (?:that|my last)\b"
    rf"|sorry\b[^.]{{0,30}}\b(?:{_WRONG}|not)\b|(?:I|we) (?:was|were) {_WRONG})",
    re.IGNORECASE,
)


def withdraws(sentence: str) -> bool:
    """Whether a sentence takes back something that was said before it."""
    return _WITHDRAWAL.search(sentence) is not None
