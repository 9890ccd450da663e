"""Withdrawals: a sentence that takes back what was said before it."""

from __future__ import annotations

import re

from retrieval.text.terms import terms

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

_MESSAGE = re.compile(
    r"^\W*(?=[^:]{0,40}(?:\d{1,2}[:.]\d\d|\d{4}-\d\d))[\w.@ :/,()\[\]-]{1,60}?[\])\w]: +"
)
"""Who wrote a message of a chat, and when, before what it says."""
_OVERTAKING = re.compile(
    r"\b(?:instead|cancel(?:s|led|ed)?|called off|no longer|any ?more|now|after all|postponed"
    r"|moves? to|(?:has |was |is )?moved|changes?|changed|replaces?|replaced|correction|update"
    r"|goes? (?:up|down) to|sorry)\b",
    re.IGNORECASE,
)
_SHARED = 2
"""Terms that a later message has in common with the one that it overtakes."""


def is_message(sentence: str) -> bool:
    """Whether a sentence is a message of a chat, behind its time and the name of its writer."""
    return _MESSAGE.match(sentence) is not None


def overtakes(later: str, earlier: str) -> bool:
    """Whether a later message of a chat says that something said in an earlier one has changed."""
    told, before = _MESSAGE.sub("", later), _MESSAGE.sub("", earlier)
    if _OVERTAKING.search(told) is None:
        return False
    return len(set(terms(told)) & set(terms(before))) >= _SHARED


def withdraws(sentence: str) -> bool:
    """Whether a sentence takes back something that was said before it."""
    return _WITHDRAWAL.search(sentence) is not None
